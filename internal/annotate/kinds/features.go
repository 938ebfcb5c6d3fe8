package kinds

import (
	"sort"
	"strings"

	"whosaid/internal/news"
)

// What the classifier is told of a statement: the mean vectors of some of its
// word pieces, and the names of what its words show, "w:will" for a word of the
// content, "cue=deny" for what the lexicon says.

// mostPieces is how many pieces of a content are averaged.
const mostPieces = 40

// parts of a statement whose vectors the classifier is told.
const (
	cuePart = iota
	contentPart
	headPart // the first piece of the content
	sourcePart
	parts
)

// Features is what is known of one statement.
type Features struct {
	Verdict Verdict
	Names   []string  // what its words show; no name twice
	Vectors []float32 // [parts][width]; nil where there are no vectors
}

// Describe gives the features of a statement of doc.
func Describe(doc *news.Document, s *news.Statement, lexicon *Lexicon) Features {
	c := newContent(join(doc.Text, s.Content))
	cue := wordsOf(join(doc.Text, s.Cue))
	f := Features{Verdict: lexicon.Look(cue, following(doc.Text, s.Cue), c)}
	f.Names = names(s, c, cue, strings.TrimSpace(join(doc.Text, s.Cue)), wordsOf(join(doc.Text, s.Source)), f.Verdict)
	if doc.Vectors != nil {
		f.Vectors = make([]float32, parts*doc.Vectors.Width)
		for part, spans := range [parts][]news.Span{s.Cue, s.Content, s.Content, s.Source} {
			most := mostPieces
			if part == headPart {
				most = 1
			}
			mean(doc, spans, most, f.Vectors[part*doc.Vectors.Width:][:doc.Vectors.Width])
		}
	}
	return f
}

// join is the text of spans with a space between two.
func join(text string, spans []news.Span) string {
	if len(spans) == 1 {
		return spans[0].Text(text)
	}
	list := make([]string, len(spans))
	for i, s := range spans {
		list[i] = s.Text(text)
	}
	return strings.Join(list, " ")
}

// following is the few words after a cue, on its line.
func following(text string, cue []news.Span) []string {
	if len(cue) == 0 {
		return nil
	}
	rest := text[cue[len(cue)-1].End:]
	rest = rest[:min(len(rest), 40)]
	if i := strings.IndexAny(rest, "\n.,;:“\"—"); i >= 0 {
		rest = rest[:i]
	}
	words := wordsOf(strings.ToValidUTF8(rest, ""))
	return words[:min(len(words), gap)]
}

// mean writes to out the mean vector of the first pieces of spans.
func mean(doc *news.Document, spans []news.Span, most int, out []float32) {
	v, n := doc.Vectors, 0
	for _, s := range spans {
		i := sort.Search(len(doc.Pieces), func(i int) bool { return doc.Pieces[i].End > s.Start })
		for ; i < len(doc.Pieces) && doc.Pieces[i].Start < s.End && n < most; i++ {
			scale := v.Scales[i]
			for j, x := range v.Values[i*v.Width:][:v.Width] {
				// The conversion keeps the compiler from rounding product and sum at once.
				out[j] += float32(float32(x) * scale)
			}
			n++
		}
	}
	if n > 1 {
		for j := range out {
			out[j] /= float32(n)
		}
	}
}

// groups are words that the act of a statement shows in.
var groups = []struct {
	name  string
	words map[string]bool
}{
	{"future", wordSet("will shall gonna going tomorrow soon next future eventually likely unlikely")},
	{"maybe", wordSet("may might could perhaps possibly maybe probably potential potentially possible")},
	{"would", wordSet("would")},
	{"ought", wordSet("should must ought need needs needed have-to let let's")},
	{"if", wordSet("if unless until")},
	{"not", wordSet("not no never nothing none neither nor without")},
	{"you", wordSet("you your yours yourself")},
	{"we", wordSet("we our us ours ourselves")},
	{"I", wordSet("i my me mine myself i've i'm i'll")},
	{"past", wordSet("was were had did been")},
	{"present", wordSet("is are has does am")},
	{"asking", asking},
	{"more", wordSet("more most less least better best worse worst than")},
}

// names lists what the words of a statement show; mark is its cue as it stands.
func names(s *news.Statement, c content, cue []string, mark string, source []string, v Verdict) []string {
	seen := map[string]bool{}
	var list []string
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			list = append(list, name)
		}
	}
	add("form=" + string(s.Form))
	switch {
	case v.Kind == "":
		add("cue=none")
	case v.Negated:
		add("cue=not " + v.Kind)
	case v.Leaning:
		add("cue=" + v.Kind + "?")
	default:
		add("cue=" + v.Kind)
	}
	if v.Stance != "" {
		add("stance=" + v.Stance)
	}
	for i, w := range cue {
		add("c:" + w)
		if i > 0 {
			add("c:" + cue[i-1] + " " + w)
		}
	}
	if len(source) == 0 {
		add("source=none")
	}
	contentNames(c, add)
	grammar(s, c, cue, source, v, add)
	shape(s, c, cue, mark, v.Kind == "", add)
	return list
}

// contentNames adds what the words of a content show; nothing of its cue.
func contentNames(c content, add func(string)) {
	head := bounded(c.text)
	if strings.Contains(head, "?") {
		add("mark=?")
	}
	if strings.Contains(head, "!") {
		add("mark=!")
	}
	switch n := len(c.words); {
	case n <= 2:
		add("length=2")
	case n <= 6:
		add("length=6")
	case n <= 15:
		add("length=15")
	case n <= 30:
		add("length=30")
	default:
		add("length=60")
	}
	if len(c.words) > 0 {
		add("first:" + c.words[0])
		if c.clause() {
			add("clause")
		}
	}
	if len(c.words) > 1 {
		add("first:" + c.words[0] + " " + c.words[1])
	}
	for i, w := range c.words {
		add("w:" + w)
		if i > 0 && i < mostPieces {
			add("w:" + c.words[i-1] + " " + w)
		}
		for _, g := range groups {
			if g.words[w] {
				add("g:" + g.name)
			}
		}
	}
}
