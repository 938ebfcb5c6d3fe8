// Package kinds measures the kind, condition, stance, addressee and venue of
// statements against labels of relations of PolNeAR: from gold spans, where
// only they can be wrong, or end to end.
//
// Its figures are those of the project's reference scorer, written in Python;
// a test runs both.
package kinds

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"whosaid/internal/eval/polnear"
)

// A Label is what a reader said of one relation. Spans are half-open ranges of
// code points.
type Label struct {
	Kind         string
	Alternatives []string // kinds that would do as well
	Conditional  bool
	Stance       string
	Addressee    [][2]int
	Venue        [][2]int
}

// An Article is one text with its relations, some or all of them labelled.
type Article struct {
	polnear.Article
	Labels map[string]Label // by the relation's id
}

// Load reads the articles of a folder of PolNeAR and the labels of a file of
// tab-separated values, with those of alternatives.tsv beside it. Where every is
// false, only the articles that the file names are kept.
func Load(dir, labels string, every bool) ([]Article, error) {
	corpus, err := polnear.Load(dir)
	if err != nil {
		return nil, err
	}
	byArticle, err := readLabels(labels)
	if err != nil {
		return nil, err
	}
	var articles []Article
	for _, a := range corpus.Articles {
		l := byArticle[a.ID]
		if l == nil && !every {
			continue
		}
		articles = append(articles, Article{a, l})
		delete(byArticle, a.ID)
	}
	for id := range byArticle {
		return nil, fmt.Errorf("%s: it labels the article %s, which %s does not hold; give the folder that the labels are of", labels, id, dir)
	}
	return articles, nil
}

// readLabels reads both files: stem -> relation -> label.
func readLabels(file string) (map[string]map[string]Label, error) {
	byArticle := map[string]map[string]Label{}
	err := table(file, []string{"stem", "rel", "kind", "conditional", "cue_stance", "addressee", "venue"}, func(f []string) error {
		addressee, err := spans(f[5])
		if err != nil {
			return err
		}
		venue, err := spans(f[6])
		if err != nil {
			return err
		}
		if byArticle[f[0]] == nil {
			byArticle[f[0]] = map[string]Label{}
		}
		byArticle[f[0]][f[1]] = Label{Kind: f[2], Conditional: f[3] == "1", Stance: f[4], Addressee: addressee, Venue: venue}
		return nil
	})
	if err != nil {
		return nil, err
	}
	alternatives := filepath.Join(filepath.Dir(file), "alternatives.tsv")
	if _, err := os.Stat(alternatives); os.IsNotExist(err) {
		return byArticle, nil
	}
	return byArticle, table(alternatives, []string{"stem", "rel", "alternative"}, func(f []string) error {
		if l, ok := byArticle[f[0]][f[1]]; ok {
			l.Alternatives = append(l.Alternatives, f[2])
			byArticle[f[0]][f[1]] = l
		}
		return nil
	})
}

// table gives the named columns of each row of a file of tab-separated values.
func table(file string, columns []string, row func([]string) error) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	at := make([]int, len(columns))
	for i, c := range columns {
		at[i] = -1
		for j, h := range head {
			if h == c {
				at[i] = j
			}
		}
		if at[i] < 0 {
			return fmt.Errorf("%s: it has no column %q; give a table of labels with the columns %s", file, c, strings.Join(columns, ", "))
		}
	}
	fields := make([]string, len(columns))
	for n, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		for i, j := range at {
			fields[i] = ""
			if j < len(cells) {
				fields[i] = cells[j]
			}
		}
		if err := row(fields); err != nil {
			return fmt.Errorf("%s, line %d: %w", file, n+2, err)
		}
	}
	return nil
}

// spans reads "10:25;30:41".
func spans(s string) ([][2]int, error) {
	var list [][2]int
	for pair := range strings.SplitSeq(s, ";") {
		if pair == "" {
			continue
		}
		a, b, _ := strings.Cut(pair, ":")
		start, err1 := strconv.Atoi(a)
		end, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || start < 0 || end < start {
			return nil, fmt.Errorf("%q is no span: a span is two numbers with a colon between them", pair)
		}
		list = append(list, [2]int{start, end})
	}
	return list, nil
}
