package page

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// authorNames are the meta elements that name authors, in order.
var authorNames = []string{
	"author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "dc:creator", "dcterms.creator", "citation_author", "byl",
	"authors", "og:author", "og:article:author", "article.author", "cxenseparse:author", "creator", "rbauthors", "dcsext.author", "shareaholic:article_author_name",
	"dc.creator.aut", "dcterms.creator.aut", "atc-metaauthor", "twitter:data1",
}

// authors lists who wrote the article, one name each.
func (f *facts) authors(doc *html.Node, blocks []block, headline int, outlet string) []string {
	var said []string
	for _, key := range []string{"author", "creator"} {
		if len(said) == 0 {
			said = f.people(f.article[key], 0)
		}
	}
	c := &cleaner{outlet: fold(outlet)}
	names := c.names(said)
	shown := visible(doc, blocks, headline, c)
	if len(names) > 0 && !c.onlyHouse(names) {
		return names
	}
	for _, key := range authorNames {
		if key == "twitter:data1" && !strings.Contains(strings.ToLower(f.first("twitter:label1")), "by") {
			continue
		}
		if meta := c.names(f.meta[key]); len(meta) > 0 && !c.onlyHouse(meta) {
			return meta
		}
	}
	if len(shown) > 0 {
		return shown
	}
	return names
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

// visible reads the byline as it is printed: an element marked as author, or a
// line "By Jane Roe" near the headline.
func visible(doc *html.Node, blocks []block, headline int, c *cleaner) []string {
	var title *html.Node
	if headline >= 0 && headline < len(blocks) {
		title = blocks[headline].node
	}
	type candidate struct {
		names []string
		score int
	}
	var found []candidate
	passed := title == nil
	since := 0
	var walk func(n *html.Node, p place)
	walk = func(n *html.Node, p place) {
		if n == title {
			passed = true
		}
		if n.Type == html.TextNode {
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
			if score := authorMark(n); score > 0 && len(found) < 200 {
				text := textOf(n)
				if len(text) > 1 && len(text) < 160 {
					if p&(inComments|inRelated|inHidden) != 0 {
						score -= 12
					} else if p&(inAside|inNav) != 0 {
						score -= 5
					}
					if passed && since < 2500 {
						score += 4
					}
					if names := c.names([]string{text}); len(names) > 0 && score > 0 {
						found = append(found, candidate{names, score})
					}
				}
			}
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			walk(k, p)
		}
	}
	walk(doc, 0)
	for i, b := range blocks {
		if len(b.text) < 120 && b.within&unlikely == 0 && byLine.MatchString(b.text) && (headline < 0 || i > headline-4) {
			if names := c.names([]string{b.text}); len(names) > 0 {
				score := 6
				if headline >= 0 && i < headline+8 {
					score += 4
				}
				found = append(found, candidate{names, score})
			}
		}
	}
	if len(found) == 0 {
		return nil
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].score > found[j].score })
	best := found[0]
	// Several elements with one name each.
	names := append([]string(nil), best.names...)
	return names
}

var byLine = regexp.MustCompile(`^(?i:by|von|par|por|text|autor|autorin|author|words|written by|posted by|reported by)\b[: ]`)

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
		v := attr(n, key)
		if v == "" {
			continue
		}
		words := nameWords(v)
		for i, w := range words {
			switch w {
			case "author", "authors", "byline", "autor", "autorin", "auteur", "autores", "byl", "zuozhe", "writer", "journalist", "redakteur", "verfasser", "username", "screenname":
				s := 10
				if i+1 < len(words) {
					switch words[i+1] {
					case "name", "link", "names":
						s = 13
					case "bio", "box", "description", "image", "avatar", "info", "profile", "pic", "photo", "thumbnail", "social", "wrapper", "container", "header", "date", "posts", "title", "job", "role":
						s = 5
					}
				}
				if i > 0 && (words[i-1] == "comment" || words[i-1] == "reply" || words[i-1] == "no") {
					s = 0
				}
				score = max(score, s)
			}
		}
	}
	return score
}

// A cleaner makes names of what stands in bylines.
type cleaner struct {
	outlet string // folded
}

