// Package polnear measures statements against PolNeAR, the Political News
// Attribution Relations Corpus (Newell, Margolin and Ruths, LREC 2018).
//
// Its figures are those of the project's reference scorer, written in Python,
// to the last digit: a test runs both. Everything is counted in words, so
// where a span's punctuation falls never matters.
package polnear

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// An Attribution is one attribution relation. Spans are half-open ranges of
// code points of the article's text.
type Attribution struct {
	Source, Cue, Content [][2]int
	ID                   string  // of a gold one: its event in the standoff, "E12"
	Confidence           float64 // of a predicted one, 0 to 1
	Statement            string  // id of the statement that was predicted
}

// An Article is one text of the corpus with its gold attributions.
type Article struct {
	ID   string // the file's name without ".txt"
	Path string // of the text
	Text string
	Gold []Attribution
}

// Outlet is who printed the article: the first part of its name.
func (a Article) Outlet() string {
	outlet, _, _ := strings.Cut(a.ID, "_")
	return outlet
}

// A Corpus is the articles of one folder, in the order of their names.
type Corpus struct {
	Name     string // the folder's own name: dev, train
	Articles []Article
}

// Load reads the corpus in dir: text/*.txt and attributions/STEM_*.ann. Where
// several annotators read one article, the first file by name is gold; a text
// that nobody annotated is left out.
func Load(dir string) (Corpus, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return Corpus{}, err
	}
	corpus := Corpus{Name: filepath.Base(abs)}
	texts, err := names(filepath.Join(dir, "text"), ".txt")
	if err != nil {
		return Corpus{}, err
	}
	annotated, err := names(filepath.Join(dir, "attributions"), ".ann")
	if err != nil {
		return Corpus{}, err
	}
	for _, name := range texts {
		id := strings.TrimSuffix(name, ".txt")
		i := slices.IndexFunc(annotated, func(a string) bool { return strings.HasPrefix(a, id+"_") })
		if i < 0 {
			continue
		}
		article, err := read(id, filepath.Join(dir, "text", name), filepath.Join(dir, "attributions", annotated[i]))
		if err != nil {
			return Corpus{}, err
		}
		corpus.Articles = append(corpus.Articles, article)
	}
	if len(corpus.Articles) == 0 {
		return Corpus{}, fmt.Errorf("%s: no article of PolNeAR in it; give a folder that holds text/*.txt and attributions/*.ann", dir)
	}
	return corpus, nil
}

// names lists the files of dir with the given ending, sorted.
func names(dir, ending string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("%w; give a folder that holds text/*.txt and attributions/*.ann", err)
	}
	var list []string
	for _, e := range entries {
		if n := e.Name(); strings.HasSuffix(n, ending) && !strings.HasPrefix(n, ".") {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list, nil
}

func read(id, text, ann string) (Article, error) {
	body, err := os.ReadFile(text)
	if err != nil {
		return Article{}, err
	}
	standoff, err := os.ReadFile(ann)
	if err != nil {
		return Article{}, err
	}
	gold, err := parseStandoff(string(standoff))
	if err != nil {
		return Article{}, fmt.Errorf("%s: %w", ann, err)
	}
	return Article{ID: id, Path: text, Text: string(body), Gold: gold}, nil
}

var (
	textBound = regexp.MustCompile(`^T[0-9]+\t`)
	event     = regexp.MustCompile(`^E[0-9]+\t`)
)

// parseStandoff reads brat's standoff: text-bound lines (T) that name spans,
// and event lines (E) that join them into relations. Spans that no relation
// uses (Discuss, Discard) fall away.
func parseStandoff(s string) ([]Attribution, error) {
	spans := map[string][][2]int{}
	var relations []Attribution
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	number := 0
	for line := range strings.SplitSeq(s, "\n") {
		number++
		switch {
		case textBound.MatchString(line):
			fields := strings.SplitN(line, "\t", 3)
			ranges, err := parseRanges(fields[1])
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", number, err)
			}
			spans[fields[0]] = ranges
		case event.MatchString(line):
			id, arguments, _ := strings.Cut(line, "\t")
			a := Attribution{ID: id}
			for argument := range strings.FieldsSeq(arguments) {
				role, id, _ := strings.Cut(argument, ":")
				switch strings.ToLower(strings.TrimRight(role, "0123456789")) {
				case "source":
					a.Source = append(a.Source, spans[id]...)
				case "cue":
					a.Cue = append(a.Cue, spans[id]...)
				case "content":
					a.Content = append(a.Content, spans[id]...)
				}
			}
			relations = append(relations, a)
		}
	}
	return relations, nil
}

var errRanges = errors.New("a span is a type and pairs of numbers, such as \"Content 10 25;30 41\"")

// parseRanges reads the second field of a text-bound line.
func parseRanges(field string) ([][2]int, error) {
	_, pairs, ok := strings.Cut(field, " ")
	if !ok {
		return nil, errRanges
	}
	var ranges [][2]int
	for pair := range strings.SplitSeq(pairs, ";") {
		numbers := strings.Fields(pair)
		if len(numbers) != 2 {
			return nil, errRanges
		}
		start, err := strconv.Atoi(numbers[0])
		if err != nil {
			return nil, errRanges
		}
		end, err := strconv.Atoi(numbers[1])
		if err != nil || start < 0 || end < start {
			return nil, errRanges
		}
		ranges = append(ranges, [2]int{start, end})
	}
	return ranges, nil
}
