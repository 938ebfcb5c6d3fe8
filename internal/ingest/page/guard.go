package page

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of what is parsed. A large news page has some 10,000 elements, 40 deep;
// what lies beyond these bounds is an accident or an attack.
const (
	maxSource = 24 << 20 // bytes
	maxTags   = 120_000  // start tags; the page is cut there
	maxDepth  = 120      // elements inside one another, not counting those in optionalEnd
	maxLoose  = 12       // formatting left open; the parser opens it anew in every paragraph
	maxAttrs  = 64       // attributes of one element
)

// parse is the tree of a page. HTML lets a short page stand for a huge tree:
// formatting left open is opened again in every paragraph, and the parser's
// stack is searched at each tag. So a page beyond the bounds above is tamed
// first. cut tells that its end was left off.
func parse(source string) (doc *html.Node, cut bool, err error) {
	if len(source) > maxSource {
		source, cut = source[:maxSource], true
	}
	source = strings.ReplaceAll(source, "\x00", "")
	if wild(source) {
		var short bool
		source, short = tame(source)
		cut = cut || short
	}
	doc, err = html.Parse(strings.NewReader(source))
	if err != nil { // deeper than the parser's own bound of 512
		var short bool
		source, short = tame(source)
		cut = cut || short
		doc, err = html.Parse(strings.NewReader(source))
	}
	if err != nil {
		return nil, cut, fmt.Errorf("the page cannot be read as HTML (%w); save it anew from a browser", err)
	}
	return doc, cut, nil
}

// wild reports whether a page goes beyond a bound, or may. It counts tags
// without building anything, and where the parser could hold more open than
// the tags tell, it counts more.
func wild(source string) bool {
	z := html.NewTokenizer(strings.NewReader(source))
	tags, depth, total := 0, 0, 0
	loose := map[atom.Atom]int{}
	var tables []map[atom.Atom]int // loose of what is around each open table
	for {
		tt := z.Next()
		if tt == html.ErrorToken {
			return false
		}
		if tt != html.StartTagToken && tt != html.EndTagToken {
			continue
		}
		name, more := z.TagName()
		a := atom.Lookup(name)
		if void[a] {
			continue
		}
		if tt == html.EndTagToken {
			switch {
			case a == atom.Table && len(tables) > 0:
				for f, n := range tables[len(tables)-1] {
					loose[f] += n
				}
				tables = tables[:len(tables)-1]
			case formatting[a] && loose[a] > 0:
				loose[a]--
				total--
			}
			if !optionalEnd[a] && depth > 0 {
				depth--
			}
			continue
		}
		if tags++; marker[a] {
			return true
		}
		if formatting[a] {
			loose[a]++
			total++
		}
		if a == atom.Table { // end tags inside cannot close what is open outside
			tables, loose = append(tables, loose), map[atom.Atom]int{}
		}
		if !optionalEnd[a] {
			depth++
		}
		for n := 1; more; n++ {
			if _, _, more = z.TagAttr(); n > maxAttrs {
				return true
			}
		}
		if tags > maxTags || depth > maxDepth || total > maxLoose {
			return true
		}
	}
}

// tame rewrites a page so that it stays within the bounds: tags nested too
// deep are dropped and their text is kept, and formatting ends where its block
// ends. cut tells that the page was cut at maxTags.
func tame(source string) (tamed string, cut bool) {
	var (
		out     strings.Builder
		open    []string // written start tags without their end tag, outermost first
		dropped int      // start tags left out since open was full
		tags    int
	)
	closeTo := func(n int) {
		for k := len(open) - 1; k >= n; k-- {
			out.WriteString("</" + open[k] + ">")
		}
		open = open[:n]
	}
	closeFormatting := func() {
		n := len(open)
		for n > 0 && (formatting[atom.Lookup([]byte(open[n-1]))] || open[n-1] == "span") {
			n--
		}
		closeTo(n)
	}
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch tt := z.Next(); tt {
		case html.ErrorToken:
			closeTo(0)
			return out.String(), cut
		case html.TextToken, html.DoctypeToken:
			out.Write(z.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			if tags++; tags > maxTags {
				closeTo(0)
				return out.String(), true
			}
			t := z.Token()
			t.Attr = t.Attr[:min(len(t.Attr), maxAttrs)]
			if !formatting[t.DataAtom] && !void[t.DataAtom] && t.DataAtom != atom.Span {
				closeFormatting()
			}
			switch {
			case void[t.DataAtom] || optionalEnd[t.DataAtom]:
				out.WriteString(t.String())
			case len(open) < maxDepth || rawText[t.DataAtom]:
				out.WriteString(t.String())
				if tt == html.StartTagToken || t.DataAtom != 0 {
					open = append(open, t.Data)
				}
			default:
				dropped++
				if !formatting[t.DataAtom] {
					out.WriteString("<br>")
				}
			}
		case html.EndTagToken:
			t := z.Token()
			if optionalEnd[t.DataAtom] || void[t.DataAtom] {
				closeFormatting()
				out.WriteString("</" + t.Data + ">")
				continue
			}
			if dropped > 0 && !rawText[t.DataAtom] {
				dropped--
				continue
			}
			i := len(open) - 1
			for i >= 0 && open[i] != t.Data && (!scope[open[i]] || scope[t.Data]) {
				i--
			}
			if i >= 0 && open[i] == t.Data {
				closeTo(i)
			}
		}
	}
}

// Kinds of element, by what the HTML parser does with them.
var (
	void = set(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input,
		atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr, atom.Image, atom.Keygen)
	rawText = set(atom.Script, atom.Style, atom.Textarea, atom.Title, atom.Noscript, atom.Iframe,
		atom.Noembed, atom.Noframes, atom.Xmp)
	formatting = set(atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr,
		atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U)
	// optionalEnd elements are closed by the next of their kind.
	optionalEnd = set(atom.P, atom.Li, atom.Dt, atom.Dd, atom.Option, atom.Optgroup, atom.Tr, atom.Td,
		atom.Th, atom.Tbody, atom.Thead, atom.Tfoot, atom.Colgroup, atom.Rp, atom.Rt, atom.Html, atom.Body, atom.Head)
	// marker elements hide open formatting from the end tags inside them.
	marker = set(atom.Object, atom.Applet, atom.Marquee, atom.Template)
	// scope elements bound the search for the start tag of an end tag.
	scope = map[string]bool{"table": true, "object": true, "applet": true, "marquee": true, "template": true}
)

func set(names ...atom.Atom) map[atom.Atom]bool {
	m := make(map[atom.Atom]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}
