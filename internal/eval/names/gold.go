// Package names measures the names of people, places and organisations against
// Universal NER's English Web Treebank (Mayhew and others 2024).
//
// A name counts as right where its first and last letter and its kind are those
// that people marked. Names of other kinds are left out of the gold.
package names

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"whosaid/internal/news"
)

// A Text is one document of the treebank: its sentences, joined, and the names in it.
type Text struct {
	ID    string
	Text  string
	Names []Name
}

// A Name is a span of a text and what it is a name of.
type Name struct {
	news.Span
	Kind news.TagKind
}

// kinds are the treebank's kinds that are measured.
var kinds = map[string]news.TagKind{"PER": news.TagPerson, "LOC": news.TagPlace, "ORG": news.TagOrganisation}

// The files that are read in a folder: those to tune on.
const (
	dev     = "en_ewt-ud-dev.iob2"
	devTree = "en_ewt-ud-dev.conllu"
)

// What may stand between two sentences of a text. With a space, the end of a mail's
// greeting or signature is no longer to be seen, unless it is known where paragraphs
// begin; with a new line, every sentence is one, as it is for those who measure
// sentence by sentence.
const (
	Space = " "
	Line  = "\n"
)

// Openings are the ids of the sentences with which paragraphs begin.
type Openings map[string]bool

// Paragraphs reads from the treebank that Universal NER is based on, a file .conllu or
// the dev file of a folder, where paragraphs begin: Universal NER itself does not keep it.
func Paragraphs(path string) (Openings, error) {
	data, err := os.ReadFile(in(path, devTree))
	if err != nil {
		return nil, fmt.Errorf("paragraphs of the treebank: give a file .conllu, or a folder with %s in it: %w", devTree, err)
	}
	openings, opens := Openings{}, false
	for line := range strings.Lines(string(data)) {
		if id, ok := strings.CutPrefix(line, sentenceID); ok {
			if opens {
				openings[strings.TrimSpace(id)] = true
			}
			opens = false
		}
		opens = opens || strings.HasPrefix(line, "# newpar") || strings.HasPrefix(line, "# newdoc")
	}
	if len(openings) == 0 {
		return nil, fmt.Errorf("%s marks no paragraphs: one begins with a line \"# newpar\" before a line \"# sent_id = \"", path)
	}
	return openings, nil
}

// in is the file name of a folder, or path itself where it is none.
func in(path, name string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return filepath.Join(path, name)
	}
	return path
}

// sentenceID begins the line that tells a sentence's id.
const sentenceID = "# sent_id = "

// Load reads a file in the treebank's form (.iob2), or the dev file of a folder, and
// joins the sentences of each text by join, paragraphs by a new line.
func Load(path, join string, paragraphs Openings) ([]Text, error) {
	data, err := os.ReadFile(in(path, dev))
	if err != nil {
		return nil, fmt.Errorf("names to measure by: give a file .iob2, or a folder with %s in it: %w", dev, err)
	}
	texts, err := Parse(string(data), join, paragraphs)
	if err != nil {
		return nil, fmt.Errorf("%s, %w", path, err)
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("%s holds no sentences: a document begins with a line \"# newdoc\", a sentence with \"# text = \"", path)
	}
	return texts, nil
}

// Parse reads the documents of one file. A line is a word: its number, itself, its
// tag (B-PER, I-PER, O) and who gave it; "# newdoc" and "# text = " begin documents
// and sentences, which are joined by join, or by a new line where their id is among
// those that open paragraphs.
func Parse(data, join string, paragraphs Openings) ([]Text, error) {
	p := parser{join: join, paragraphs: paragraphs}
	lines := bufio.NewScanner(strings.NewReader(data))
	lines.Buffer(nil, len(data)+1)
	for n := 1; lines.Scan(); n++ {
		if err := p.line(strings.TrimSuffix(lines.Text(), "\r")); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	p.endDocument()
	return p.texts, nil
}

// A parser gathers the words of sentences into documents.
type parser struct {
	join       string
	paragraphs Openings
	texts      []Text
	doc        Text
	text       []byte // of doc, as far as it is read
	opens      bool   // the sentence to come opens a paragraph

	rest string // what of it is not yet given by words
	open bool   // the last word was part of a name, which the next may go on with
	tag  string // and that name's kind
	last int    // its place in doc.Names; -1 if its kind is none that is measured
}

func (p *parser) line(line string) error {
	if id, ok := strings.CutPrefix(line, "# newdoc"); ok {
		p.endDocument()
		p.doc.ID = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(id), "id ="))
		return nil
	}
	if id, ok := strings.CutPrefix(line, sentenceID); ok {
		p.opens = p.paragraphs[strings.TrimSpace(id)]
		return nil
	}
	if sentence, ok := strings.CutPrefix(line, "# text = "); ok {
		switch {
		case len(p.text) == 0:
		case p.opens:
			p.text = append(p.text, Line...)
		default:
			p.text = append(p.text, p.join...)
		}
		p.rest, p.open, p.opens = sentence, false, false
		p.text = append(p.text, sentence...)
		return nil
	}
	if line == "" || line[0] == '#' {
		return nil
	}
	cells := strings.Split(line, "\t")
	if len(cells) < 3 {
		return fmt.Errorf("%q has %d columns, not a word's number, the word and its tag", line, len(cells))
	}
	if _, err := strconv.Atoi(cells[0]); err != nil {
		return nil // a range of words, or one that is not said
	}
	return p.word(cells[1], cells[2])
}

func (p *parser) word(word, tag string) error {
	found := strings.Index(p.rest, word)
	if found < 0 || word == "" {
		return fmt.Errorf("word %q is not in its sentence after the words before it", word)
	}
	end := len(p.text) - len(p.rest) + found + len(word)
	p.rest = p.rest[found+len(word):]
	mark, kind, _ := strings.Cut(tag, "-")
	switch {
	case mark == "I" && p.open && kind == p.tag:
		if p.last >= 0 {
			p.doc.Names[p.last].End = end
		}
	case mark == "B" || mark == "I":
		p.open, p.tag, p.last = true, kind, -1
		if k, ok := kinds[kind]; ok {
			p.last = len(p.doc.Names)
			p.doc.Names = append(p.doc.Names, Name{Span: news.Span{Start: end - len(word), End: end}, Kind: k})
		}
	default:
		p.open = false
	}
	return nil
}

func (p *parser) endDocument() {
	if len(p.text) > 0 {
		p.doc.Text = string(p.text)
		p.texts = append(p.texts, p.doc)
	}
	*p = parser{texts: p.texts, join: p.join, paragraphs: p.paragraphs}
}

// Genre is what kind of writing a text is of, by its id ("weblog").
func (t Text) Genre() string {
	genre, _, _ := strings.Cut(t.ID, "-")
	return strings.TrimRight(genre, "0123456789")
}
