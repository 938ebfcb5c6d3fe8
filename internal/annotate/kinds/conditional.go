package kinds

import (
	"slices"
	"sort"
	"strings"

	"whosaid/internal/news"
)

// What a statement asserts depends on a condition where its sentence has one in
// so many words: if, unless, until after a negation, as long as, in the event
// of, "had he", "should she". An "if" that means "whether" is none.

// openers are conditions that a clause or a phrase begins with.
var openers = phrases("unless", "as long as", "so long as", "assuming", "supposing", "suppose", "provided that", "provided the", "provided they", "provided he",
	"provided she", "provided it", "provided there", "providing that", "providing the", "on condition that", "on the condition that", "on condition of", "in the event", "in case of", "in case the",
	"in case it", "in case they", "in case he", "in case she", "in case a", "in case there", "in that case", "only when", "contingent on", "contingent upon", "conditional on", "conditional upon",
	"subject to", "depends on whether", "depending on whether", "barring")

func phrases(list ...string) [][]string {
	out := make([][]string, len(list))
	for i, p := range list {
		out[i] = strings.Fields(p)
	}
	return out
}

var (
	// Words after which "if" means "whether", or is part of an idiom.
	whetherAfter = wordSet("ask asks asked asking wonder wonders wondered wondering know knows knew knowing see seeing unclear clear sure doubt doubts doubted doubtful question " +
		"questions questioned questioning check checked determine determined decide decided deciding out unsure unknown uncertain say tell told debate as matter asks consider remember")
	// Words that make "if" an idiom.
	idiomAfter = wordSet("not any anything ever only so indeed possible you'll applicable")

	subjects  = wordSet("he she they it we i you the a an this that these those there his her their our your my any no")
	inversion = wordSet("should had were")
	negations = wordSet("not no never nothing nobody none cannot nor without")
)

// conditional reports whether words, those of one sentence, hold a condition.
// asked is true where the statement is a question, whose leading "if" means
// "whether"; start is true where the words begin the sentence.
func conditional(words []string, asked, start bool) bool {
	negated := false
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch {
		case w == "if":
			if !whether(words, i, asked) && next != "" && !idiomAfter[next] {
				return true
			}
		case w == "until" && negated && next != "" && !number(next):
			return true
		case negations[w]:
			negated = true
		case inversion[w] && (i == 0 && start || i > 0 && begins[words[i-1]]) && subjects[next]:
			if inverted(words[i:]) {
				return true
			}
		}
		for _, o := range openers {
			if len(words)-i > len(o) && slices.Equal(words[i:i+len(o)], o) {
				return true
			}
		}
	}
	return false
}

// begins are words after which a clause may begin.
var begins = wordSet("that and but because")

// number reports whether w begins with a digit or is the name of a time.
func number(w string) bool {
	return w[0] >= '0' && w[0] <= '9' || times[w]
}

var times = wordSet("january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday " +
	"now then recently today tomorrow yesterday next last late early noon midnight this")

// whether reports whether the "if" at i introduces a question.
func whether(words []string, i int, asked bool) bool {
	if i == 0 {
		return asked
	}
	return whetherAfter[words[i-1]] || words[i-1] == "what" ||
		i > 1 && (words[i-1] == "him" || words[i-1] == "her" || words[i-1] == "them" || words[i-1] == "me" || words[i-1] == "us") && whetherAfter[words[i-2]]
}

// inverted reports whether words are "had he known", "were she to", "should
// they leave", and no question: a question ends the sentence with its own verb
// and has nothing after it that depends on it.
func inverted(words []string) bool {
	switch words[0] {
	case "were":
		return slices.Contains(words[:min(len(words), 8)], "to")
	case "had":
		return slices.ContainsFunc(words, func(w string) bool { return w == "would" || w == "could" || w == "might" })
	}
	return slices.ContainsFunc(words[1:], func(w string) bool {
		return w == "will" || w == "would" || w == "could" || w == "can" || w == "may" || w == "might" || w == "must" || w == "shall"
	})
}