var (
	bylineStart = regexp.MustCompile(`(?i)^\W*((written|posted|published|reported|words|story|text|article|verfasst|geschrieben|veröffentlicht|erstellt|gepostet|eingestellt|ein (beitrag|artikel|gastbeitrag|kommentar|interview)|publicado|escrito|publié|écrit|interview|rezension|kritik|essay|kommentar|analyse|gastbeitrag)( (am|on|le|el) [^a-z]{4,20})?\s*[:,]?\s*(by|von|par|por|per|di)?\b|by|von|vom|par|por|di|da|af|av|door|od|autor(en|in|es|a|/in|:in|\*in)?|authors?|auteurs?|author info|text|redaktion(?:elle)? bearbeitung|from)\s*(:|\b)\s*(by\b|von\b)?\s*`)
	afterDate   = regexp.MustCompile(`(?i)[\s|,•·–—\-(]+((on|am|at|le|el|vom|den|um|veröffentlicht|published|updated|posted|aktualisiert|stand|publicado|mis à jour|last updated|zuletzt|erstellt)\b.*|(mon|tues|wednes|thurs|fri|satur|sun)day.*|(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b.*|(january|february|march|april|june|july|august|september|october|november|december|januar|februar|märz|juni|juli|oktober|dezember|jan|feb|apr|aug|sept|oct|nov|dec)\.? \d.*)$`)
	digits      = regexp.MustCompile(`[\s|,•·–—\-(:]+\d.*$|^\d.*$`)
	email       = regexp.MustCompile(`\S+@\S+\.\w+|(^|\s)@\S+|https?://\S+|(^|\s)www\.\S+`)
	brackets    = regexp.MustCompile(`\([^)]*\)|\[[^\]]*\]`)
	separator   = regexp.MustCompile(`(?i)\s*[;|•·\n]\s*|\s*,\s*|\s+&\s+|\s*/\s*|\s+(and|und|with|y|et|e|i|og|och|en)\s+`)
	role        = regexp.MustCompile(`(?i)^(the |our |a |an )?((senior|junior|chief|deputy|managing|associate|assistant|contributing|executive|staff|special|guest|freelance|political|science|health|business|sports?|crime|court|city|foreign|national|news|features?|technology|tech|education|environment|economics?|diplomatic|white house|washington|moscow|london|paris|europe|asia|africa|africa|middle east|world|web|online|digital|data|investigative|legal|local|general|assignment|content)[ -]+)*(staff|writers?|reporters?|correspondents?|editors?|editor-in-chief|columnists?|contributors?|journalists?|producers?|photographers?|analysts?|staff writers?|staff reporters?|bureau chiefs?|critics?|bloggers?|authors?|guest|freelancers?|at large|redakteure?(in|innen)?|chefredakteur(in)?|volontär(in)?|korrespondent(in|en)?|autor(in|en)?|reporterin|journalistin|freie[r]? (journalist|autor|mitarbeiter)(in)?|periodista|redactora?|corresponsal|rédact(eur|rice)( en chef)?|journaliste)( (for|of|at|in|für|bei|de|der) .*)?$`)
	tail        = regexp.MustCompile(`(?i)\s+(for|of|fuer|für|at|in|aus|bei|via|from|is|ist|schreibt|writes|reports|hat|has|as told to|als)\s+.*$|\s+[–—\-|]+\s*.*$`)
	noName      = regexp.MustCompile(`(?i)^(admin(istrator)?|author|authors|autor|autorin|by|von|redaktion|editor|staff|team|unknown|n/?a|none|null|undefined|anonymous|guest|webmaster|follow|share|email|e-mail|mail|twitter|facebook|more|mehr|about|über|contact|print|min read|view profile|profile|jr\.?|sr\.?|ph\.?d\.?|m\.?d\.?|dr\.?|esq\.?|mba|comment.*|kommentar.*|published.*|updated.*|posted.*|last .*|photo.*|foto.*|bild.*|image.*|read .*|see .*|all .*|alle .*|zum .*|zur .*|view .*|show .*|click .*|[0-9\W]+)$`)
)

// names makes one name each of bylines: "By Jane Roe and John Doe, Staff
// Writer" gives Jane Roe, John Doe.
func (c *cleaner) names(lines []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, line := range lines {
		if len(line) > 400 || strings.Contains(line, "{") {
			continue
		}
		line = email.ReplaceAllString(clean(html.UnescapeString(line)), " ")
		line = brackets.ReplaceAllString(line, " ")
		for range 3 {
			next := bylineStart.ReplaceAllString(line, "")
			if next == line || next == "" {
				break
			}
			line = next
		}
		line = afterDate.ReplaceAllString(line, "")
		line = digits.ReplaceAllString(line, "")
		for _, part := range separator.Split(line, -1) {
			part = clean(bylineStart.ReplaceAllString(part+" ", ""))
			if s := tail.ReplaceAllString(part, ""); s != "" {
				part = s
			}
			part = strings.TrimFunc(part, func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '_' && r != '\''
			})
			part = strings.TrimLeft(part, ".")
			if strings.HasSuffix(part, ".") && !initialAtEnd.MatchString(part) {
				part = strings.TrimRight(part, ".")
			}
			f := fold(part)
			words := strings.Count(part, " ") + 1
			if utf8.RuneCountInString(f) < 2 || words > 6 || len(part) > 80 || seen[f] || role.MatchString(part) || noName.MatchString(part) {
				continue
			}
			seen[f] = true
			out = append(out, part)
			if len(out) >= 40 {
				return out
			}
		}
	}
	// The outlet beside people is not one of them.
	if len(out) > 1 {
		people := out[:0:0]
		for _, n := range out {
			if fold(n) != c.outlet {
				people = append(people, n)
			}
		}
		out = people
	}
	return out
}

var initialAtEnd = regexp.MustCompile(`(^|[ .])(\p{Lu}|Jr|Sr)\.$`)

// onlyHouse reports whether the names are the outlet's own.
func (c *cleaner) onlyHouse(names []string) bool {
	for _, n := range names {
		f := fold(n)
		if f != c.outlet && !(c.outlet != "" && (strings.Contains(f, c.outlet) || len(f) > 4 && strings.Contains(c.outlet, f))) {
			return false
		}
	}
	return true
}
