package export

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/archive"
	"whosaid/internal/news"
)

// conll writes a word a line, in columns of CoNLL-U Plus
// (https://universaldependencies.org/ext-format.html). A block of the article is
// what the format calls a sentence. Three columns of IOB2 tags (B-Source, I-Cue,
// B-Content, O) hold the statements that stand in no other, those within one,
// and those deeper. Where parts of statements of one column overlap, a word is
// tagged as cue before source before content. The last column has the word's
// code points in the text.
type conll struct {
	w     *bufio.Writer
	begun bool
}

func newConll(w io.Writer) (Writer, error) { return &conll{w: bufio.NewWriter(w)}, nil }

// levels is how many columns of tags there are.
const levels = 3

func (c *conll) Write(v *archive.Version) error {
	c.head()
	doc := v.Doc
	at := news.NewOffsets(doc.Text)
	parts := partsOf(doc)
	fmt.Fprintf(c.w, "# newdoc id = %s\n", cmp.Or(oneLine(doc.ID), "unknown"))
	for _, f := range []struct{ name, is string }{{"title", doc.Title}, {"url", doc.URL}, {"outlet", doc.Outlet}, {"published", doc.Published}} {
		if is := oneLine(f.is); is != "" {
			fmt.Fprintf(c.w, "# %s = %s\n", f.name, is)
		}
	}
	for i, b := range doc.Blocks {
		list := tokens(doc.Text, b.Span, parts)
		if len(list) == 0 {
			continue
		}
		fmt.Fprintf(c.w, "# sent_id = %s-%d\n# text = %s\n# block = %s\n", oneLine(doc.ID), i+1, oneLine(b.Text(doc.Text)), b.Kind)
		var open [levels]*part
		for n, t := range list {
			fmt.Fprintf(c.w, "%d\t%s", n+1, t.Text(doc.Text))
			for level := range levels {
				p := holding(parts, level, t)
				switch p {
				case nil:
					c.w.WriteString("\tO")
				case open[level]:
					c.w.WriteString("\tI-" + p.role)
				default:
					c.w.WriteString("\tB-" + p.role)
				}
				open[level] = p
			}
			fmt.Fprintf(c.w, "\tTokenRange=%d:%d\n", at.Rune(t.Start), at.Rune(t.End))
		}
		c.w.WriteByte('\n')
	}
	return c.w.Flush()
}

func (c *conll) head() {
	if !c.begun {
		c.begun = true
		c.w.WriteString("# global.columns = ID FORM WHOSAID:OUTER WHOSAID:INNER WHOSAID:DEEPER MISC\n")
	}
}

// Close ends the output; one without an article still names its columns.
func (c *conll) Close() error {
	c.head()
	return c.w.Flush()
}

// A part is a span of a statement.
type part struct {
	news.Span
	role  string
	level int // how many statements it stands within
}

// partsOf are the parts of all statements, those first that count first where
// they overlap. A passage that only its quotation marks show has no part.
func partsOf(doc *news.Document) []part {
	parent := map[string]string{}
	for _, s := range doc.Statements {
		parent[s.ID] = s.Parent
	}
	var out []part
	for _, role := range []string{"Cue", "Source", "Content"} {
		for _, s := range doc.Statements {
			level := 0
			for up := s.Parent; up != "" && level < levels-1; up = parent[up] {
				level++
			}
			spans := map[string][]news.Span{"Cue": s.Cue, "Source": s.Source, "Content": s.Content}[role]
			for _, span := range spans {
				if s.By != news.ByMarks && span.Len() > 0 {
					out = append(out, part{span, role, level})
				}
			}
		}
	}
	return out
}

// holding is the first part of a level that holds a word.
func holding(parts []part, level int, t news.Span) *part {
	for i := range parts {
		if p := &parts[i]; p.level == level && p.Contains(t) {
			return p
		}
	}
	return nil
}

// tokens are the words and marks of a block. A word is letters and digits with
// what joins them (don't, 3.5, Asa'ib, well-known); it ends where a part begins
// or ends, so that tags fit the parts exactly.
func tokens(text string, block news.Span, parts []part) []news.Span {
	var cuts []int
	for _, p := range parts {
		cuts = append(cuts, p.Start, p.End)
	}
	slices.Sort(cuts)
	var out []news.Span
	for at := block.Start; at < block.End; {
		n := wordLength(text[at:block.End])
		r, _ := utf8.DecodeRuneInString(text[at:])
		if i, _ := slices.BinarySearch(cuts, at+1); i < len(cuts) && cuts[i] < at+n {
			n = cuts[i] - at
		}
		if !unicode.IsSpace(r) && !unicode.IsControl(r) {
			out = append(out, news.Span{Start: at, End: at + n})
		}
		at += n
	}
	return out
}

// wordLength is the length of the word, or else the character, that s begins
// with.
func wordLength(s string) int {
	end, joint := 0, false // behind the last letter; whether a joint followed it
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			end, joint = i+utf8.RuneLen(r), false
		case end > 0 && !joint && strings.ContainsRune("'’ʼ-.,&", r):
			joint = true
		case end == 0:
			return max(utf8.RuneLen(r), 1)
		default:
			return end
		}
	}
	return end
}