// reach is how many sentences of a content are looked at: what comes later in a
// long quotation depends on conditions of its own.
const reach = 2

// hangs reports whether the statement i of doc depends on a condition.
func hangs(doc *news.Document, i int, asked bool) bool {
	s := &doc.Statements[i]
	if len(s.Content) == 0 {
		return false
	}
	looked := 0
	for _, c := range s.Content {
		for k := sentenceAt(doc, c.Start); k < len(doc.Sentences) && doc.Sentences[k].Start < c.End && looked < reach; k++ {
			part := clip(doc.Sentences[k], c)
			if part.Len() == 0 {
				continue
			}
			if conditional(wordsOf(bounded(part.Text(doc.Text))), asked && looked == 0, true) {
				return true
			}
			looked++
		}
	}
	return around(doc, i)
}

// around reports whether the sentence of the content begins, before the
// statement, or goes on, after it, with a condition that is nobody else's words.
func around(doc *news.Document, i int) bool {
	s := &doc.Statements[i]
	first, last := s.Content[0], s.Content[len(s.Content)-1]
	all := news.Span{Start: first.Start, End: last.End}
	for _, list := range [][]news.Span{s.Cue, s.Source} {
		for _, p := range list {
			all.Start, all.End = min(all.Start, p.Start), max(all.End, p.End)
		}
	}
	k := sentenceAt(doc, all.Start)
	if k < len(doc.Sentences) && doc.Sentences[k].Start < all.Start {
		before := news.Span{Start: doc.Sentences[k].Start, End: all.Start}
		if words := wordsOf(bounded(before.Text(doc.Text))); leads(words) && !held(doc, i, before) {
			return true
		}
	}
	k = sentenceAt(doc, all.End-1)
	if k < len(doc.Sentences) && doc.Sentences[k].End > all.End {
		after := news.Span{Start: all.End, End: doc.Sentences[k].End}
		if words := wordsOf(bounded(after.Text(doc.Text))); leads(words) && !held(doc, i, after) {
			return true
		}
	}
	return false
}

// leads reports whether words open with a condition, a word or two aside
// ("moreover, even if").
func leads(words []string) bool {
	if len(words) > 2 && inversion[words[0]] && subjects[words[1]] {
		return words[0] != "were" || slices.Contains(words[:min(len(words), 8)], "to")
	}
	for at := range min(len(words), 3) {
		w := words[at]
		if w == "if" && (at == 0 || !whetherAfter[words[at-1]]) || w == "unless" {
			return len(words) > at+1 && !idiomAfter[words[at+1]]
		}
		for _, o := range openers {
			if len(words)-at > len(o) && slices.Equal(words[at:at+len(o)], o) {
				return true
			}
		}
	}
	return false
}

// near is how many statements before and after one are looked at for words of
// its sentence.
const near = 6

// held reports whether a part of span is the content of a statement near i.
func held(doc *news.Document, i int, span news.Span) bool {
	around := doc.Statements[max(0, i-near):min(len(doc.Statements), i+near+1)]
	return slices.ContainsFunc(around, func(s news.Statement) bool {
		return slices.ContainsFunc(s.Content, func(c news.Span) bool { return c.Overlaps(span) })
	})
}

// sentenceAt is the first sentence that ends after position at.
func sentenceAt(doc *news.Document, at int) int {
	return sort.Search(len(doc.Sentences), func(k int) bool { return doc.Sentences[k].End > at })
}

func clip(a, b news.Span) news.Span {
	start, end := max(a.Start, b.Start), min(a.End, b.End)
	return news.Span{Start: start, End: max(start, end)}
}

// bounded is the first part of a text that may have no end.
func bounded(s string) string {
	if len(s) > mostBytes {
		return strings.ToValidUTF8(s[:mostBytes], "")
	}
	return s
}
