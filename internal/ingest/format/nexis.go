package format

import (
	"fmt"
	"regexp"
	"strings"

	"whosaid/internal/news"
)

// Nexis Uni, Nexis and LexisNexis export many articles in one file. The layout
// since 2017 ("new") is: title, outlet, date, labels, "Body", paragraphs,
// labels, "Load-Date:", "End of Document". The one before ("old") starts each
// article with "3 of 50 DOCUMENTS", then outlet, date, title, labels in
// capitals, paragraphs, labels.

var (
	nexisEnd    = regexp.MustCompile(`(?i)^end of document$`)
	nexisStart  = regexp.MustCompile(`(?i)^(?:document )?\d+ of \d+(?: documents?)?$`)
	nexisLabel  = regexp.MustCompile(`^([A-Z][A-Za-z-]+(?: [A-Za-z-]+){0,2}):\s*(.*)$`)
	nexisLength = regexp.MustCompile(`(?i)^length:\s*[\d,.]+ words`)
	nexisLoad   = regexp.MustCompile(`(?i)^load-date:`)
	nexisRights = regexp.MustCompile(`(?i)^(?:copyright|©|\(c\))`)
	nexisTerm   = regexp.MustCompile(`\(\d{1,3}%\)`)
	nexisPage   = regexp.MustCompile(`(?i)^page \d+ of \d+$`)
)

// nexisBefore are labels before the body; nexisAfter are those after it. False
// stands with those that an article may have lines of its own for, and that end
// it only with an index term's weight: "FERRIES (90%)".
var (
	nexisBefore = map[string]bool{
		"section": true, "length": true, "byline": true, "dateline": true, "highlight": true, "copyright": true, "edition": true,
		"series": true, "volume": true, "issue": true, "column": true, "url": true, "link to original source": true,
	}
	nexisAfter = map[string]bool{
		"load-date": true, "language": true, "publication-type": true, "graphic": true, "journal code": true, "document-type": true,
		"acc-no": true, "subject": false, "geographic": false, "organization": false, "company": false, "person": false,
		"industry": false, "ticker": false, "city": false, "state": false, "country": false, "type": false, "category": false,
	}
	nexisWords = map[string]bool{"classification": true, "graphic": true, "notes": true}
)

// isNexis holds for text with the marks that end every article of a Nexis
// export, or start it.
func isNexis(blocks []Block) bool {
	length, load, edges := false, false, false
	for _, b := range blocks {
		length = length || nexisLength.MatchString(b.Text)
		load = load || nexisLoad.MatchString(b.Text)
		edges = edges || nexisEnd.MatchString(b.Text) || nexisStart.MatchString(b.Text)
		if edges && (length || load) {
			return true
		}
	}
	return false
}

// nexis splits an export into its articles.
func (f *file) nexis(blocks []Block) {
	var parts [][]Block
	var part []Block
	end := func() {
		if len(part) > 0 {
			parts = append(parts, part)
		}
		part = nil
	}
	for _, b := range blocks {
		switch {
		case nexisEnd.MatchString(b.Text):
			end()
		case nexisStart.MatchString(b.Text):
			end()
			part = append(part, b)
		case !nexisPage.MatchString(b.Text):
			part = append(part, b)
		}
	}
	end()
	n := 0
	for _, part := range parts {
		if !isNexisArticle(part) {
			continue // the cover, or the list of what was searched
		}
		n++
		it := nexisArticle(part)
		it.Name = fmt.Sprintf("article %d", n)
		if it.empty() {
			f.fail(it.Name, "it has no body (%q)", it.Title)
		} else {
			f.item(it)
		}
		if f.stopped {
			return
		}
	}
	if n == 0 {
		f.fail("", "it looks like an export of Nexis, but no article was found in it")
	}
}

func isNexisArticle(part []Block) bool {
	for _, b := range part {
		if nexisLength.MatchString(b.Text) || nexisLoad.MatchString(b.Text) {
			return true
		}
	}
	return false
}

