package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"whosaid/internal/archive/pack"
	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
)

// A PersonTrace is a trace and whose it is, as a store writes it.
type PersonTrace struct {
	Person int64
	Trace  []byte // packed
}

// TracesOf are the traces that people leave in an article, by person. Its
// statements have places among those that were read; first is the id of the
// first of these.
func TracesOf(doc *news.Document, places Places, people []int64, first int64) []PersonTrace {
	if len(people) != len(doc.Actors) {
		return nil
	}
	who := make(map[string]int64, len(doc.Actors))
	traces := map[int64]*pack.Trace{}
	for i, a := range doc.Actors {
		id := people[i]
		if id == 0 {
			continue
		}
		who[a.ID] = id
		t := traces[id]
		if t == nil {
			t = &pack.Trace{}
			traces[id] = t
		}
		for _, m := range a.Mentions {
			if name := oneSpace(m.Text(doc.Text)); named(m.Form) && !slices.Contains(t.Names, name) {
				t.Names = append(t.Names, name)
			}
		}
		if len(t.Names) == 0 && a.Named {
			t.Names = []string{a.Name}
		}
		for _, d := range a.Descriptions {
			t.Called = append(t.Called, pack.Called{Kind: d.Kind, Text: oneSpace(d.Text(doc.Text)), By: d.By})
		}
	}
	if len(traces) == 0 {
		return nil
	}
	for i := range doc.Statements {
		s := &doc.Statements[i]
		var about []int64
		for n, p := range s.Speakers {
			t := traces[who[p.Actor]]
			if t == nil || slices.ContainsFunc(s.Speakers[:n], func(q news.Speaker) bool { return who[q.Actor] == who[p.Actor] }) {
				continue
			}
			t.Said = append(t.Said, pack.Saying{Statement: first + int64(places.At(i)), Form: string(s.Form), Kind: s.Kind})
			if about == nil {
				about = make([]int64, 0, 4)
				for _, a := range spokenOf(doc, s) {
					about = append(about, people[a])
				}
			}
			for _, id := range about {
				if id == 0 || id == who[p.Actor] {
					continue
				}
				t.About = once(t.About, id)
				traces[id].Of = once(traces[id].Of, who[p.Actor])
			}
		}
	}
	ties(doc, who, traces)
	out := make([]PersonTrace, 0, len(traces))
	for id, t := range traces {
		out = append(out, PersonTrace{id, t.Bytes()})
	}
	slices.SortFunc(out, func(a, b PersonTrace) int { return cmp.Compare(a.Person, b.Person) })
	return out
}

// ties adds the relations of an article to the traces of those at their ends;
// who is who its actors are.
func ties(doc *news.Document, who map[string]int64, traces map[int64]*pack.Trace) {
	names := make(map[string]string, len(doc.Actors))
	for _, a := range doc.Actors {
		names[a.ID] = a.Name
	}
	for _, r := range doc.Relations {
		from, to := who[r.From], who[r.To]
		if from == to {
			continue // nobody known, or one person twice
		}
		if t := traces[from]; t != nil {
			t.Ties = append(t.Ties, pack.Tie{Type: r.Type, From: true, Other: to, Words: oneSpace(cmp.Or(names[r.To], r.To)), By: r.By})
		}
		if t := traces[to]; t != nil {
			t.Ties = append(t.Ties, pack.Tie{Type: r.Type, Other: from, Words: oneSpace(cmp.Or(names[r.From], r.From)), By: r.By})
		}
	}
}

// once adds id to list if it is not in it.
func once(list []int64, id int64) []int64 {
	if slices.Contains(list, id) {
		return list
	}
	return append(list, id)
}

// alike is how similar two names must be for one to be offered for the other.
const alike = 0.3

// BestNamed are those of people who have a name with all the words of name, or
// else those with the most similar name, best first, limit at most.
func BestNamed(people []Person, name string, limit int) []Person {
	words := terms.Name(name)
	type scored struct {
		Person
		score float64
	}
	var have, like []scored
	for _, p := range people {
		best, all := 0.0, false
		for _, n := range append([]string{p.Name}, p.Names...) {
			folded := terms.Name(n)
			best = max(best, Similarity(strings.Join(folded, " "), strings.Join(words, " ")))
			all = all || !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(folded, w) })
		}
		if all {
			have = append(have, scored{p, best})
		} else if best >= alike {
			like = append(like, scored{p, best})
		}
	}
	if len(have) == 0 {
		have = like
	}
	slices.SortStableFunc(have, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.ID, b.ID))
	})
	var out []Person
	for _, s := range have[:min(limit, len(have))] {
		out = append(out, s.Person)
	}
	return out
}

// Similarity of two folded names is the share of their trigrams that they have
// in common, 0 to 1, as pg_trgm of PostgreSQL counts it: each word with two
// spaces before it and one behind.
func Similarity(a, b string) float64 {
	x, y := trigrams(a), trigrams(b)
	common := 0
	for t := range x {
		if y[t] {
			common++
		}
	}
	if all := len(x) + len(y) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 0
}

func trigrams(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		w = "  " + w + " "
		for i := 0; i+3 <= len(w); i++ {
			out[w[i:i+3]] = true
		}
	}
	return out
}

// InOrder are people in the order of their ids in ids.
func InOrder(people []Person, ids []int64) []Person {
	at := make(map[int64]int, len(people))
	for i, p := range people {
		at[p.ID] = i
	}
	var out []Person
	for _, id := range ids {
		if i, ok := at[id]; ok {
			out = append(out, people[i])
		}
	}
	return out
}

// Spellings are the names of p in folded words, each once.
func Spellings(p Person) []string {
	var out set
	for _, n := range append([]string{p.Name}, p.Names...) {
		if folded := terms.Fold(n); folded != "" {
			out.add(folded)
		}
	}
	return out
}

// CheckPeople says whether people can be who the actors of v are.
func CheckPeople(v *Version, people []int64) error {
	if len(people) > 0 && len(people) != len(v.Doc.Actors) {
		return fmt.Errorf("version %d: %w: it has %d actors, and %d were said to be somebody", v.ID, ErrNoRecord, len(v.Doc.Actors), len(people))
	}
	if slices.ContainsFunc(people, func(id int64) bool { return id < 0 }) {
		return fmt.Errorf("version %d: %w: the id of a person is negative", v.ID, ErrNoRecord)
	}
	return nil
}
