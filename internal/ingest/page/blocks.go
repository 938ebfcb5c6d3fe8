package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A block is one paragraph, heading, list item or caption of the page, or a
// run of text that stands by itself.
type block struct {
	text   string
	fold   string     // its letters and digits, by which it is found again
	tag    atom.Atom  // P, Li, H2, Blockquote, …; Div for loose text
	node   *html.Node // the element it was read from
	links  int        // bytes of its text inside links
	seams  []int      // where one inline element ends and the next begins without a space
	within place      // what it stands in
}

// place tells what encloses a block, as far as that can be read from the page.
type place uint16

const (
	inCaption  place = 1 << iota // figcaption, or a class that says caption or credit
	inHidden                     // not shown
	inNav                        // nav, footer, form, dialog, and roles that say so
	inAside                      // aside
	inComments                   // readers' comments
	inRelated                    // boxes of other stories, sign-up and share boxes
	inQuote                      // blockquote
	inTable                      // table
	inPull                       // a pull quote: repeats words of the article
)

// walker reads the blocks of a page in one pass over its tree.
type walker struct {
	blocks []block
	buf    strings.Builder
	seams  []int
	space  bool // a space is due before the next letter
	breaks int  // <br> since the last letter
	links  int
	tag    atom.Atom
	node   *html.Node
	within place
	inLink int
	pre    int
}

// blocksOf lists the blocks below n in the order they are printed.
func blocksOf(n *html.Node) []block {
	w := &walker{tag: atom.Div, node: n}
	w.walk(n)
	w.flush()
	return w.blocks
}

func (w *walker) flush() {
	text := w.buf.String() // begins and ends with a mark that prints
	seams := w.seams
	w.seams = nil
	w.buf.Reset()
	w.space, w.breaks = false, 0
	if text != "" {
		w.blocks = append(w.blocks, block{text: text, fold: fold(text), tag: w.tag, node: w.node, links: w.links, seams: seams, within: w.within})
	}
	w.links = 0
}

func (w *walker) walk(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.write(c.Data)
		case html.ElementNode:
			w.element(c)
		}
	}
}

func (w *walker) element(n *html.Node) {
	switch a := n.DataAtom; {
	case notText[a] || n.Namespace != "":
		if a == atom.Iframe || a == atom.Video || a == atom.Svg {
			w.space = true
		}
	case a == atom.Br:
		w.breaks++
		if w.breaks > 1 {
			w.flush()
			w.breaks = 2
		}
	case a == atom.A:
		w.inLink++
		w.inline(n)
		w.inLink--
	case inlineTags[a] || a == 0 && !strings.Contains(n.Data, "-"):
		w.inline(n)
	default:
		w.flush()
		tag, node, within := w.tag, w.node, w.within
		if ownTag[a] || w.tag == 0 {
			w.tag = a
		} else if w.tag == atom.P || headingTags[w.tag] {
			w.tag = atom.Div
		}
		w.node = n
		w.within |= placeOf(n)
		if a == atom.Pre {
			w.pre++
		}
		w.walk(n)
		w.flush()
		if a == atom.Pre {
			w.pre--
		}
		w.tag, w.node, w.within = tag, node, within
	}
}

// inline reads an element that does not break the line. What it is marked to
// be can still set it apart: a hidden span is no part of the sentence.
func (w *walker) inline(n *html.Node) {
	p := placeOf(n) &^ w.within
	if p&(inHidden|inCaption|inRelated|inComments) == 0 || w.inLink > 0 && p&inHidden == 0 {
		w.walk(n)
		return
	}
	node, within := w.node, w.within
	if p&inHidden != 0 {
		return
	}
	w.flush()
	w.node, w.within = n, within|p
	w.walk(n)
	w.flush()
	w.node, w.within = node, within
}

// write adds text, with runs of white space made one space, hard spaces made
// plain and marks that only guide line breaking left out.
func (w *walker) write(s string) {
	start := w.buf.Len()
	if start > 0 && !w.space && start < 200 {
		w.seams = append(w.seams, start)
	}
	for i, r := range s {
		switch {
		case r == '\u00ad' || r == '\u200b' || r == '\ufeff' || r == '\u2060':
			continue
		case r == '\n' && w.pre > 0:
			if w.breaks++; w.breaks > 1 {
				w.flush()
				start = 0
			}
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			continue
		case unicode.IsSpace(r):
			w.space = true
		case unicode.IsControl(r):
			continue
		default:
			if w.buf.Len() > 0 {
				if w.breaks > 0 {
					w.buf.WriteByte('\n')
				} else if w.space {
					w.buf.WriteByte(' ')
				}
			}
			w.space, w.breaks = false, 0
			w.buf.WriteRune(r)
		}
	}
	if w.inLink > 0 {
		w.links += w.buf.Len() - start
	}
}

// spaced is the text with a space at each seam: pages lay bylines out by
// margins, "Jane Roe" and "May 3" in elements side by side.
func (b block) spaced() string {
	if len(b.seams) == 0 {
		return b.text
	}
	var out strings.Builder
	last := 0
	for _, s := range b.seams {
		out.WriteString(b.text[last:s])
		if letterOrDigit(b.text[:s], true) && letterOrDigit(b.text[s:], false) {
			out.WriteByte(' ')
		}
		last = s
	}
	out.WriteString(b.text[last:])
	return out.String()
}