// nexisArticle reads one article.
func nexisArticle(part []Block) Item {
	var it Item
	old := nexisStart.MatchString(part[0].Text)
	if old {
		part = part[1:]
	}
	labels, first := nexisLabels(part)
	it.readNexisHead(part[:labels], old)
	body, done := part[first:], false
	for _, b := range part[labels:first] {
		it.readNexisLabel(b.Text)
	}
	for i, b := range body {
		name, _ := nexisLabelOf(b.Text)
		switch {
		case endsNexisBody(b.Text):
			done = true
			it.readNexisLabel(b.Text)
		case nexisWords[strings.ToLower(b.Text)] && i+1 < len(body), done && nexisRights.MatchString(b.Text):
			done = true
		case !done:
			it.Blocks = append(it.Blocks, Block{bodyKind(b.Kind), b.Text})
		case name != "":
			it.readNexisLabel(b.Text)
		}
	}
	return it
}

// nexisLabels finds where the labels before the body start and where the body
// does. The body starts after the line "Body", or after the last label that can
// stand before it.
func nexisLabels(part []Block) (labels, body int) {
	labels = -1
	for i, b := range part {
		name, _ := nexisLabelOf(b.Text)
		switch {
		case strings.EqualFold(b.Text, "body"):
			if labels < 0 {
				labels = i
			}
			return labels, i + 1
		case nexisBefore[name], nexisRights.MatchString(b.Text):
			if labels < 0 {
				labels = i
			}
			body = i + 1
		case endsNexisBody(b.Text) && labels >= 0:
			return labels, body
		}
	}
	if labels < 0 {
		return 0, 0
	}
	return labels, body
}

// nexisLabelOf splits "Byline: Ada Marsh"; the label comes in small letters.
func nexisLabelOf(s string) (name, value string) {
	m := nexisLabel.FindStringSubmatch(s)
	if m == nil {
		return "", ""
	}
	name = strings.ToLower(m[1])
	if _, after := nexisAfter[name]; !after && !nexisBefore[name] {
		return "", ""
	}
	return name, m[2]
}

func endsNexisBody(s string) bool {
	name, value := nexisLabelOf(s)
	strong, after := nexisAfter[name]
	return strong || after && nexisTerm.MatchString(value)
}

// readNexisHead reads the lines before the labels: the last that is a date, with
// outlet and title before it or, in the old layout, the outlet before and the
// title after it.
func (it *Item) readNexisHead(head []Block, old bool) {
	at := -1
	for i := len(head) - 1; i >= 0; i-- {
		if it.Published = isoFrom(head[i].Text); it.Published != "" {
			at = i
			break
		}
	}
	switch {
	case at < 0 && len(head) > 0:
		it.Title = head[len(head)-1].Text
		if len(head) > 1 {
			it.Title, it.Outlet = head[len(head)-2].Text, head[len(head)-1].Text
		}
	case at < 0:
	case at+1 < len(head) || old:
		if at+1 < len(head) {
			it.Title = head[at+1].Text
		}
		if at > 0 {
			it.Outlet = head[at-1].Text
		}
	default:
		if at > 0 {
			it.Outlet = head[at-1].Text
		}
		if at > 1 {
			it.Title = head[at-2].Text
		}
	}
}

func (it *Item) readNexisLabel(s string) {
	name, value := nexisLabelOf(s)
	switch name {
	case "byline":
		it.Authors = namesIn(value)
	case "highlight":
		it.Deck = value
	case "language":
		if it.Language == "" {
			word, _, _ := strings.Cut(value, ";")
			it.Language = languageTag(word)
		}
	case "url", "link to original source":
		it.URL = address(value)
	}
}

// textBlocks splits plain text at blank lines.
func textBlocks(text string) []Block {
	var blocks []Block
	var para []string
	end := func() {
		blocks = addBlock(blocks, news.Paragraph, strings.Join(para, " "))
		para = para[:0]
	}
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			end()
			continue
		}
		para = append(para, line)
	}
	end()
	return blocks
}
