// Package speakers measures who is said to speak: the names given to statements
// against those that a reader gave, in articles of PolNeAR.
//
// Its figures are those of the project's reference scorer, written in Python; a
// test runs both.
package speakers

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"whosaid/internal/eval/polnear"
	"whosaid/internal/record"
)

// A Row says who speaks in one gold relation.
type Row struct {
	Form     string   // of the source: name, pronoun, nominal, none
	Speakers []string // as the article names them in full; "unnamed: …" and "unknown" among them
}

// A Gold is the rows of some articles: by the stem of the article and the
// relation's id.
type Gold map[string]map[string]Row

// Load reads a table of speakers: a line for each relation with the columns
// stem, rel, source_form, speaker, parted by tabs, under a line of their names.
func Load(file string) (Gold, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	gold := Gold{}
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	columns := map[string]int{}
	for i, name := range strings.Split(lines[0], "\t") {
		columns[name] = i
	}
	for _, name := range []string{"stem", "rel", "source_form", "speaker"} {
		if _, ok := columns[name]; !ok {
			return nil, fmt.Errorf("%s is no table of speakers: it has no column %q", file, name)
		}
	}
	for n, line := range lines[1:] {
		if line == "" {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) <= max(columns["stem"], columns["rel"], columns["source_form"], columns["speaker"]) {
			return nil, fmt.Errorf("%s: line %d has %d columns, fewer than its first line", file, n+2, len(cells))
		}
		stem := cells[columns["stem"]]
		if gold[stem] == nil {
			gold[stem] = map[string]Row{}
		}
		gold[stem][cells[columns["rel"]]] = Row{cells[columns["source_form"]], split(cells[columns["speaker"]])}
	}
	return gold, nil
}

// split takes a cell of joint speakers apart; a question mark after a name, by
// which the reader was unsure, is dropped.
func split(cell string) []string {
	unsure := func(s string) string { return strings.TrimSuffix(s, " ?") }
	var list []string
	for _, s := range strings.Split(unsure(cell), " & ") {
		list = append(list, strings.TrimSpace(unsure(s)))
	}
	return list
}

// A Share is how many were right, of how many.
type Share struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

// Percent is the share in percent; 0 of none.
func (s Share) Percent() float64 {
	if s.Of == 0 {
		return 0
	}
	return 100 * float64(s.Right) / float64(s.Of)
}

func (s *Share) count(right bool) {
	s.Of++
	if right {
		s.Right++
	}
}

// A Report is what was measured.
type Report struct {
	Articles   int              `json:"articles"`
	FoundRight Share            `json:"found_right"` // of the gold relations with a named speaker
	RightFound Share            `json:"right_found"` // of those found
	Wrong      Share            `json:"wrong_name"`  // of all that were found: given a name that is not the speaker's
	Forms      map[string]Share `json:"forms"`       // right of found, by the form of the source
	Misses     []Miss           `json:"misses"`
}

// A Miss is a statement found whose speaker was not given right.
type Miss struct {
	Article, Relation, Form string
	Gold, Given             []string
	Wrong                   bool // a wrong name, not merely none
}

// Score measures records of the articles of a corpus.
func Score(corpus polnear.Corpus, gold Gold, records []record.Record) (Report, error) {
	r := Report{Forms: map[string]Share{}}
	by := map[string]record.Record{}
	for _, rec := range records {
		by[polnear.FromRecord(rec).ID] = rec
	}
	some := false
	for _, a := range corpus.Articles {
		rows := gold[a.ID]
		if rows == nil {
			continue
		}
		r.Articles++
		rec, ok := by[a.ID]
		some = some || ok
		r.article(a, rows, rec)
	}
	if !some {
		return r, fmt.Errorf("no record is of an article that the table of speakers lists")
	}
	return r, nil
}

func (r *Report) article(a polnear.Article, rows map[string]Row, rec record.Record) {
	words := polnear.NewWords(a.Text)
	var relations []polnear.Attribution
	for _, g := range a.Gold {
		if _, ok := rows[g.ID]; ok && words.Count(g.Content) > 0 {
			relations = append(relations, g)
		}
	}
	predicted := polnear.FromRecord(rec).Attributions
	given := Names(rec)
	partner, overlap := words.Align(relations, predicted)
	for i, g := range relations {
		row := rows[g.ID]
		hit := partner[i] >= 0 && overlap[i] >= 0.5
		var names, want []string
		if partner[i] >= 0 {
			names = slices.DeleteFunc(slices.Clone(given[predicted[partner[i]].Statement]), func(s string) bool { return !named(s) })
		}
		for _, s := range row.Speakers {
			if named(s) {
				want = append(want, s)
			}
		}
		wrong := hit && len(names) > 0 && !each(names, want)
		if hit {
			r.Wrong.count(wrong)
		}
		right := hit && setsMatch(want, names)
		if len(want) > 0 {
			r.FoundRight.count(right)
			if hit {
				r.RightFound.count(right)
				f := r.Forms[row.Form]
				f.count(right)
				r.Forms[row.Form] = f
			}
		}
		if wrong || hit && len(want) > 0 && !right {
			r.Misses = append(r.Misses, Miss{a.ID, g.ID, row.Form, row.Speakers, names, wrong})
		}
	}
}

// Names are the names given to each statement of a record; of actors that the
// article never names "unnamed: " and a description.
func Names(rec record.Record) map[string][]string {
	actors := map[string]record.Actor{}
	for _, a := range rec.Actors {
		actors[a.ID] = a
	}
	names := map[string][]string{}
	for _, s := range rec.Statements {
		for _, p := range s.Speakers {
			a, ok := actors[p.Actor]
			name := a.Name
			if name == "" {
				name = p.Name
			}
			if name != "" && ok && !a.Named {
				name = "unnamed: " + name
			}
			if name != "" {
				names[s.ID] = append(names[s.ID], name)
			}
		}
	}
	return names
}
