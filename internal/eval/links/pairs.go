// Package links measures which statements of different articles are said to
// report one utterance, against pairs of statements of PolNeAR that a reader
// has judged.
//
// Its figures are those of the project's reference scorer, written in Python; a
// test runs both.
package links

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"whosaid/internal/relate/utterances"
)

// A Pair is two statements of the corpus and how they stand to each other.
type Pair struct {
	ID       string
	A, B     Place
	Relation utterances.Relation
	Note     string
}

// A Place is a relation of an article: the stem of its file and the event's id.
type Place struct{ Stem, Relation string }

func (p Place) less(q Place) bool {
	return p.Stem < q.Stem || p.Stem == q.Stem && p.Relation < q.Relation
}

// columns are those of a table of pairs, in their order.
var columns = []string{"pair", "stem_a", "rel_a", "stem_b", "rel_b", "relation", "note"}

// Load reads a table of pairs: a line each, under a line of the columns' names,
// parted by tabs.
func Load(file string) ([]Pair, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	var at []int
	for _, name := range columns[:6] {
		i := slices.Index(head, name)
		if i < 0 {
			return nil, fmt.Errorf("%s is no table of pairs: it has no column %q", file, name)
		}
		at = append(at, i)
	}
	note := slices.Index(head, "note")
	var out []Pair
	for n, line := range lines[1:] {
		if line == "" {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) <= slices.Max(at) {
			return nil, fmt.Errorf("%s: line %d has %d columns, fewer than its first line", file, n+2, len(cells))
		}
		p := Pair{
			ID: cells[at[0]], A: Place{cells[at[1]], cells[at[2]]}, B: Place{cells[at[3]], cells[at[4]]},
			Relation: utterances.Relation(cells[at[5]]),
		}
		if note >= 0 && note < len(cells) {
			p.Note = cells[note]
		}
		out = append(out, p)
	}
	return out, nil
}

// Write writes a table of pairs as Load reads it.
func Write(w io.Writer, pairs []Pair) error {
	var b strings.Builder
	b.WriteString(strings.Join(columns, "\t") + "\n")
	for _, p := range pairs {
		b.WriteString(strings.Join([]string{p.ID, p.A.Stem, p.A.Relation, p.B.Stem, p.B.Relation, string(p.Relation), p.Note}, "\t") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
