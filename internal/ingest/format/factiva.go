package format

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"whosaid/internal/news"
)

// Factiva exports many articles in one file, as HTML or as RTF. Each comes
// either as a page ("article format": headline, byline, "523 words", date,
// outlet, code, language, rights, paragraphs, "Document XXXX…") or as a table of
// fields with two-letter codes ("with indexing": HD, BY, WC, PD, SN, LA, LP, TD).

var (
	factivaEnd   = regexp.MustCompile(`^Document [A-Za-z0-9]{12,40}$`)
	factivaWords = regexp.MustCompile(`^[\d,.]+ words$`)
	factivaClock = regexp.MustCompile(`^\d{1,2}:\d{2}$`)
	factivaCode  = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,9}$`)
	factivaField = regexp.MustCompile(`^(SE|HD|HL|HLP|CR|BY|WC|PD|ET|SN|SC|ED|PG|LA|CY|CX|VOL|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CLM|DLN|GC)(?:\s+(.*))?$`)
	factivaHTML  = regexp.MustCompile(`(?i)<div[^>]+class=["'][^"']*\barticle\b[^"']*\b[a-z]{2}Article\b|<(?:p|span)[^>]+class=["'](?:articleParagraph|enHeadline)`)
)

// isFactiva holds for text with the lines that end every article of a Factiva
// export and count its words.
func isFactiva(blocks []Block) bool {
	words, end := false, false
	for _, b := range blocks {
		words = words || factivaWords.MatchString(strings.TrimPrefix(b.Text, "WC "))
		end = end || factivaEnd.MatchString(b.Text) || strings.HasPrefix(b.Text, "AN Document ")
	}
	return words && end
}

// factiva splits an export into its articles: each ends with its "Document …"
// line.
func (f *file) factiva(blocks []Block) {
	var part []Block
	n := 0
	end := func() {
		if len(part) == 0 {
			return
		}
		n++
		f.factivaArticle(part, n)
		part = nil
	}
	for i := 0; i < len(blocks) && !f.stopped; i++ {
		b := blocks[i]
		// A field code may be a line of its own, the value on the next.
		if m := factivaField.FindStringSubmatch(b.Text); m != nil && m[2] == "" && i+1 < len(blocks) {
			next := blocks[i+1]
			if factivaField.FindStringSubmatch(next.Text) == nil {
				b.Text += " " + next.Text
				i++
			}
		}
		if strings.HasPrefix(b.Text, "AN Document ") || factivaEnd.MatchString(b.Text) {
			end()
			continue
		}
		part = append(part, b)
	}
	if isFactivaArticle(part) {
		end()
	}
}

func isFactivaArticle(part []Block) bool {
	for _, b := range part {
		if factivaWords.MatchString(strings.TrimPrefix(b.Text, "WC ")) {
			return true
		}
	}
	return false
}

func (f *file) factivaArticle(part []Block, n int) {
	var it Item
	if fields := factivaFields(part); fields["HD"] != nil && (fields["LP"] != nil || fields["TD"] != nil) {
		it.readFactivaFields(fields)
	} else {
		it.readFactivaLines(part)
	}
	it.Name = fmt.Sprintf("article %d", n)
	if it.empty() {
		f.fail(it.Name, "it has no body (%q)", it.Title)
		return
	}
	f.item(it)
}

// factivaFields gathers the blocks of each field.
func factivaFields(part []Block) map[string][]Block {
	fields := map[string][]Block{}
	code := ""
	for _, b := range part {
		if m := factivaField.FindStringSubmatch(b.Text); m != nil && startsField(code, m[1], m[2]) {
			code = m[1]
			fields[code] = addBlock(fields[code], b.Kind, m[2])
			continue
		}
		if code != "" {
			fields[code] = append(fields[code], b)
		}
	}
	return fields
}

// startsField tells whether a line that starts with a field's code starts that
// field: inside the text, "IN the end" and "BY the time" do not.
func startsField(current, code, value string) bool {
	if current != "LP" && current != "TD" {
		return true
	}
	switch code {
	case "TD":
		return current == "LP"
	case "CO", "IN", "NS", "RE":
		return strings.Contains(value, " : ")
	case "CT", "RF", "IPC", "IPD", "PUB", "AN", "ART", "CLM", "DLN":
		return true
	}
	return false
}

func (it *Item) readFactivaFields(fields map[string][]Block) {
	line := func(code string) string {
		var words []string
		for _, b := range fields[code] {
			words = append(words, b.Text)
		}
		return strings.Join(words, " ")
	}
	it.Title, it.Outlet = line("HD"), line("SN")
	it.Authors = namesIn(line("BY"))
	it.Published = isoFrom(line("PD"))
	if clock := line("ET"); factivaClock.MatchString(clock) && len(it.Published) == len("2006-01-02") {
		it.Published = isoFrom(it.Published + " " + clock)
	}
	it.Language = languageTag(line("LA"))
	for _, code := range []string{"LP", "TD"} {
		for _, b := range fields[code] {
			it.Blocks = append(it.Blocks, Block{bodyKind(b.Kind), b.Text})
		}
	}
}

