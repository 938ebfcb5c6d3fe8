package page

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// authorNames are the meta elements that name authors, in order. Papers come
// first: their other elements may name the authors of what they cite.
var authorNames = []string{
	"citation_author", "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "dc:creator", "dcterms.creator", "byl",
	"authors", "og:author", "og:article:author", "article.author", "cxenseparse:author", "creator", "rbauthors", "dcsext.author", "shareaholic:article_author_name",
	"dc.creator.aut", "dcterms.creator.aut", "atc-metaauthor", "twitter:data1",
}

// authors lists who wrote the article, one name each. What the markup says is
// believed unless the page prints a byline beside the headline that says
// something else: many systems name whoever uploaded the text. last is the last
// paragraph of the article.
func (f *facts) authors(doc *html.Node, blocks []block, headline, last int, outlet string) []string {
	c := &cleaner{outlet: fold(outlet)}
	var all [][]string // what the markup says, most trusted first
	for _, key := range []string{"author", "creator"} {
		all = append(all, c.names(f.people(f.article[key], 0)))
	}
	for _, key := range authorNames {
		if key == "twitter:data1" && !strings.Contains(strings.ToLower(f.first("twitter:label1")), "by") {
			continue
		}
		all = append(all, c.names(f.meta[key]))
	}
	var said, house []string
	for _, names := range all {
		switch {
		case len(names) == 0:
		case c.onlyHouse(names) || initials(names):
			if house == nil {
				house = names
			}
		case said == nil:
			said = names
		}
	}
	shown, sure := visible(doc, blocks, headline, c)
	if len(said) == 1 && (len(shown) == 0 || covers(said, shown)) {
		shown = nonEmpty(whole(blocks, said[0]))
	}
	switch {
	case said == nil && len(shown) > 0:
		return shown
	case said == nil && house != nil:
		return house
	case said == nil:
		if signed := signature(blocks, last, c); signed != nil {
			return signed
		}
		c.house = true
		shown, _ = visible(doc, blocks, headline, c)
		return shown
	case len(shown) == 0 || !full(shown) && !sure || covers(said, shown):
		return said
	case covers(shown, said) && (len(shown) > len(said) || !full(said)):
		return shown // more names, or fuller ones
	case sure && !covers(shown, said):
		return shown
	}
	return said
}

// covers reports whether every name of b is one of a, or the start of one.
func covers(a, b []string) bool {
	for _, name := range b {
		f := fold(name)
		if !slices.ContainsFunc(a, func(n string) bool { return strings.HasPrefix(fold(n), f) }) {
			return false
		}
	}
	return true
}

// full reports whether each name has a first and a last part.
func full(names []string) bool {
	return !slices.ContainsFunc(names, func(n string) bool { return !fullName.MatchString(n) })
}

// whole is the full name that begins with a first name, where the page says one
// at the beginning of a short paragraph, as boxes on authors do, and no other.
func whole(blocks []block, first string) string {
	if strings.Contains(first, " ") || !wordy.MatchString(first) {
		return ""
	}
	name := ""
	for _, b := range blocks {
		rest, ok := strings.CutPrefix(b.text, first+" ")
		if !ok || len(b.text) > 400 {
			continue
		}
		last := surname.FindString(rest)
		if last == "" || name != "" && name != first+" "+last {
			return ""
		}
		name = first + " " + last
	}
	return name
}

var (
	wordy   = regexp.MustCompile(`^\p{Lu}\p{Ll}+$`)
	surname = regexp.MustCompile(`^\p{Lu}\p{Ll}+(-\p{Lu}\p{Ll}+)?\b`)
)

// initials reports whether names are shorthand of a newsroom: "LN", "jb".
func initials(names []string) bool {
	return !slices.ContainsFunc(names, func(n string) bool { return len(fold(n)) > 3 })
}

