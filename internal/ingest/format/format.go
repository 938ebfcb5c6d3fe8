package format

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"whosaid/internal/news"
)

// An Item is one article as a file holds it, before layout and repair. Title,
// Deck and Authors stand apart: where a reader knows them it does not repeat
// them in Text or Blocks. Exactly one of Text, HTML and Blocks is set, or Follow.
type Item struct {
	Name      string // position inside the file, for messages: "article 3", "row 17"; empty for a file of one
	URL       string
	Outlet    string
	Title     string
	Deck      string
	Authors   []string // one name each
	Published string   // ISO 8601, as precise as given
	Modified  string   // likewise
	Language  string   // BCP 47
	Text      string   // plain text, paragraphs separated by blank lines, as it came; or
	HTML      string   // a page or a fragment, as UTF-8; or
	Blocks    []Block  // where the format tells paragraphs, headings and captions apart
	Follow    bool     // the article is not here but at URL, and so may be a list of more
}

// A Block is one paragraph, heading or caption of an Item.
type Block struct {
	Kind news.BlockKind
	Text string // one line, no space around it
}

// DefaultMaxUnpacked is how many bytes may come out of the compressed parts of
// one file where Options do not say otherwise.
const DefaultMaxUnpacked = 200 << 20

// Options are what a person may say about the files.
type Options struct {
	// Map says which column or field holds what, by its header: the keys are
	// text, html, title, deck, date, modified, url, outlet, author, language.
	// It is read for CSV, TSV, JSON and JSON Lines.
	Map map[string]string
	// MaxUnpacked bounds what a zip, gzip or PDF stream may unpack to, in
	// bytes. Zero is DefaultMaxUnpacked.
	MaxUnpacked int64
	// Address is where the file was fetched from, which the relative addresses
	// in a feed start from; empty if it was not.
	Address string
}

func (o Options) maxUnpacked() int64 {
	if o.MaxUnpacked > 0 {
		return o.MaxUnpacked
	}
	return DefaultMaxUnpacked
}

// A Decode turns bytes of text into UTF-8. contentType is the media type that
// came with them ("text/html; charset=koi8-r"), or empty; html says that they
// are a page, which may declare its charset itself.
type Decode func(b []byte, contentType string, html bool) (string, error)

// An Error says in one sentence what is wrong with a file or with one article
// of it.
type Error struct {
	File   string // as it was given
	Item   string // Item.Name of the article; empty for the file as a whole
	Reason string
}

func (e *Error) Error() string {
	if e.Item == "" {
		return e.File + ": " + e.Reason
	}
	return e.File + ": " + e.Item + ": " + e.Reason
}

// Read hands the articles of one file to yield, in order, and stops early when
// yield returns false. An article that cannot be read is handed over as an
// *Error (with an empty Item), and the ones after it follow as far as the
// format lets them be found. A file that holds no article yields one *Error,
// never silence.
//
// name is the file's name, for messages and where a format has nothing better.
// A nil decode takes valid UTF-8 as it is and everything else as Windows-1252.
func Read(kind Kind, name string, b []byte, decode Decode, opt Options, yield func(Item, error) bool) {
	if decode == nil {
		decode = decodePlain
	}
	f := &file{name: name, data: b, decode: decode, opt: opt, yield: yield}
	read, ok := readers[kind]
	if !ok {
		f.fail("", "%s", describeUnreadable(kind, b))
		return
	}
	read(f)
	if f.given == 0 && !f.stopped {
		f.fail("", "it holds no article")
	}
}

// readers are the formats that Read knows.
var readers map[Kind]func(*file)

func init() {
	readers = map[Kind]func(*file){
		Text:     readText,
		Markdown: readMarkdown,
		HTML:     readHTML,
		XHTML:    readHTML,
		JSON:     readJSON,
		JSONL:    readJSONL,
		NinJS:    readNinJS,
		CSV:      readTable,
		TSV:      readTable,
		EML:      readMail,
		PDF:      readPDF,
		DOCX:     readDOCX,
		RTF:      readRTF,
		NITF:     readNITF,
		NewsML:   readNewsML,
		Feed:     readFeed,
		Sitemap:  readSitemap,
		SRT:      readTranscript,
		VTT:      readTranscript,
	}
}

// A file is one file being read.
type file struct {
	name    string
	data    []byte
	decode  Decode
	opt     Options
	yield   func(Item, error) bool
	given   int  // articles and errors handed over
	bad     int  // errors since the last article
	stopped bool // yield has had enough
}

// item hands one article over and reports whether to go on.
func (f *file) item(it Item) bool {
	return f.hand(it, nil)
}

// fail hands an error over, about the article called item or, if that is
// empty, the whole file. It reports whether to go on.
func (f *file) fail(item, reason string, args ...any) bool {
	return f.hand(Item{}, &Error{File: f.name, Item: item, Reason: fmt.Sprintf(reason, args...)})
}

// maxBad is how many errors one after another are reported before the rest of a
// file is given up: it is not what it was taken for.
const maxBad = 1000

func (f *file) hand(it Item, err error) bool {
	if f.stopped {
		return false
	}
	f.given++
	if err == nil {
		f.bad = 0
	} else if f.bad++; f.bad > maxBad {
		f.yield(Item{}, &Error{File: f.name, Reason: fmt.Sprintf("%d articles one after another cannot be read; the rest is left out", maxBad)})
		f.stopped = true
		return false
	}
	f.stopped = !f.yield(it, err)
	return !f.stopped
}

// text is the whole file as UTF-8; false after it has reported why not.
func (f *file) text(contentType string, html bool) (string, bool) {
	s, err := f.decode(f.data, contentType, html)
	if err != nil {
		f.fail("", "its characters could not be read: %v", err)
		return "", false
	}
	return s, true
}

func decodePlain(b []byte, _ string, _ bool) (string, error) {
	b = trimBOM(b)
	if utf8.Valid(b) {
		return string(b), nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	return string(out), err
}

// oneLine puts text on one line, with single spaces between its words.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case ' ', '\t', '\n', '\r', '\f', '\v', '\u2028', '\u2029', 0:
			return true
		}
		return false
	}), " ")
}

// addBlock appends text as a block, unless it is only space.
func addBlock(blocks []Block, kind news.BlockKind, text string) []Block {
	if text = oneLine(text); text != "" {
		blocks = append(blocks, Block{kind, text})
	}
	return blocks
}
