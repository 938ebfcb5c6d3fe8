package format

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"whosaid/internal/news"
)

// readNITF reads the News Industry Text Format (IPTC).
func readNITF(f *file) {
	root, ok := f.tree()
	if !ok {
		return
	}
	n := root.find("nitf")
	it := nitfItem(n)
	if it.empty() {
		if f.given == 0 { // else that it is cut short was said already
			f.fail("", "its body.content holds no text")
		}
		return
	}
	f.item(it)
}

// readNewsML reads NewsML-G2 and its forerunner NewsML 1: one or several items
// with NITF, XHTML or plain text inside.
func readNewsML(f *file) {
	root, ok := f.tree()
	if !ok {
		return
	}
	items := root.all("newsItem")
	for i, n := range items {
		name := ""
		if len(items) > 1 {
			name = fmt.Sprintf("article %d", i+1)
		}
		if class := n.find("itemClass").attr("qcode"); class != "" && !strings.HasSuffix(class, ":text") && !strings.HasSuffix(class, ":composite") {
			continue // a picture, a film, a graphic
		}
		it := newsItem(n)
		it.Name = name
		if it.empty() {
			f.fail(name, "it holds no text, only a reference to it")
		} else {
			f.item(it)
		}
		if f.stopped {
			return
		}
	}
	if f.given == 0 {
		f.fail("", "it holds %d items of news and none of them is text", len(items))
	}
}

// tree reads the file as a tree; false after it has reported why not. A file
// that breaks off is read as far as it goes.
func (f *file) tree() (*node, bool) {
	data := f.data
	if !bytes.Contains(data[:min(len(data), 200)], []byte("encoding")) {
		text, ok := f.text("application/xml", false)
		if !ok {
			return nil, false
		}
		data = []byte(text)
	}
	root, err := readTree(newXMLDecoder(bytes.NewReader(trimBOM(data))))
	if err != nil {
		f.fail("", "it is not well-formed XML: %v", err)
	}
	return root, root != nil && root.children != nil
}

// nitfItem reads one nitf element.
func nitfItem(n *node) Item {
	head, bodyHead, pub := n.find("docdata"), n.find("body.head"), n.find("pubdata")
	it := Item{
		Title:     oneLine(bodyHead.find("hl1").text()),
		Deck:      oneLine(bodyHead.find("hl2").text()),
		Outlet:    firstOf(pub.attr("name"), head.find("doc.copyright").attr("holder"), bodyHead.find("distributor").text()),
		Published: isoFrom(firstOf(head.find("date.issue").attr("norm"), head.find("date.release").attr("norm"), pub.attr("date.publication"), bodyHead.find("story.date").attr("norm"))),
		URL:       address(pub.attr("ex-ref")),
		Language:  languageTag(n.attr("lang")),
	}
	if it.Title == "" {
		it.Title = firstOf(bodyHead.find("hedline").text(), n.find("title").text())
	}
	for _, by := range bodyHead.all("byline") {
		people := by.all("person")
		for _, p := range people {
			it.Authors = appendNew(it.Authors, oneLine(p.text()))
		}
		if len(people) == 0 {
			it.Authors = append(it.Authors, namesIn(by.textWithout("byttl"))...)
		}
	}
	it.Blocks = withoutTitle(n.find("body.content").blocks(), it.Title)
	return it
}

// newsItem reads one newsItem of NewsML-G2, or NewsItem of NewsML 1.
func newsItem(n *node) Item {
	about := n.find("contentMeta")
	if about == nil {
		about = n
	}
	head := n.find("itemMeta")
	if head == nil {
		head = n
	}
	it := Item{
		Title:    oneLine(about.find("headline").text()),
		Language: languageTag(firstOf(about.find("language").attr("tag"), n.attr("lang"), about.find("language").attr("FormalName"))),
		Outlet: firstOf(head.find("provider").party(), about.find("infoSource").party(),
			n.find("copyrightHolder").party(), n.find("Provider").find("Party").attr("FormalName")),
		Published: isoFrom(firstOf(about.find("contentCreated").text(), head.find("firstCreated").text(), head.find("versionCreated").text())),
		Modified:  isoFrom(firstOf(about.find("contentModified").text(), head.find("versionCreated").text(), n.find("ThisRevisionCreated").text())),
		URL:       address(firstOf(n.find("link").attr("href"), head.find("link").attr("href"))),
	}
	if it.Modified == it.Published {
		it.Modified = ""
	}
	for _, h := range about.all("headline") {
		if strings.Contains(h.attr("role"), "sub") && it.Deck == "" {
			it.Deck = oneLine(h.text())
		}
	}
	it.Deck = firstOf(it.Deck, about.find("SubHeadLine").text())
	if by := firstOf(about.find("by").text(), about.find("byline").text()); by != "" {
		it.Authors = namesIn(by)
	} else {
		for _, c := range about.all("creator") {
			if name := c.party(); name != "" {
				it.Authors = appendNew(it.Authors, name)
			}
		}
	}
	n.content(&it)
	return it
}

