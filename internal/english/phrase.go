package english

import (
	"strings"

	"whosaid/internal/news"
)

// A Phrase is one of the noun phrases that a source joins: who it is (Core, as
// far as the first comma, preposition or relative clause), and what is said of
// them after.
type Phrase struct {
	Core news.Span // "Iraqi resistance leader Qais al-Khazali"
	Rest news.Span // all that follows, up to the next phrase
}

// Phrases cuts a source apart: "Abel Ross and Ines Calloway, who chairs the
// board," are two phrases, the second with a rest. named tells whether a byte
// range is held by one name, inside which nothing is cut ("Johnson and
// Johnson").
func Phrases(text string, s news.Span, named func(news.Span) bool) []Phrase {
	words := Words(text, s)
	var out []Phrase
	start := 0 // word
	emit := func(end int) {
		if end > start {
			out = append(out, phrase(text, words[start:end], named))
		}
	}
	for k := 1; k < len(words)-1; k++ {
		w := strings.ToLower(words[k].Text(text))
		if w != "and" && w != "&" || named(words[k]) {
			continue
		}
		if joins(text, words[start:k], words[k+1:], named) {
			emit(k)
			start = k + 1
		}
	}
	emit(len(words))
	return split(text, out, words, named)
}

// joins reports whether "and" between two runs of words joins two who speak, not
// two words inside one phrase ("director of research and development"). What
// follows must open a phrase of its own: an article, a possessive, a title or
// a name; and what stands before must be complete.
func joins(text string, before, after []news.Span, named func(news.Span) bool) bool {
	if len(before) == 0 || len(after) == 0 {
		return false
	}
	next := after[0].Text(text)
	comma := strings.Contains(text[before[len(before)-1].End:after[0].Start], ",")
	deep := -1 // where a preposition takes the phrase inside
	for i, w := range before {
		if i > 0 && leavesCore(strings.ToLower(w.Text(text))) {
			deep = i
			break
		}
	}
	if deep > 0 && !comma && Document(Bare(before[deep-1].Text(text))) {
		return false // "a study by the harbour office and the university"
	}
	if (next == "a" || next == "an") && !comma && inApposition(text, before, named) {
		return false // "Abel Ross, the architect of the plan and a close aide"
	}
	if opens(next) || comma {
		return true
	}
	if deep >= 0 {
		return false
	}
	last := before[len(before)-1].Text(text)
	// "Republicans and Democrats", "Lena Aster and Jon Pike": alike on both
	// sides. "House and Senate Republicans" is one.
	if named(after[0]) {
		return named(before[len(before)-1]) || Plural(last)
	}
	if named(before[len(before)-1]) && Capitalised(next) && leadsToName(text, after, named) {
		return true // "Lena Aster and Deputy Prime Minister Jon Pike"
	}
	return Plural(last) && !Capitalised(next) || Capitalised(next) && Plural(last)
}

// inApposition reports whether words end in what stands beside a name: after it a comma
// and an article, and no further comma.
func inApposition(text string, words []news.Span, named func(news.Span) bool) bool {
	for k := len(words) - 1; k > 0; k-- {
		if strings.Contains(text[words[k-1].End:words[k].Start], ",") {
			return named(words[k-1]) && article(words[k].Text(text))
		}
	}
	return false
}

// leadsToName reports whether capitalised words run up to a name.
func leadsToName(text string, words []news.Span, named func(news.Span) bool) bool {
	for _, w := range words[:min(len(words), 7)] {
		if named(w) {
			return true
		}
		if !Capitalised(w.Text(text)) {
			return false
		}
	}
	return false
}

// opens reports whether word begins a noun phrase wherever it stands.
func opens(word string) bool {
	switch strings.ToLower(word) {
	case "the", "a", "an", "his", "her", "their", "its", "our", "my", "other", "others", "some", "several", "many", "two", "three":
		return true
	}
	_, ok := Honorific(word)
	return ok && Capitalised(word)
}

