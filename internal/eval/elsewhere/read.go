package elsewhere

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"whosaid/internal/news"
)

// A Case is one article with everything that is to be found in it.
type Case struct {
	File     string // as it was read
	Line     int    // of its name, from 1
	Name     string
	Region   string
	Gold     *news.Document
	Optional map[string]bool   // ids of statements that may be missed
	Also     map[string]string // a second kind that is right too, by id of statement
	Own      bool              // sentences in the outlet's own voice are given
}

// Where names the case in messages.
func (c Case) Where() string { return fmt.Sprintf("%s:%d: %s", c.File, c.Line, c.Name) }

// Document is the article alone, for stages to work on.
func (c Case) Document() *news.Document {
	return &news.Document{Article: c.Gold.Article, AsIs: true}
}

// largest is how many bytes a file of cases may have.
const largest = 1 << 20

// Load reads every file of cases in dir (*.txt), in the order of their names.
func Load(dir string) ([]Case, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s holds no file *.txt; give the folder of the cases", dir)
	}
	var all []Case
	var errs []error
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		cases, err := Parse(filepath.ToSlash(file), string(data))
		errs = append(errs, err)
		all = append(all, cases...)
	}
	return all, errors.Join(errs...)
}

// A line is one line of a file of cases.
type line struct {
	number int
	text   string
}

// A draft is a case as lines, before anything in it is understood.
type draft struct {
	file       string
	name       line
	body, want []line
}

func (d draft) fail(l line, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", d.file, l.number, fmt.Sprintf(format, args...))
}

// Parse reads the cases of one file; name is used in messages.
func Parse(name, text string) ([]Case, error) {
	drafts, err := divide(name, text)
	if err != nil {
		return nil, err
	}
	cases := make([]Case, len(drafts))
	errs := make([]error, len(drafts))
	for i, d := range drafts {
		cases[i], errs[i] = d.read()
	}
	return cases, errors.Join(errs...)
}

func divide(name, text string) ([]draft, error) {
	if len(text) > largest {
		return nil, fmt.Errorf("%s: a file of cases has %d bytes at most: divide it", name, largest)
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	var drafts []draft
	wanting := false
	for i, t := range strings.Split(text, "\n") {
		l := line{i + 1, strings.TrimRight(t, " \t\r")}
		title, isCase := strings.CutPrefix(l.text, "== ")
		if isCase {
			if len(drafts) > 0 && !wanting {
				return nil, drafts[0].fail(l, "the case before this one has no line \"--\": put it under the text, above what is to be found")
			}
			drafts = append(drafts, draft{file: name, name: line{l.number, title}})
			wanting = false
			continue
		}
		if len(drafts) == 0 {
			continue
		}
		d := &drafts[len(drafts)-1]
		switch {
		case !wanting && l.text == "--":
			wanting = true
		case !wanting:
			d.body = append(d.body, l)
		case l.text != "" && !strings.HasPrefix(l.text, "#"):
			d.want = append(d.want, l)
		}
	}
	switch {
	case len(drafts) == 0:
		return nil, fmt.Errorf("%s holds no case: a case begins with \"== \" and its name", name)
	case !wanting:
		last := drafts[len(drafts)-1]
		return nil, last.fail(last.name, "the last case has no line \"--\": put it under the text, above what is to be found")
	}
	return drafts, nil
}

func (d draft) read() (Case, error) {
	r := &reader{draft: d, keys: map[string]int{}}
	r.out = Case{File: d.file, Line: d.name.number, Name: d.name.text, Gold: &news.Document{}, Optional: map[string]bool{}, Also: map[string]string{}}
	r.out.Gold.File = d.file
	r.out.Gold.ID = fmt.Sprintf("%s:%d", d.file, d.name.number)
	r.out.Gold.Language = "en"
	if err := r.body(); err != nil {
		return Case{}, err
	}
	r.find = newFinder(r.out.Gold.Text, r.out.Gold.Blocks)
	if err := r.lines(); err != nil {
		return Case{}, err
	}
	return r.out, nil
}

// A reader fills in one case.
type reader struct {
	draft
	out   Case
	find  *finder
	marks []mark
	keys  map[string]int // key of an actor to its index
	stack []*statement   // of the last statement of each depth
}
