package format

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

// Bounds on the search for the row after a bad one: it reads at most maxResume
// times the size of the table and minResume bytes, and every try counts as
// perTry, for so much a reader takes in at once.
const (
	maxResume = 2
	minResume = 1 << 20
	perTry    = 4096
)

// delimiter finds what stands between the columns of a table by its first
// line; false if that has one column only.
func delimiter(header string) (rune, bool) {
	counts := map[rune]int{}
	quoted := false
	for _, r := range header {
		switch r {
		case '"':
			quoted = !quoted
		case ',', ';', '\t', '|':
			if !quoted {
				counts[r]++
			}
		}
	}
	best := ','
	for _, r := range []rune{'\t', ';', '|'} {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best, counts[best] > 0
}

// readTable reads CSV and TSV: a first row with the names of the columns, then
// one article a row.
func readTable(f *file) {
	text, ok := f.text("text/csv", false)
	if !ok {
		return
	}
	text = strings.TrimLeft(text, "\uFEFF\r\n")
	var comma rune
	if first, rest, _ := strings.Cut(text, "\n"); strings.HasPrefix(first, "sep=") && len(strings.TrimSpace(first)) == 5 {
		comma, text = rune(first[4]), rest // as Excel writes it
	} else {
		comma, _ = delimiter(first)
	}
	t := newTable(strings.ReplaceAll(text, "\x00", ""), comma)
	header, _, err := t.next()
	if err != nil {
		f.fail("", "its first row cannot be read: %s", csvReason(err))
		return
	}
	for i, h := range header {
		header[i] = strings.TrimSpace(h)
	}
	t.columns = len(header)
	columns, err := chooseColumns(header, f.opt.Map)
	if err != nil {
		f.fail("", "%s", err)
		return
	}
	for n := 2; !f.stopped; n++ {
		row, more, err := t.next()
		if errors.Is(err, io.EOF) {
			return
		}
		name := fmt.Sprintf("row %d", n)
		if err != nil {
			f.fail(name, "%s", csvReason(err))
			if !more {
				return
			}
			continue
		}
		f.row(name, header, columns, row)
	}
}

// row hands over one row's article.
func (f *file) row(name string, header []string, columns map[field]int, row []string) {
	for i := len(header); i < len(row); i++ {
		if strings.TrimSpace(row[i]) != "" {
			f.fail(name, "it has %d columns where the first row has %d; is a quotation mark or a delimiter missing?", len(row), len(header))
			return
		}
	}
	get := func(k field) string {
		if i, ok := columns[k]; ok && i < len(row) {
			return row[i]
		}
		return ""
	}
	it := Item{
		Name: name, URL: strings.TrimSpace(get(fieldURL)), Outlet: oneLine(get(fieldOutlet)), Title: oneLine(get(fieldTitle)),
		Deck: oneLine(get(fieldDeck)), Published: isoFrom(get(fieldDate)), Modified: isoFrom(get(fieldModified)),
		Language: languageTag(get(fieldLanguage)), Authors: namesIn(get(fieldAuthor)),
	}
	it.setBody(get(fieldText), get(fieldHTML))
	if it.empty() {
		column := columns[fieldText]
		if _, ok := columns[fieldText]; !ok {
			column = columns[fieldHTML]
		}
		f.fail(name, "there is no text in its column %q", header[column])
		return
	}
	f.item(it)
}

// chooseColumns gives the number of each field's column: those that the person
// named, and for the rest those whose name says it.
func chooseColumns(header []string, named map[string]string) (map[field]int, error) {
	list := "its columns are " + quotedList(header)
	index := make(map[string]int, len(header))
	for i := len(header) - 1; i >= 0; i-- {
		index[header[i]] = i
	}
	columns := map[field]int{}
	taken := map[string]bool{}
	keys := make([]string, 0, len(named))
	for k := range named {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		if aliases[field(k)] == nil {
			return nil, fmt.Errorf("--map %s=%s: there is no field %q; the fields are %s", k, named[k], k, fieldList())
		}
		i, ok := index[named[k]]
		if !ok {
			return nil, fmt.Errorf("--map %s=%s: there is no column %q; %s", k, named[k], named[k], list)
		}
		columns[field(k)] = i
		taken[named[k]] = true
	}
	var free []string
	for _, h := range header {
		if !taken[h] {
			free = append(free, h)
		}
	}
	_, text := columns[fieldText]
	_, html := columns[fieldHTML]
	for k, name := range guessFields(free) {
		if _, ok := columns[k]; ok || html && k == fieldText || text && k == fieldHTML {
			continue
		}
		columns[k] = index[name]
	}
	if _, ok := columns[fieldText]; !ok {
		if _, ok := columns[fieldHTML]; !ok {
			return nil, fmt.Errorf("no column is known to hold the text; pass --map text=COLUMN (%s)", list)
		}
	}
	return columns, nil
}

func fieldList() string {
	names := make([]string, len(fieldOrder))
	for i, f := range fieldOrder {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

// A table reads rows and goes on after a bad one.
type table struct {
	text    string // what is left
	comma   rune
	columns int         // of the first row
	reader  *csv.Reader // over text
	spent   int         // bytes read again while looking for the row after a bad one
	size    int         // of the text at the start
}

func newTable(text string, comma rune) *table {
	return &table{text: text, comma: comma, size: len(text)}
}

// next gives one row; io.EOF after the last. After another error, more says
// whether reading can go on.
func (t *table) next() (row []string, more bool, err error) {
	if t.reader == nil {
		t.reader = t.open(t.text)
	}
	start := t.reader.InputOffset()
	row, err = t.reader.Read()
	if err == nil || err == io.EOF {
		return row, true, err
	}
	end := t.reader.InputOffset()
	record := strings.Trim(t.text[start:end], "\r\n")
	if !strings.Contains(record, "\n") {
		if row := splitRow(record, string(t.comma)); len(row) == t.columns || t.columns == 0 {
			return row, true, nil
		}
		return nil, true, err
	}
	// The record spans lines: a quotation mark that nothing closes may have
	// swallowed good rows.
	if next, ok := t.resume(t.text[start:]); ok {
		t.text, t.reader = next, nil
		return nil, true, err
	}
	return nil, end < int64(len(t.text)), err
}

// resume finds the first line after the first of text at which a row of the
// right length starts.
func (t *table) resume(text string) (string, bool) {
	text = strings.TrimLeft(text, "\r\n")
	for t.spent < maxResume*t.size+minResume {
		_, rest, found := strings.Cut(text, "\n")
		if !found {
			return "", false
		}
		r := t.open(rest)
		row, err := r.Read()
		if err == nil && len(row) == t.columns {
			return rest, true
		}
		t.spent += int(r.InputOffset()) + perTry
		text = rest
	}
	return "", false
}

func (t *table) open(text string) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = t.comma, -1
	return r
}

// splitRow splits a row with stray quotation marks. A field is quoted only if
// its closing mark stands before a delimiter or the end.
func splitRow(line, comma string) []string {
	var row []string
	for {
		if rest, ok := strings.CutPrefix(line, `"`); ok {
			if i := strings.Index(rest+comma, `"`+comma); i >= 0 {
				row = append(row, strings.ReplaceAll(rest[:i], `""`, `"`))
				if i+1 == len(rest) {
					return row
				}
				line = rest[i+1+len(comma):]
				continue
			}
		}
		cell, rest, found := strings.Cut(line, comma)
		row = append(row, cell)
		if !found {
			return row
		}
		line = rest
	}
}

// csvReason says for people what encoding/csv found.
func csvReason(err error) string {
	var p *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return "the table is empty"
	case !errors.As(err, &p):
		return err.Error()
	case errors.Is(err, csv.ErrQuote), errors.Is(err, csv.ErrBareQuote):
		return "a quotation mark is missing or stands alone"
	}
	return p.Err.Error()
}
