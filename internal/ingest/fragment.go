package ingest

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// wholePage matches markup that is a page, and not a piece of one.
var wholePage = regexp.MustCompile(`(?i)<(?:html|body|head)[\s>]`)

// inline are the elements that do not end a paragraph.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.I: true, atom.Em: true, atom.Strong: true, atom.Span: true, atom.U: true, atom.S: true, atom.Q: true, atom.Cite: true,
	atom.Abbr: true, atom.Small: true, atom.Sub: true, atom.Sup: true, atom.Mark: true, atom.Font: true, atom.Time: true, atom.Code: true, atom.Wbr: true,
}

// paragraphs lists the texts of a piece of HTML that stand apart.
func paragraphs(markup string) []string {
	var out []string
	var text strings.Builder
	skip := 0
	end := func() {
		if s := strings.Join(strings.FieldsFunc(text.String(), func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }), " "); s != "" {
			out = append(out, s)
		}
		text.Reset()
	}
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			end()
			return out
		case html.TextToken:
			if skip == 0 {
				text.Write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case tag == atom.Script || tag == atom.Style:
				if kind == html.StartTagToken {
					skip++
				} else {
					skip = 0
				}
			case !inline[tag]:
				end()
			}
		}
	}
}