// leavesCore reports whether a lower-case word ends the core of a noun phrase.
func leavesCore(word string) bool {
	switch word {
	case "of", "for", "at", "from", "in", "on", "with", "by", "to", "who", "whose", "whom", "which", "that", "near", "during", "against", "after", "before", "about", "under", "over",
		"inside", "outside", "among", "between", "within", "when", "where", "while", "as", "through", "into", "like", "including", "backing", "representing", "familiar", "close",
		"briefed", "citing", "speaking", "via", "per", "across", "around", "throughout", "along", "behind", "beyond", "despite", "toward", "towards", "upon", "amid", "without", "alongside":
		return true
	}
	return false
}

func phrase(text string, words []news.Span, named func(news.Span) bool) Phrase {
	end := len(words)
	for k, w := range words {
		if k > 0 && breaks(text[words[k-1].End:w.Start]) && !continuesName(text, w) {
			end = k
			break
		}
		word := w.Text(text)
		afterArticle := k == 1 && article(words[0].Text(text)) // "a close aide"
		if k > 0 && !afterArticle && leavesCore(strings.ToLower(word)) && word != strings.ToUpper(word) && !named(w) {
			end = k
			break
		}
		if k > 0 && participle(word) {
			if before := Bare(words[k-1].Text(text)); Document(before) || Body(before) || Plural(before) {
				end = k
				break
			}
		}
	}
	p := Phrase{Core: news.Span{Start: words[0].Start, End: words[end-1].End}}
	p.Rest = news.Span{Start: p.Core.End, End: p.Core.End}
	if end < len(words) {
		p.Rest = news.Span{Start: words[end].Start, End: words[len(words)-1].End}
	}
	return p
}

func article(word string) bool {
	switch strings.ToLower(word) {
	case "a", "an", "the":
		return true
	}
	return false
}

// participle reports whether word, after the noun that it belongs to, tells more of
// it ("a poll released last week").
func participle(word string) bool {
	switch word {
	case "released", "published", "conducted", "issued", "obtained", "seen", "commissioned", "led", "carried", "signed", "filed", "based", "known", "called", "consulted", "interviewed", "posted", "made", "run", "owned":
		return true
	}
	return false
}

// breaks reports whether what stands between two words ends a core.
func breaks(between string) bool {
	return strings.ContainsAny(between, ",;:()[]–—\n") || strings.Contains(between, " - ") || strings.Contains(between, "--")
}

// continuesName reports whether a suffix follows a comma ("Ross, Jr.").
func continuesName(text string, next news.Span) bool {
	known, _ := NameSuffix(next.Text(text))
	return known
}

// split takes lists apart that commas join ("Ross, Pike and Calloway"): where a
// phrase is followed by another and its rest begins with names only.
func split(text string, phrases []Phrase, words []news.Span, named func(news.Span) bool) []Phrase {
	if len(phrases) < 2 {
		return phrases
	}
	var out []Phrase
	for i, p := range phrases {
		out = append(out, p)
		if i == len(phrases)-1 || p.Rest.Len() == 0 {
			continue
		}
		var inner []news.Span
		all := true
		for _, w := range words {
			if p.Rest.Contains(w) {
				inner = append(inner, w)
				_, title := Honorific(w.Text(text))
				all = all && (named(w) || title)
			}
		}
		if !all || len(inner) == 0 {
			continue
		}
		out[len(out)-1].Rest = news.Span{Start: p.Core.End, End: p.Core.End}
		start := 0
		for k := 1; k <= len(inner); k++ {
			if k == len(inner) || breaks(text[inner[k-1].End:inner[k].Start]) {
				out = append(out, Phrase{Core: news.Span{Start: inner[start].Start, End: inner[k-1].End}, Rest: news.Span{Start: inner[k-1].End, End: inner[k-1].End}})
				start = k
			}
		}
	}
	return out
}

// Head is the last word of a phrase's core, which says what it is: "aides" in
// "two Clinton aides".
func (p Phrase) Head(text string) string {
	words := Words(text, p.Core)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1].Text(text)
}