// content sets the item's body from what the news item holds inside.
func (n *node) content(it *Item) {
	for _, holder := range []string{"inlineXML", "inlineData", "DataContent"} {
		for _, c := range n.all(holder) {
			kind := c.attr("contenttype")
			if kind != "" && !strings.Contains(kind, "nitf") && !strings.Contains(kind, "html") && !strings.HasPrefix(kind, "text/") {
				continue
			}
			if inner := c.find("nitf"); inner != nil {
				in := nitfItem(inner)
				it.Title, it.Deck = firstOf(it.Title, in.Title), firstOf(it.Deck, in.Deck)
				it.Published, it.Outlet = firstOf(it.Published, in.Published), firstOf(it.Outlet, in.Outlet)
				if it.Authors == nil {
					it.Authors = in.Authors
				}
				it.Blocks = in.Blocks
			} else if text := c.text(); len(c.all("p")) == 0 && !markup.MatchString(text) {
				it.Text = text
			} else if len(c.all("p")) == 0 {
				it.Blocks = blocksOfHTML(text)
			} else {
				it.Blocks = c.blocks()
			}
			it.Blocks = withoutTitle(it.Blocks, it.Title)
			if !it.empty() {
				if len(it.Blocks) > 0 {
					it.Text = ""
				}
				return
			}
		}
	}
}

// blocks are the paragraphs of an element's content, by the same rules as a
// fragment of HTML.
func (n *node) blocks() []Block {
	var b fragmentReader
	n.write(&b)
	b.end()
	return b.blocks
}

// notText are elements inside a story that hold no words of it.
var notText = map[string]bool{"media-producer": true, "media-reference": true, "media-metadata": true, "head": true, "style": true, "script": true}

func (n *node) write(b *fragmentReader) {
	if n == nil {
		return
	}
	for _, c := range n.children {
		switch name := strings.ToLower(c.name); {
		case name == "":
			b.text.WriteString(c.data)
		case !notText[name]:
			b.open(name)
			c.write(b)
			b.close(name)
		}
	}
}

// textWithout is the text below n but for that of elements called name.
func (n *node) textWithout(name string) string {
	var b strings.Builder
	for _, c := range n.children {
		if !strings.EqualFold(c.name, name) {
			c.writeText(&b)
		}
	}
	return b.String()
}

// party is what a party is called: its name, its literal, or its code without
// the scheme ("nprov:NW" is NW).
func (n *node) party() string {
	if n == nil {
		return ""
	}
	if s := firstOf(n.find("name").text(), n.attr("literal")); s != "" {
		return s
	}
	_, code, found := strings.Cut(n.attr("qcode"), ":")
	if found {
		return code
	}
	return oneLine(n.text())
}

// firstOf gives the first that is not empty, on one line.
func firstOf(values ...string) string {
	for _, v := range values {
		if v = oneLine(v); v != "" {
			return v
		}
	}
	return ""
}

var webAddress = regexp.MustCompile(`^https?://\S+$`)

func address(s string) string {
	if s = strings.TrimSpace(s); webAddress.MatchString(s) {
		return s
	}
	return ""
}

// withoutTitle drops a first block that repeats the title.
func withoutTitle(blocks []Block, title string) []Block {
	if len(blocks) > 0 && title != "" && strings.EqualFold(blocks[0].Text, title) && blocks[0].Kind != news.Caption {
		return blocks[1:]
	}
	return blocks
}
