package page

import (
	"encoding/json"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whosaid/internal/news"
)

// facts is what a page says about itself, outside of its text.
type facts struct {
	meta      map[string][]string // name, property or itemprop of a meta element, in lower case, to its values
	article   object              // the JSON-LD node of the article; nil if there is none
	nodes     map[string]object   // JSON-LD nodes by @id
	live      bool                // a LiveBlogPosting
	lang      string              // of the html element
	canonical string
	titleTag  string
}

// An object is one JSON-LD node.
type object = map[string]any

// articleTypes are the schema.org types of a page's one piece of news, the
// more telling ones first.
var articleTypes = []string{
	"liveblogposting", "reportagenewsarticle", "newsarticle", "analysisnewsarticle", "askpublicnewsarticle", "backgroundnewsarticle",
	"opinionnewsarticle", "reviewnewsarticle", "article", "blogposting", "report", "socialmediaposting",
	"advertisercontentarticle", "satiricalarticle", "scholarlyarticle", "techarticle", "discussionforumposting", "recipe",
	"review", "videoobject", "webpage", "itempage", "aboutpage", "medicalwebpage",
}

// maxNesting bounds the depth to which JSON-LD is followed.
const maxNesting = 24

// factsOf gathers them in one pass over the tree.
func factsOf(doc *html.Node) *facts {
	f := &facts{meta: map[string][]string{}, nodes: map[string]object{}}
	var roots []any
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			f.lang = attr(n, "lang")
			if f.lang == "" {
				f.lang = attr(n, "xml:lang")
			}
		case atom.Title:
			if f.titleTag == "" && n.Namespace == "" {
				f.titleTag = textOf(n)
			}
		case atom.Meta:
			value := clean(attr(n, "content"))
			if value == "" {
				continue
			}
			for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
				if k := strings.ToLower(strings.TrimSpace(attr(n, key))); k != "" {
					f.meta[k] = append(f.meta[k], value)
				}
			}
		case atom.Link:
			switch strings.ToLower(attr(n, "rel")) {
			case "canonical":
				if f.canonical == "" {
					f.canonical = strings.TrimSpace(attr(n, "href"))
				}
			}
		case atom.Script:
			if t := strings.ToLower(attr(n, "type")); strings.Contains(t, "ld+json") && n.FirstChild != nil && len(roots) < 50 {
				roots = append(roots, decodeJSON(n.FirstChild.Data)...)
			}
		}
	}
	var found []object
	for _, r := range roots {
		f.collect(r, &found, 0)
	}
	best := -1
	for _, o := range found {
		rank := len(articleTypes)
		for _, t := range typesOf(o) {
			for i, a := range articleTypes {
				if t == a && i < rank {
					rank = i
				}
			}
			f.live = f.live || t == "liveblogposting"
		}
		if rank < len(articleTypes) && (best < 0 || rank < best && !(best <= 11 && rank <= 11)) {
			f.article, best = o, rank
		}
	}
	return f
}

// collect lists the nodes that stand for the page itself: at the top, in a
// graph, or as the main entity of one; not those that it merely lists.
func (f *facts) collect(v any, found *[]object, depth int) {
	if depth > maxNesting || len(*found) > 500 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			f.collect(x, found, depth+1)
		}
	case object:
		if id, _ := v["@id"].(string); id != "" && (len(v) > 2 || f.nodes[id] == nil) {
			f.nodes[id] = v
		}
		if len(typesOf(v)) > 0 {
			*found = append(*found, v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			if x, ok := v[key]; ok {
				f.collect(x, found, depth+1)
			}
		}
	}
}

// typesOf lists the types of a node in lower case.
func typesOf(o object) []string {
	var types []string
	for _, t := range list(o["@type"]) {
		if s, ok := t.(string); ok {
			s = s[strings.LastIndexAny(s, "/#:")+1:]
			types = append(types, strings.ToLower(s))
		}
	}
	return types
}

// list makes a list of one value.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// decodeJSON reads the values in a script element, which many pages get
// slightly wrong: raw line breaks within strings, a closing semicolon,
// comment marks around it.
func decodeJSON(s string) []any {
	s = strings.TrimSpace(s)
	for _, mark := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, mark))
	}
	for _, mark := range []string{"-->", "//]]>", "]]>", "/*]]>*/", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, mark))
	}
	if v, ok := values(s); ok {
		return v
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	v, ok := values(s)
	if !ok {
		s = strings.ReplaceAll(strings.ReplaceAll(s, `\'`, `'`), ", }", "}")
		more, _ := values(html.UnescapeString(s))
		if len(more) > len(v) {
			v = more
		}
	}
	return v
}

// values reads JSON values one after another; ok is false where it stopped
// before the end.
func values(s string) (all []any, ok bool) {
	d := json.NewDecoder(strings.NewReader(s))
	for len(all) < 100 {
		var v any
		if err := d.Decode(&v); err != nil {
			return all, err.Error() == "EOF"
		}
		all = append(all, v)
	}
	return all, true
}