// people lists the names in a JSON-LD value: strings, nodes, lists of them and
// references by @id.
func (f *facts) people(v any, depth int) []string {
	if depth > 4 {
		return nil
	}
	var out []string
	for _, x := range list(v) {
		if len(out) > 40 {
			break
		}
		switch x := x.(type) {
		case string:
			out = append(out, clean(html.UnescapeString(x)))
		case object:
			if id, _ := x["@id"].(string); id != "" && x["name"] == nil && f.nodes[id] != nil && depth < 3 {
				out = append(out, f.people(f.nodes[id], depth+2)...)
				continue
			}
			named := false
			for _, n := range list(x["name"]) {
				if s, ok := n.(string); ok && s != "" {
					out = append(out, clean(html.UnescapeString(s)))
					named = true
				} else if o, ok := n.(object); ok {
					out = append(out, f.people(o, depth+1)...)
					named = true
				}
			}
			if !named {
				if s := clean(str(x["givenName"]) + " " + str(x["familyName"])); s != "" {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// A candidate is a byline as it may be printed.
type candidate struct {
	names []string
	score int
	at    int // bytes of text before it; -1 for a line
}

// sureScore is that of a line "By Jane Roe" beside the headline.
const sureScore = 20

// visible reads the printed byline: an element marked as the author, a line
// "By Jane Roe" near the headline, a line of a date and a name. It is sure of
// the second alone.
func visible(doc *html.Node, blocks []block, headline int, c *cleaner) (names []string, sure bool) {
	found := append(marked(doc, blocks, headline, c), lines(blocks, headline, c)...)
	if len(found) == 0 {
		return nil, false
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].score > found[j].score })
	best := found[0]
	names = best.names
	if best.at >= 0 { // elements with a name each, one after another
		end := best.at
		for _, o := range found[1:] {
			if o.score == best.score && o.at >= end && o.at < end+120 && full(names) && full(o.names) && !covers(names, o.names) {
				end = o.at
				names = append(slices.Clone(names), o.names...)
			}
		}
	}
	return names, best.score >= sureScore
}

// marked lists the elements whose class or role says that they name the author.
func marked(doc *html.Node, blocks []block, headline int, c *cleaner) []candidate {
	var title *html.Node
	if headline >= 0 && headline < len(blocks) {
		title = blocks[headline].node
	}
	var found []candidate
	passed := title == nil
	read, since := 0, 0 // bytes of text, from the top and from the headline
	var walk func(n *html.Node, p place)
	walk = func(n *html.Node, p place) {
		if n == title {
			passed = true
		}
		if n.Type == html.TextNode {
			read += len(n.Data)
			if passed {
				since += len(n.Data)
			}
			return
		}
		if n.Type == html.ElementNode {
			if n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Head || n.DataAtom == atom.Noscript {
				return
			}
			p |= placeOf(n)
			score := authorMark(n)
			switch {
			case score == 0:
			case p&(inComments|inRelated) != 0:
				score -= 12
			case p&inHidden != 0: // until a script shows it, or for good
				score -= 9
			case p&(inAside|inNav) != 0:
				score -= 4
			}
			if score > 0 && passed && since < 2500 {
				score += 4
			}
			if score > 0 && len(found) < 200 {
				if text := spacedText(n); len(text) > 1 && len(text) < 240 {
					if names := c.printed(text); len(names) > 0 {
						found = append(found, candidate{names, score, read})
					}
				}
			}
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			walk(k, p)
		}
	}
	walk(doc, 0)
	return found
}

// lines lists the short lines that read like a byline.
func lines(blocks []block, headline int, c *cleaner) []candidate {
	var found []candidate
	near, paragraphs := 0, 0 // since the headline
	for i, b := range blocks {
		if i > headline && prose(b) && len(b.text) > 200 {
			paragraphs++
		}
		if len(b.text) > 140 || b.within&(inHidden|inComments|inRelated|inQuote) != 0 {
			continue
		}
		beside := i > headline && near < 16 && paragraphs < 2 || i < headline && i >= headline-4
		if i > headline {
			near++
		}
		text := labelAbove.ReplaceAllString(b.spaced(), "$1: ")
		if i > 0 && onlyLabel.MatchString(blocks[i-1].text) { // "Author:" in an element of its own
			text = blocks[i-1].text + " " + text
		}
		for line := range strings.Lines(text) {
			if byLine.MatchString(line) {
				text = text[strings.Index(text, line):]
				break
			}
		}
		text = strings.ReplaceAll(text, "\n", " | ")
		starts := byLine.MatchString(text) || chinese.MatchString(text)
		if !starts && !beside {
			continue
		}
		text = anyDate.ReplaceAllString(text, " | ")
		title := b.tag == atom.H1 || b.tag == atom.H2 || b.tag == atom.H3
		var score int
		switch at := leadIn.FindStringIndex(text); {
		case beside && starts && b.within&inCaption == 0:
			score = sureScore
		case beside && at != nil && !title && b.within&inCaption == 0:
			score, text = sureScore, text[at[1]:]
		case starts && b.within&(inNav|inAside) == 0:
			score = 10
		case starts:
			score = 5
		case beside && len(b.text) < 80 && anyDate.MatchString(b.spaced()) && !title: // a date and a name
			score = 9
		case beside && len(b.text) < 50 && besideDate(blocks, i) && !title: // a name above or below a date
			score = 8
		default:
			continue
		}
		names := c.printed(text)
		switch {
		case len(names) == 0,
			score == 8 && len(fold(strings.Join(names, ""))) != len(b.fold),
			score == 9 && (len(names) != 1 || !full(names) && !username.MatchString(names[0])),
			score < sureScore && score != 9 && !full(names) && !chinese.MatchString(text):
			continue
		}
		found = append(found, candidate{names, score, -1})
	}
	return found
}

// signature is a name that stands by itself under the article.
func signature(blocks []block, last int, c *cleaner) []string {
	for i := max(last, 0); last >= 0 && i < len(blocks) && i <= last+1; i++ {
		b := blocks[i]
		line, _, _ := strings.Cut(b.text, "\n")
		names := c.printed(line)
		if len(b.text) < 60 && b.links == 0 && !headingTags[b.tag] && b.within&(inCaption|inNav|inAside|inComments|inRelated|inQuote) == 0 &&
			full(names) && len(names) == 1 && fold(names[0]) == fold(line) && strings.Count(names[0], " ") <= 3 {
			return names
		}
	}
	return nil
}

// besideDate reports whether the block before or after block i, or one further,
// is a date.
func besideDate(blocks []block, i int) bool {
	for k := max(0, i-2); k < len(blocks) && k <= i+2; k++ {
		if k != i && len(blocks[k].text) < 60 && len(number.ReplaceAllString(strings.TrimSpace(anyDate.ReplaceAllString(blocks[k].spaced(), "")), "")) < 12 && anyDate.MatchString(blocks[k].spaced()) {
			return true
		}
	}
	return false
}

// spacedText is the text of an element with a space wherever an inline element
// inside it begins or ends, and a bar where another kind does: pages lay
// bylines out with margins.
func spacedText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if b.Len() > 1000 {
			break
		}
		switch {
		case d.Type == html.TextNode:
			if a := d.Parent.DataAtom; a != atom.Script && a != atom.Style && a != atom.Noscript {
				b.WriteString(d.Data)
				b.WriteByte(' ')
			}
		case d.Type == html.ElementNode && (!inlineTags[d.DataAtom] && !formatting[d.DataAtom] || d.DataAtom == atom.Time):
			b.WriteString(" | ")
		}
	}
	return clean(b.String())
}

// authorMark tells how surely an element is marked as naming the author.
func authorMark(n *html.Node) int {
	rel := strings.ToLower(attr(n, "rel"))
	prop := strings.ToLower(attr(n, "itemprop"))
	switch {
	case rel == "author" || strings.HasPrefix(rel, "author ") || strings.HasSuffix(rel, " author"):
		return 14
	case prop == "author" || prop == "author name" || prop == "creator":
		return 13
	}
	score := 0
	for _, key := range []string{"class", "id", "data-testid", "data-component"} {
		words := nameWords(attr(n, key))
		for i, w := range words {
			if !authorWord(w) && !(w == "full" && i+1 < len(words) && words[i+1] == "name") || i > 0 && (words[i-1] == "comment" || words[i-1] == "reply" || words[i-1] == "no") {
				continue
			}
			s := 10
			if w == "full" {
				s = 8
			}
			if i+1 < len(words) {
				switch words[i+1] {
				case "name", "link", "names":
					s = 13
				case "bio", "box", "description", "image", "avatar", "info", "profile", "pic", "photo", "thumbnail", "social", "wrapper", "container", "header", "date", "posts", "title", "job", "role":
					s = 5
				}
			}
			score = max(score, s)
		}
	}
	return score
}

func authorWord(w string) bool {
	switch w {
	case "byline", "byl", "zuozhe", "writer", "journalist", "redakteur", "verfasser", "username", "screenname", "wrote", "fullname":
		return true
	}
	return strings.HasPrefix(w, "author") && !strings.HasPrefix(w, "authori") || strings.HasSuffix(w, "author") || strings.HasPrefix(w, "autor") || w == "auteur" || w == "auteurs"
}
