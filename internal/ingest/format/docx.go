package format

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"whosaid/internal/news"
)

// readDOCX reads a Word document: its paragraphs in order, with the styles that
// say title, heading and caption, and its properties.
func readDOCX(f *file) {
	z, err := zip.NewReader(bytes.NewReader(f.data), int64(len(f.data)))
	if err != nil {
		f.fail("", "its zip container is damaged or cut short: %v", err)
		return
	}
	d := &docx{left: f.opt.maxUnpacked(), parts: map[string]*zip.File{}}
	for _, part := range z.File {
		if name := strings.TrimPrefix(path.Clean("/"+part.Name), "/"); d.parts[name] == nil {
			d.parts[name] = part
		}
	}
	const main = "word/document.xml"
	if d.parts[main] == nil {
		f.fail("", "%s", describeZip(f.data))
		return
	}
	meta := d.properties()
	d.readStyles()
	blocks, err := d.body(main)
	if errors.Is(err, errTooLarge) {
		f.fail("", "it unpacks to more than %s: not read further (a larger limit can be set)", size(f.opt.maxUnpacked()))
		return
	}
	if err != nil && len(blocks) == 0 {
		f.fail("", "its text cannot be read: %v", err)
		return
	}
	f.document(meta, blocks)
	if err != nil {
		f.fail("", "its text breaks off: %v", err)
	}
}

var errTooLarge = errors.New("it unpacks to more than is allowed")

// A docx is the container of a Word document.
type docx struct {
	parts  map[string]*zip.File
	left   int64                     // bytes that may still be unpacked
	styles map[string]news.BlockKind // by style id; absent for a plain paragraph
}

// open gives a decoder of one part, counting what it unpacks.
func (d *docx) open(name string) (*xml.Decoder, error) {
	part := d.parts[name]
	if part == nil {
		return nil, fmt.Errorf("%s is missing", name)
	}
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	return newXMLDecoder(&counted{r: r, left: &d.left}), nil
}

// counted reads until its budget is spent, then gives errTooLarge.
type counted struct {
	r    io.Reader
	left *int64
}

func (c *counted) Read(p []byte) (int, error) {
	if *c.left <= 0 {
		return 0, errTooLarge
	}
	n, err := c.r.Read(p[:min(int64(len(p)), *c.left)])
	*c.left -= int64(n)
	return n, err
}

// properties reads docProps/core.xml (Dublin Core).
func (d *docx) properties() Item {
	var it Item
	x, err := d.open("docProps/core.xml")
	if err != nil {
		return it
	}
	root, err := readTree(x)
	if err != nil {
		return it
	}
	text := func(name string) string { return oneLine(root.find(name).text()) }
	it.Title = usableTitle(text("title"))
	it.Language = languageTag(text("language"))
	it.Modified = isoFrom(text("modified"))
	creator := text("creator")
	switch strings.ToLower(creator) {
	case "python-docx": // its template is from 2013
		it.Modified = ""
		return it
	case "", "microsoft office user", "user", "admin", "administrator", "owner", "author", "apache poi", "unknown":
	default:
		it.Authors = namesIn(creator)
	}
	it.Published = isoFrom(text("created"))
	return it
}

// readStyles maps the ids of styles, which Word translates, to what they are by
// their names, which it does not.
func (d *docx) readStyles() {
	d.styles = map[string]news.BlockKind{}
	x, err := d.open("word/styles.xml")
	if err != nil {
		return
	}
	root, err := readTree(x)
	if err != nil {
		return
	}
	parent := map[string]string{}
	for _, s := range root.all("style") {
		id := s.attr("styleId")
		parent[id] = s.find("basedOn").attr("val")
		if kind := styleKind(s.find("name").attr("val")); kind != "" {
			d.styles[id] = kind
		}
	}
	for id := range parent {
		up := id
		for range 10 {
			if kind := d.styles[up]; kind != "" {
				d.styles[id] = kind
				break
			}
			up = parent[up]
		}
	}
}

func styleKind(name string) news.BlockKind {
	switch low := strings.ToLower(name); {
	case low == "title":
		return news.Headline
	case low == "subtitle":
		return news.Deck
	case low == "caption":
		return news.Caption
	case strings.HasPrefix(low, "heading"):
		return news.Heading
	}
	return ""
}

// A docxRun is the paragraph that is being read.
type docxRun struct {
	text strings.Builder
	kind news.BlockKind
}

// body reads the paragraphs of one part. Text that is deleted, hidden or a
// field's instruction is left out; of an alternate content the first choice is
// taken. It gives what it read before an error as well.
func (d *docx) body(name string) ([]Block, error) {
	x, err := d.open(name)
	if err != nil {
		return nil, err
	}
	var (
		blocks []Block
		outer  []*docxRun // the paragraphs around a text box
		p      *docxRun
		inText bool
	)
	for {
		tok, err := x.Token()
		if errors.Is(err, io.EOF) {
			return blocks, nil
		}
		if err != nil {
			return blocks, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "p":
				if len(outer) > maxDepth {
					return blocks, errTooDeep
				}
				outer = append(outer, p)
				p = &docxRun{kind: news.Paragraph}
			case "del", "moveFrom", "instrText", "delText", "Fallback", "pict", "sectPr", "rPrChange", "pPrChange":
				if err := x.Skip(); err != nil {
					return blocks, err
				}
			case "t":
				inText = true
			case "pStyle":
				if kind := d.styleOf(attr(t, "val")); p != nil && kind != "" {
					p.kind = kind
				}
			case "outlineLvl":
				if p != nil && p.kind == news.Paragraph && attr(t, "val") != "9" {
					p.kind = news.Heading
				}
			case "tab", "br", "cr", "ptab":
				p.write(" ")
			case "noBreakHyphen":
				p.write("-")
			}
		case xml.CharData:
			if inText {
				p.write(string(t))
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "p":
				if p != nil {
					blocks = addBlock(blocks, p.kind, p.text.String())
				}
				if n := len(outer); n > 0 {
					p, outer = outer[n-1], outer[:n-1]
				}
			}
		}
	}
}

func (d *docx) styleOf(id string) news.BlockKind {
	if kind, ok := d.styles[id]; ok {
		return kind
	}
	if len(d.styles) == 0 { // no list of styles: the ids are all there is
		return styleKind(id)
	}
	return ""
}

func (r *docxRun) write(s string) {
	if r != nil {
		r.text.WriteString(s)
	}
}