// str is the first string of a JSON-LD value.
func str(v any) string {
	for _, x := range list(v) {
		switch x := x.(type) {
		case string:
			if s := clean(html.UnescapeString(x)); s != "" {
				return s
			}
		case object:
			for _, key := range []string{"@value", "name"} {
				if s, ok := x[key].(string); ok {
					return clean(html.UnescapeString(s))
				}
			}
		}
	}
	return ""
}

// first is the first value of the first of these meta elements that is there.
func (f *facts) first(keys ...string) string {
	for _, k := range keys {
		for _, v := range f.meta[k] {
			if v != "" {
				return v
			}
		}
	}
	return ""
}

// description is how the page sums itself up.
func (f *facts) description() string {
	if s := str(f.article["description"]); s != "" {
		return s
	}
	return f.first("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract", "sailthru.description")
}

// body is the article's text from JSON-LD, for pages that print next to
// nothing of it; nil for the others.
func (f *facts) body(blocks []block, kinds []news.BlockKind) []string {
	said, _ := f.article["articleBody"].(string)
	said = html.UnescapeString(html.UnescapeString(said)) // escaped for JSON and once more for HTML
	if len(said) < 250 {
		return nil
	}
	printed := 0
	for i, b := range blocks {
		if kinds[i] == news.Paragraph {
			printed += len(b.text)
		}
	}
	if printed*4 > len(said) {
		return nil
	}
	if strings.Contains(said, "<p") || strings.Contains(said, "<br") {
		if doc, _, err := parse(said); err == nil {
			var out []string
			for _, b := range blocksOf(doc) {
				out = append(out, b.text)
			}
			return out
		}
	}
	var out []string
	for line := range strings.Lines(said) {
		if line = clean(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// language is the primary tag of the language that the page says it is in:
// "en"; empty if it does not say.
func (f *facts) language() string {
	for _, s := range []string{str(f.article["inLanguage"]), f.lang, f.first("og:locale", "content-language", "language", "dc.language", "dcterms.language")} {
		tag, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), "-")
		tag, _, _ = strings.Cut(tag, "_")
		if (len(tag) == 2 || len(tag) == 3) && strings.Trim(tag, "abcdefghijklmnopqrstuvwxyz") == "" {
			return tag
		}
	}
	return ""
}

// address is the canonical URL of the page, or where it came from.
func (f *facts) address(base *url.URL) string {
	for _, s := range []string{f.canonical, f.first("og:url"), str(f.article["url"]), str(f.article["@id"])} {
		u, err := url.Parse(strings.TrimSpace(s))
		if s == "" || err != nil {
			continue
		}
		if base != nil && base.Host != "" {
			u = base.ResolveReference(u)
			if strings.Trim(u.Path, "/") == "" && strings.Trim(base.Path, "/") != "" {
				continue // the home page given as every page's address
			}
		}
		if (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			u.Fragment = ""
			return u.String()
		}
	}
	if base != nil && base.Host != "" {
		return base.String()
	}
	return ""
}

// outlet is the name of who printed the page.
func (f *facts) outlet(base *url.URL) string {
	for _, s := range []string{
		f.first("og:site_name"), f.nameOf(f.article["publisher"], 0), f.nameOf(f.article["isPartOf"], 0),
		f.first("application-name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher", "apple-mobile-web-app-title"),
	} {
		if s != "" && len(s) < 100 && !strings.Contains(s, "://") {
			return s
		}
	}
	if base != nil {
		return strings.TrimPrefix(base.Hostname(), "www.")
	}
	return ""
}

// nameOf is the name in a JSON-LD value: a string, a node, a reference to one.
func (f *facts) nameOf(v any, depth int) string {
	if depth > 3 {
		return ""
	}
	for _, x := range list(v) {
		switch x := x.(type) {
		case string:
			return clean(html.UnescapeString(x))
		case object:
			if s := str(x["name"]); s != "" {
				return s
			}
			if id, _ := x["@id"].(string); id != "" && f.nodes[id] != nil && len(x) <= 2 {
				return f.nameOf(f.nodes[id], depth+1)
			}
		}
	}
	return ""
}

// textOf is the text of a node in one line.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style {
			b.WriteString(d.Data)
		} else if d.DataAtom == atom.Br || d.DataAtom == atom.P || d.DataAtom == atom.Div || d.DataAtom == atom.Li {
			b.WriteByte(' ')
		}
	}
	return clean(b.String())
}

// clean makes one line of s, without tags and marks that do not print.
func clean(s string) string {
	if strings.Contains(s, "<") {
		s = stripTags(s)
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\ufeff', '\u2060', 0:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// stripTags drops what stands between angle brackets and looks like a tag.
func stripTags(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			break
		}
		c := s[i+1] | 0x20
		end := strings.IndexByte(s[i:], '>')
		if end < 0 {
			break
		}
		if c >= 'a' && c <= 'z' || s[i+1] == '/' || s[i+1] == '!' {
			b.WriteString(s[:i])
			b.WriteByte(' ')
			s = s[i+end+1:]
			continue
		}
		b.WriteString(s[:i+1])
		s = s[i+1:]
	}
	b.WriteString(s)
	return b.String()
}
