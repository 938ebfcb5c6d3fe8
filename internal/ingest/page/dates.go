package page

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/markusmobius/go-htmldate"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// publishedNames are the meta elements that tell when a page was published,
// the more reliable ones first.
var publishedNames = []string{
	"article:published_time", "og:article:published_time", "datepublished", "article:published", "article.published", "og:published_time", "parsely-pub-date",
	"dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "citation_publication_date", "citation_online_date", "sailthru.date",
	"cxenseparse:recs:publishtime", "cxenseparse:publishtime", "published_time", "publication_date", "publicationdate", "publish_date", "publish-date", "publishdate",
	"date_published", "date.published", "originalpublicationdate", "article_date_original", "pubdate", "og:pubdate", "ptime", "displaydate", "rnews:datepublished",
	"bt:pubdate", "shareaholic:article_published_time", "vr:published_time", "date", "dc.date", "dcterms.date", "dc:date", "article:post_time", "datecreated", "created",
}

// modifiedNames are those that tell when it was last changed.
var modifiedNames = []string{
	"article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
	"article:modified", "lastmod", "last-modified", "revised", "shareaholic:article_modified_time",
}

// dates are when the page was published and last changed, in ISO 8601 as
// precise as it says. Pages often disagree with themselves: a template dates
// every page alike, a system writes UTC where the reader sees local time. The
// day printed beside the headline decides.
func (f *facts) dates(doc *html.Node, blocks []block, headline int, base *url.URL) (published, modified string) {
	var said []string // in order of trust
	for _, key := range []string{"datePublished", "uploadDate", "dateCreated"} {
		for _, v := range list(f.article[key]) {
			if s, ok := v.(string); ok {
				said = append(said, isoDate(s))
			}
		}
	}
	for _, name := range publishedNames {
		for _, v := range f.meta[name] {
			said = append(said, isoDate(v))
		}
	}
	if s, ok := f.article["dateModified"].(string); ok {
		modified = isoDate(s)
	}
	for _, name := range modifiedNames {
		if modified == "" {
			modified = isoDate(f.first(name))
		}
	}
	shown := printed(blocks, headline, f.american())
	inURL := urlDate(base)
	element := timeElement(doc, blocks, headline)
	said = nonEmpty(append(said, element, inURL)...)
	for i, s := range said {
		said[i] = f.localMidnight(s)
	}
	published = decide(said, shown, inURL)
	if published == "" {
		published = labelled(blocks, f.american())
	}
	if published == "" {
		published = searched(doc, base)
	}
	if modified == published || len(published) >= 10 && len(modified) >= 10 && modified[:10] < published[:10] {
		modified = ""
	}
	return published, modified
}

// decide picks one of the dates a page gives: said in its markup, shown in one
// line beside its headline.
func decide(said, shown []string, inURL string) string {
	if len(said) == 0 && len(shown) > 0 {
		return shown[0]
	}
	if len(said) == 0 {
		return ""
	}
	if len(shown) == 0 {
		// Written in UTC, and it was the day before or after where it was written.
		if inURL != "" && utc(said[0]) && daysApart(said[0], inURL) == 1 {
			return inURL
		}
		return said[0]
	}
	for _, s := range said {
		for _, d := range shown {
			if s[:10] == d[:10] || s[:10] == swapped(d) {
				return s
			}
		}
	}
	return shown[0]
}

// swapped is a day with its numbers of month and day changed places.
func swapped(s string) string { return s[:5] + s[8:10] + "-" + s[5:7] }

