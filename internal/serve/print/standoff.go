package print

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"whosaid/internal/news"
	"whosaid/internal/record"
)

// standoff prints the annotations of brat (https://brat.nlplab.org/standoff.html)
// as PolNeAR uses them: spans of type Source, Cue and Content, and for each
// statement a span Attribution (Attribution-no-source where none is named) on
// its cue that an event of the same name ties together. A passage that only
// its quotation marks show is a span Quotation. Offsets are code points of
// the article's text.
type standoff struct {
	w     io.Writer
	held  *news.Document // the first, until it is known whether there are more
	count int
}

// Print writes doc. Articles get a comment line with their file's name in
// front, unless there is only one.
func (p *standoff) Print(doc *news.Document) error {
	p.count++
	switch p.count {
	case 1:
		p.held = doc
		return nil
	case 2:
		if err := p.titled(p.held); err != nil {
			return err
		}
		p.held = nil
	}
	return p.titled(doc)
}

func (p *standoff) titled(doc *news.Document) error {
	if _, err := fmt.Fprintf(p.w, "# %s\n", oneLine(doc.File)); err != nil {
		return err
	}
	return annotations(p.w, doc)
}

func (p *standoff) Close() error {
	if p.held == nil {
		return nil
	}
	return annotations(p.w, p.held)
}

// A folder prints brat's pairs of files: stem.txt holds an article's text,
// stem.ann its annotations.
type folder struct {
	dir  string
	used map[string]int // stems, in lower case, and the number that the next such file gets
}

// NewBratFolder makes a printer that writes two files an article into dir,
// which it makes if need be. The stem is that of the article's file; where two
// articles would have the same, the later ones get a number.
func NewBratFolder(dir string) (Printer, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	return &folder{dir: dir, used: map[string]int{}}, nil
}

func (p *folder) Print(doc *news.Document) error {
	stem := p.stem(doc)
	if err := os.WriteFile(filepath.Join(p.dir, stem+".txt"), []byte(doc.Text), 0o666); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(p.dir, stem+".ann"))
	if err != nil {
		return err
	}
	if err := annotations(f, doc); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (p *folder) Close() error { return nil }

// stem is a file name without its ending that no article before had.
func (p *folder) stem(doc *news.Document) string {
	base := filepath.Base(filepath.ToSlash(doc.File))
	base = strings.TrimSuffix(base, filepath.Ext(base))
	base = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, base)
	if strings.Trim(base, ".- ") == "" {
		base = "article"
	}
	stem := base
	for p.used[strings.ToLower(stem)] > 0 {
		key := strings.ToLower(base)
		p.used[key]++
		stem = base + "-" + strconv.Itoa(p.used[key])
	}
	p.used[strings.ToLower(stem)] = 1
	return stem
}

// annotations writes the annotations of one article.
func annotations(w io.Writer, doc *news.Document) error {
	b := &lines{w: bufio.NewWriter(w)}
	for _, s := range record.Encode(doc).Statements {
		if s.By == string(news.ByMarks) {
			b.span("Quotation", s.Content)
			continue
		}
		kind := "Attribution"
		if len(s.Source) == 0 {
			kind = "Attribution-no-source"
		}
		on := s.Cue
		if len(on) == 0 {
			on = s.Source
		}
		if len(on) == 0 {
			on = s.Content
		}
		source, cue, content := b.span("Source", s.Source), b.span("Cue", s.Cue), b.span("Content", s.Content)
		trigger := b.span(kind, on)
		if trigger == 0 {
			continue
		}
		b.events++
		fmt.Fprintf(b.w, "E%d\t%s:T%d", b.events, kind, trigger)
		for _, part := range []struct {
			role string
			id   int
		}{{"Content", content}, {"Cue", cue}, {"Source", source}} {
			if part.id > 0 {
				fmt.Fprintf(b.w, " %s:T%d", part.role, part.id)
			}
		}
		b.w.WriteByte('\n')
	}
	return b.w.Flush()
}

// lines numbers what it writes.
type lines struct {
	w             *bufio.Writer
	spans, events int
}

// span writes one annotation and returns its number, or 0 where there is
// nothing to write. brat knows no span over a line's end: such a one is given
// in pieces.
func (b *lines) span(kind string, parts []record.Span) int {
	var ranges, texts []string
	for _, part := range parts {
		at := part.Start
		for line := range strings.SplitSeq(part.Text, "\n") {
			n := len([]rune(line))
			if n > 0 {
				ranges = append(ranges, fmt.Sprintf("%d %d", at, at+n))
				texts = append(texts, line)
			}
			at += n + 1
		}
	}
	if len(ranges) == 0 {
		return 0
	}
	b.spans++
	fmt.Fprintf(b.w, "T%d\t%s %s\t%s\n", b.spans, kind, strings.Join(ranges, ";"), strings.Join(texts, " "))
	return b.spans
}
