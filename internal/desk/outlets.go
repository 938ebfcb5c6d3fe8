package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"whosaid/internal/archive"
)

// An Outlet is what one outlet reports of what a query finds.
type Outlet struct {
	Name       string  `json:"name"`
	Statements int     `json:"statements"`
	More       bool    `json:"more,omitempty"` // than were counted
	Forms      []Tally `json:"forms"`          // most frequent first, as all of these
	Kinds      []Tally `json:"kinds"`
	Speakers   []Tally `json:"speakers"`
	Stances    []Tally `json:"stances"`  // what its cues lend the statements, of the latest
	Weighed    int     `json:"weighed"`  // how many that are
	Words      int     `json:"words"`    // of content in them
	ByVoice    []Tally `json:"by_voice"` // words of content by speaker, of the latest
	Alone      int     `json:"alone"`    // speakers whom it alone, of those compared, lets speak
}

// weighed is how many statements of an outlet are looked at for what the index
// does not know: its cues, and how much each speaker says.
const weighed = 200

// Outlets sets the outlets side by side that report most of what a query finds,
// most at most.
func (d *Desk) Outlets(ctx context.Context, q archive.Query, most int) ([]Outlet, error) {
	all, err := d.store.Facets(ctx, q)
	if err != nil {
		return nil, err
	}
	names := slices.SortedFunc(maps.Keys(all.Outlets), func(a, b string) int {
		return cmp.Or(cmp.Compare(all.Outlets[b], all.Outlets[a]), cmp.Compare(a, b))
	})
	var out []Outlet
	heard := map[string]int{} // outlets that let each speaker speak
	for _, name := range names[:min(len(names), most)] {
		one := q
		one.Outlets = []string{name}
		f, err := d.store.Facets(ctx, one)
		if err != nil {
			return nil, err
		}
		o := Outlet{Name: name, Statements: f.Hits, More: f.More, Forms: tallies(f.Forms), Kinds: tallies(f.Kinds), Speakers: tallies(f.Speakers)}
		for s := range f.Speakers {
			heard[s]++
		}
		if err := d.weigh(ctx, one, &o); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	for i := range out {
		for _, s := range out[i].Speakers {
			if heard[s.Name] == 1 {
				out[i].Alone++
			}
		}
	}
	return out, nil
}

// weigh looks at the latest statements of an outlet.
func (d *Desk) weigh(ctx context.Context, q archive.Query, o *Outlet) error {
	q.Sort, q.Limit, q.Skip = archive.ByDate, weighed, 0
	stances, voices := map[string]int{}, map[string]int{}
	for h, err := range d.store.Search(ctx, q) {
		if err != nil {
			return err
		}
		o.Weighed++
		if h.Statement.CueStance != "" && len(h.Statement.Cue) > 0 {
			stances[h.Statement.CueStance]++
		}
		words := 0
		for _, c := range h.Statement.Content {
			words += len(strings.Fields(c.Text))
		}
		o.Words += words
		for _, s := range h.Statement.Speakers {
			if s.Name != "" {
				voices[s.Name] += words
			}
		}
	}
	o.Stances, o.ByVoice = tallies(stances), tallies(voices)
	return nil
}