// localMidnight gives the day of a moment that is midnight in Central Europe
// written in UTC, on a page in one of its languages.
func (f *facts) localMidnight(s string) string {
	m := midnight.FindStringSubmatch(s)
	if m == nil || !centralEurope[f.language()] {
		return s
	}
	t, err := time.Parse(time.DateOnly, m[1])
	if err != nil {
		return s
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
}

var (
	midnight      = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)T2[23]:00(?::00)?(?:Z|\+00:00)$`)
	centralEurope = map[string]bool{"de": true, "fr": true, "it": true, "nl": true, "pl": true, "cs": true, "sk": true, "hu": true, "da": true, "sv": true, "nb": true, "no": true, "hr": true, "sl": true}
)

// american reports whether the page writes the month before the day.
func (f *facts) american() bool {
	l := strings.ToLower(f.lang + " " + f.first("og:locale"))
	return strings.Contains(l, "en-us") || strings.Contains(l, "en_us")
}

func nonEmpty(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func utc(s string) bool { return strings.HasSuffix(s, "Z") || strings.HasSuffix(s, "+00:00") }

// daysApart is the distance of two days.
func daysApart(a, b string) int {
	x, err1 := time.Parse(time.DateOnly, a[:10])
	y, err2 := time.Parse(time.DateOnly, b[:10])
	if err1 != nil || err2 != nil {
		return 1 << 20
	}
	d := int(x.Sub(y) / (24 * time.Hour))
	return max(d, -d)
}

// beside are the places whose dates are those of something else.
const beside = inHidden | inComments | inRelated

// printed is the date, or the dates, that stand in a short line beside the
// headline and are not said to be that of an update or of something else ("Available until:").
func printed(blocks []block, headline int, american bool) []string {
	if headline < 0 || headline >= len(blocks) {
		return nil
	}
	var order []int
	paragraphs := 0
	for i := headline + 1; i < len(blocks) && len(order) < 24 && paragraphs < 4; i++ {
		if blocks[i].within&beside != 0 || paragraphs >= 2 && !dateline.MatchString(blocks[i].text) {
			if blocks[i].within&beside == 0 && prose(blocks[i]) {
				paragraphs++
			}
			continue
		}
		order = append(order, i)
		if prose(blocks[i]) && len(blocks[i].text) > 100 {
			paragraphs++
		}
	}
	order = append(order, headline)
	for i, n := headline-1, 0; i >= 0 && n < 5; i-- {
		if blocks[i].within&beside == 0 {
			order = append(order, i)
			n++
		}
	}
	for _, i := range order {
		b := blocks[i]
		text := b.spaced()
		text = text[:min(len(text), 160)]
		if len(b.text) > 160 && !dateline.MatchString(text) {
			continue
		}
		if m := updated.FindStringIndex(text); m != nil {
			if p := published.FindStringIndex(text); p != nil && p[0] > m[0] {
				text = text[p[1]:]
			} else {
				text = text[:m[0]]
			}
		}
		d, before, rest := dateIn(text, american)
		title := b.tag == atom.H1 || b.tag == atom.H2 || b.tag == atom.H3
		if d == "" || rest > 80 && !dateline.MatchString(text) || title && rest > 15 && !(i == headline && before == "") {
			continue
		}
		if label := strings.TrimSpace(before); strings.HasSuffix(label, ":") && !published.MatchString(label) {
			continue
		}
		days := []string{d}
		for more := text[min(len(text), len(before)+8):]; len(days) < 4; {
			d, before, _ := dateIn(more, american)
			if d == "" {
				break
			}
			days = append(days, d)
			more = more[min(len(more), len(before)+8):]
		}
		return days
	}
	return nil
}

// labelled is the date in a line that says it is that of publication, anywhere
// on the page.
func labelled(blocks []block, american bool) string {
	for _, b := range blocks {
		if len(b.text) > 300 || b.within&beside != 0 {
			continue
		}
		if m := passive.FindString(b.text); m != "" {
			if d, _, _ := dateIn(m, american); d != "" {
				return d
			}
		}
		if at := release.FindStringIndex(b.text); at != nil {
			if d, before, _ := dateIn(b.text[at[1]:], american); d != "" && len(before) < 20 {
				return d
			}
		}
	}
	return ""
}

var (
	dateline = regexp.MustCompile(`^\(?(\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}\.? \p{L}{3,9} \d{4}|\d{4}-\d\d-\d\d)\s?[.–—:|)-]`)
	passive  = regexp.MustCompile(`(?i)\bwurde am\b.{6,40}\b(gepostet|veröffentlicht|publiziert|geschrieben|verfasst|eingestellt)\b`)
	release  = regexp.MustCompile(`(?i)\b(published|posted|veröffentlicht|publiziert|gepostet|erschienen|erstellt|publié|publicado|pubblicato|opublikowano|(beitrag|artikel|eintrag)\b.{0,120} wurde)( on| am| le| el)?\b`)
)

var published = regexp.MustCompile(`(?i)\b(published?|posted|written|created|date|on|stand|datum|veröffentlicht|erschienen|erstellt|geschrieben|eingestellt|vom|publié|publicado|fecha|data|pubblicato|opublikowano|gepubliceerd|julkaistu)\b`)

var updated = regexp.MustCompile(`(?i)\b(updated?|modified|revised|aktualisiert|actualizad[oa]|atualizad[oa]|mis à jour|letzte änderung|zuletzt|geändert|bearbeitet|gewijzigd|aggiornato|muokattu|päivitetty)\b`)

var anyForms = []struct {
	re               *regexp.Regexp
	year, mon, day   int
	hour, minute     int
	named, ambiguous bool
}{
	{re: regexp.MustCompile(`\b((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(\d{1,2}):(\d{2}))?`), year: 1, mon: 2, day: 3, hour: 4, minute: 5},
	{re: regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?:\D|$|\d{1,2}\.)`), year: 3, mon: 2, day: 1},
	{re: wordForm, year: 3, mon: 2, day: 1, named: true},
	{re: usForm, year: 3, mon: 1, day: 2, named: true},
	{re: regexp.MustCompile(`\b(\d{1,2})\s?[/-]\s?(\d{1,2})\s?[/-]\s?((?:19|20)\d\d)\b`), year: 3, mon: 2, day: 1, ambiguous: true},
	{re: regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d\d)\b`), year: 3, mon: 2, day: 1},
}

// dateIn is the first date in a line of text, what stands before it, and how
// many bytes of the line are something else.
func dateIn(s string, american bool) (day, before string, rest int) {
	for _, f := range anyForms {
		m := f.re.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		mon := m[f.mon]
		if f.named {
			mon = strconv.Itoa(month(mon))
		}
		day := m[f.day]
		if f.ambiguous && american {
			mon, day = day, mon
		}
		year := m[f.year]
		if len(year) == 2 {
			year = "20" + year
		}
		hour, minute := "", ""
		if f.hour > 0 {
			hour, minute = m[f.hour], m[f.minute]
		}
		if d := moment(year, mon, day, hour, minute, "", ""); d != "" {
			return d, s[:strings.Index(s, m[0])], len(s) - len(m[0])
		}
	}
	return "", "", 0
}

// timeElement is the date in a time element, or one marked as when the page
// was published: after the headline, outside of lists of other stories.
func timeElement(doc *html.Node, blocks []block, headline int) string {
	var title *html.Node
	if headline >= 0 && headline < len(blocks) {
		title = blocks[headline].node
	}
	best, bestScore := "", 0
	passed, since := false, 0
	var walk func(n *html.Node, p place)
	walk = func(n *html.Node, p place) {
		if n == title {
			passed = true
		}
		if n.Type == html.TextNode && passed {
			since += len(n.Data)
		}
		if n.Type == html.ElementNode {
			p |= placeOf(n)
			prop := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "property"))
			if n.DataAtom == atom.Time || strings.Contains(prop, "datepublished") || strings.Contains(prop, "datecreated") {
				score := 10
				switch {
				case strings.Contains(prop, "datepublished"):
					score += 20
				case strings.Contains(prop, "datemodified"), hasWord(n, "updated", "modified", "update"):
					score -= 6
				case attr(n, "pubdate") != "", hasWord(n, "published", "publish", "pubdate", "entry"):
					score += 5
				}
				if p&(inRelated|inAside|inComments|inNav) != 0 {
					score -= 8
				}
				if passed && since < 1500 {
					score += 4
				} else if !passed && title != nil {
					score -= 2
				} else if passed && since > 4000 {
					score -= 6
				}
				value := ""
				for _, s := range []string{attr(n, "datetime"), attr(n, "content"), attr(n, "date"), textOf(n)} {
					if value == "" {
						value = isoDate(s)
					}
				}
				if value != "" && score > bestScore {
					best, bestScore = value, score
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, p)
		}
	}
	walk(doc, 0)
	return best
}

var urlDay = regexp.MustCompile(`/((?:19|20)\d\d)[/\-_.]?(0[1-9]|1[0-2]|[1-9])[/\-_.]?(0[1-9]|[12]\d|3[01]|[1-9])(?:[/\-_.]|$)`)

// urlDate is the day in the path of an address.
func urlDate(base *url.URL) string {
	if base == nil {
		return ""
	}
	m := urlDay.FindStringSubmatch(base.Path)
	if m == nil {
		return ""
	}
	return isoDate(m[1] + "-" + two(m[2]) + "-" + two(m[3]))
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// searched is what go-htmldate finds in the text of the page, by patterns in
// many languages. It is slow on large pages, which get its fast mode.
func searched(doc *html.Node, base *url.URL) (day string) {
	defer func() {
		if recover() != nil {
			day = ""
		}
	}()
	n := 0
	for range doc.Descendants() {
		n++
	}
	if n > 2*maxElements {
		return ""
	}
	o := htmldate.Options{UseOriginalDate: true, SkipExtensiveSearch: n > 8000}
	if base != nil {
		o.URL = base.String()
	}
	res, err := htmldate.FromDocument(doc, o)
	if err != nil || res.IsZero() {
		return ""
	}
	day = res.Format("2006-01-02")
	if strings.HasSuffix(day, "-01-01") && !strings.Contains(res.SrcString, "01") {
		return "" // a year alone, most often that of the copyright
	}
	return day
}