// bodyKind is the kind of a block inside an article that a database laid out.
func bodyKind(k news.BlockKind) news.BlockKind {
	if k == news.Headline || k == news.Deck {
		return news.Heading
	}
	return k
}

// readFactivaLines reads the article format. The line that counts the words
// parts headline and byline from the rest of the head, which ends with the
// line of rights.
func (it *Item) readFactivaLines(part []Block) {
	count := -1
	for i, b := range part {
		if factivaWords.MatchString(b.Text) {
			count = i
			break
		}
	}
	if count < 0 {
		it.Blocks = part
		return
	}
	head := part[:count]
	if len(head) > 1 {
		last := head[len(head)-1].Text
		if bylineStart.MatchString(last) || len(head) > 2 || len(strings.Fields(last)) <= 4 {
			it.Authors = namesIn(last)
			head = head[:len(head)-1]
		}
	}
	if len(head) > 0 {
		it.Title = head[len(head)-1].Text
	}
	body := count + 1
	const most = 9 // lines of head after the word count
	for i := body; i < len(part) && i < count+1+most; i++ {
		switch s := part[i].Text; {
		case it.Published == "" && isoFrom(s) != "":
			it.Published = isoFrom(s)
		case factivaClock.MatchString(s):
			if len(it.Published) == len("2006-01-02") {
				it.Published = isoFrom(it.Published + " " + s)
			}
		case it.Published != "" && it.Outlet == "":
			it.Outlet = s
		case it.Language == "" && languages[strings.ToLower(s)] != "":
			it.Language = languages[strings.ToLower(s)]
		case nexisRights.MatchString(s):
			it.Blocks = bodyBlocks(part[i+1:])
			return
		case factivaCode.MatchString(s), strings.HasPrefix(s, "Page "), len(s) < 4:
		case it.Language != "":
			it.Blocks = bodyBlocks(part[i:])
			return
		}
		body = i + 1
	}
	it.Blocks = bodyBlocks(part[body:])
}

func bodyBlocks(part []Block) []Block {
	blocks := make([]Block, len(part))
	for i, b := range part {
		blocks[i] = Block{bodyKind(b.Kind), b.Text}
	}
	return blocks
}

// factivaPage reads an HTML export; false if page is none.
func (f *file) factivaPage(page string) bool {
	if !factivaHTML.MatchString(page) {
		return false
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return false
	}
	n := 0
	for _, div := range articleDivs(root) {
		blocks := factivaBlocks(div)
		if len(blocks) < 2 {
			continue
		}
		for i := 0; i < len(blocks); i++ {
			if s := blocks[i].Text; strings.HasPrefix(s, "AN Document ") || factivaEnd.MatchString(s) {
				blocks = blocks[:i]
			}
		}
		n++
		f.factivaArticle(blocks, n)
		if f.stopped {
			return true
		}
	}
	return n > 0
}

// articleDivs finds the outermost div of each article's own text: class
// "article enArticle", whatever the language.
func articleDivs(root *html.Node) []*html.Node {
	var divs []*html.Node
	for c := range root.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "div" && isArticleDiv(c) {
			divs = append(divs, c)
		} else {
			divs = append(divs, articleDivs(c)...)
		}
	}
	return divs
}

var languageArticle = regexp.MustCompile(`(?:^|\s)[a-z]{2}(?:-?[A-Za-z]{2})?Article(?:\s|$)`)

func isArticleDiv(n *html.Node) bool {
	class := classOf(n)
	return strings.Contains(class, "article") && languageArticle.MatchString(class)
}

func classOf(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "class" {
			return a.Val
		}
	}
	return ""
}

// factivaBlocks are the lines and paragraphs of an article; a row of a table of
// fields gives its code and the first line of its value as one block.
func factivaBlocks(div *html.Node) []Block {
	var b fragmentReader
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := range n.ChildNodes() {
			switch {
			case c.Type == html.TextNode:
				b.text.WriteString(c.Data)
			case c.Type == html.ElementNode && c.Data == "td" && factivaField.MatchString(oneLine(strings.ReplaceAll(textOf(c), "\u00A0", " "))) && nextCell(c) != nil:
				b.end()
				b.blocks = addBlock(b.blocks, news.Paragraph, strings.ReplaceAll(textOf(c), "\u00A0", " "))
				mark := len(b.blocks)
				walk(nextCell(c))
				b.end()
				if len(b.blocks) > mark {
					b.blocks[mark-1].Text += " " + b.blocks[mark].Text
					b.blocks = append(b.blocks[:mark], b.blocks[mark+1:]...)
				}
				return // the rest of the row was read
			case c.Type == html.ElementNode:
				b.open(c.Data)
				walk(c)
				b.close(c.Data)
			}
		}
	}
	walk(div)
	b.end()
	return b.blocks
}

func nextCell(td *html.Node) *html.Node {
	for n := td.NextSibling; n != nil; n = n.NextSibling {
		if n.Type == html.ElementNode && n.Data == "td" {
			return n
		}
	}
	return nil
}

// textOf is the text below n, as far as a field's code could be.
func textOf(n *html.Node) string {
	var s strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			s.WriteString(c.Data)
		}
		if s.Len() > 100 {
			break
		}
	}
	return s.String()
}