// letterOrDigit reports whether s ends, or begins, with one.
func letterOrDigit(s string, atEnd bool) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if atEnd {
		r, _ = utf8.DecodeLastRuneInString(s)
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// fold keeps the letters and digits of s, in lower case: what stays the same
// however a text was spaced and marked up.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// attr is the value of an attribute, or empty.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// placeOf tells what n makes of what stands in it.
func placeOf(n *html.Node) place {
	var p place
	switch n.DataAtom {
	case atom.Figcaption, atom.Caption:
		p |= inCaption
	case atom.Figure:
		if !hasElement(n, atom.Blockquote, atom.Table) {
			p |= inCaption
		}
	case atom.Nav, atom.Footer, atom.Form, atom.Dialog, atom.Menu, atom.Fieldset:
		p |= inNav
	case atom.Aside:
		p |= inAside
	case atom.Blockquote:
		p |= inQuote
	case atom.Table:
		p |= inTable
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			p |= inHidden
		case "aria-hidden":
			if a.Val == "true" {
				p |= inHidden
			}
		case "style":
			v := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(v, "display:none") || strings.Contains(v, "visibility:hidden") {
				p |= inHidden
			}
		case "role":
			switch a.Val {
			case "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "form":
				p |= inNav
			case "complementary":
				p |= inAside
			}
		case "class", "id":
			if n.DataAtom != atom.Body && n.DataAtom != atom.Html && n.DataAtom != atom.Main && n.DataAtom != atom.Article {
				p |= placeOfNames(a.Val)
			}
		}
	}
	return p
}

// placeOfNames reads the words of a class or id.
func placeOfNames(names string) place {
	var p place
	for name := range strings.FieldsSeq(names) {
		if strings.HasPrefix(name, "tag-") || strings.HasPrefix(name, "category-") {
			continue // what the story is about, as WordPress writes it
		}
		for _, word := range nameWords(name) {
			p |= placeWords[word]
		}
	}
	return p
}

// hasWord reports whether a class or id of n has one of these words.
func hasWord(n *html.Node, words ...string) bool {
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" && a.Key != "itemprop" && a.Key != "data-testid" {
			continue
		}
		for _, w := range nameWords(a.Val) {
			for _, want := range words {
				if w == want {
					return true
				}
			}
		}
	}
	return false
}

// nameWords splits "story-relatedLinks_box" into story, related, links, box.
func nameWords(s string) []string {
	if len(s) > 500 {
		s = s[:500]
	}
	var words []string
	start := -1
	for i := range len(s) {
		c := s[i]
		letter := c >= 'a' && c <= 'z'
		upper := c >= 'A' && c <= 'Z'
		if upper && start >= 0 && s[i-1] >= 'a' && s[i-1] <= 'z' {
			words = append(words, strings.ToLower(s[start:i]))
			start = i
		}
		if (letter || upper) && start < 0 {
			start = i
		}
		if !letter && !upper && start >= 0 {
			words = append(words, strings.ToLower(s[start:i]))
			start = -1
		}
	}
	if start >= 0 {
		words = append(words, strings.ToLower(s[start:]))
	}
	return words
}

var placeWords = map[string]place{
	"caption": inCaption, "captions": inCaption, "figcaption": inCaption, "credit": inCaption, "credits": inCaption,
	"bildunterschrift": inCaption, "copyright": inCaption,
	"comments": inComments, "comment": inComments, "kommentare": inComments, "leserkommentare": inComments, "comentarios": inComments, "commentlist": inComments, "respond": inComments, "disqus": inComments,
	"newsletter": inRelated, "signup": inRelated, "subscribe": inRelated, "subscription": inRelated,
	"related": inRelated, "recommended": inRelated, "recommendations": inRelated, "recirculation": inRelated,
	"popular": inRelated, "trending": inRelated, "share": inRelated, "sharing": inRelated, "social": inRelated,
	"cookie": inRelated, "cookies": inRelated, "consent": inRelated, "gdpr": inRelated, "promo": inRelated,
	"breadcrumb": inNav, "breadcrumbs": inNav, "navigation": inNav, "menu": inNav, "footer": inNav, "pagination": inNav,
	"outbrain": inRelated, "taboola": inRelated, "advertisement": inRelated, "sponsored": inRelated,
	"pullquote": inPull,
}

func hasElement(n *html.Node, tags ...atom.Atom) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		for _, t := range tags {
			if c.DataAtom == t {
				return true
			}
		}
		if c.Type == html.ElementNode && hasElement(c, tags...) {
			return true
		}
	}
	return false
}

var (
	notText = set(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Head, atom.Svg, atom.Math,
		atom.Object, atom.Embed, atom.Applet, atom.Audio, atom.Video, atom.Canvas, atom.Select, atom.Option, atom.Button,
		atom.Textarea, atom.Input, atom.Img, atom.Map, atom.Noembed, atom.Noframes, atom.Meter, atom.Progress, atom.Datalist,
		atom.Rp, atom.Rt, atom.Wbr, atom.Link, atom.Meta, atom.Title, atom.Source, atom.Track, atom.Picture)
	inlineTags = set(atom.B, atom.Strong, atom.Abbr, atom.Acronym, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data, atom.Del,
		atom.Dfn, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Nobr, atom.Q, atom.Ruby, atom.Rb,
		atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Output)
	headingTags = set(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
	ownTag      = set(atom.P, atom.Li, atom.Dt, atom.Dd, atom.Td, atom.Th, atom.Pre, atom.Blockquote, atom.Figcaption,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary, atom.Address, atom.Caption)
)
