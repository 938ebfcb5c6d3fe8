package archive

import "context"

// A Summary is what an archive has of a person, counted.
type Summary struct {
	Articles   int
	Statements int
	First      Day               // of publication
	Last       Day               // likewise
	Names      map[string]int    // articles with each spelling
	Called     map[Naming]*Usage // what they are called, by whom
	Said       map[Month]int     // statements by month and kind
	About      map[int64]int     // articles in which they speak of another person
}

// A Naming is words that an outlet has for a person.
type Naming struct {
	Kind   string // role, title, label
	Text   string
	Outlet string // that printed it
	Own    bool   // in the outlet's own voice, not in somebody's words
}

// Usage is how often something was used, and when first and last.
type Usage struct {
	Times       int
	First, Last Day
}

// A Month is a month and a kind of statement.
type Month struct {
	Month string // 2022-01; empty where the day is not known
	Kind  string
}

// Portrait counts the traces of a person.
func Portrait(ctx context.Context, people People, id int64) (Summary, error) {
	s := Summary{Names: map[string]int{}, Called: map[Naming]*Usage{}, Said: map[Month]int{}, About: map[int64]int{}}
	month, day := "", Day(-1)
	for t, err := range people.Traces(ctx, id) {
		if err != nil {
			return s, err
		}
		s.Articles++
		s.Statements += len(t.Said)
		if t.Day != 0 {
			s.First = t.Day // the newest comes first
			if s.Last == 0 {
				s.Last = t.Day
			}
		}
		if t.Day != day {
			day, month = t.Day, ""
			if t.Day != 0 {
				month = t.Day.String()[:len("2022-01")]
			}
		}
		for _, n := range t.Names {
			s.Names[n]++
		}
		for _, c := range t.Called {
			k := Naming{Kind: c.Kind, Text: c.Text, Outlet: t.Outlet, Own: c.By == "outlet"}
			u := s.Called[k]
			if u == nil {
				u = &Usage{Last: t.Day}
				s.Called[k] = u
			}
			u.Times++
			if t.Day != 0 {
				u.First = t.Day
				u.Last = max(u.Last, t.Day)
			}
		}
		for _, x := range t.Said {
			s.Said[Month{month, x.Kind}]++
		}
		for _, other := range t.About {
			s.About[other]++
		}
	}
	return s, nil
}
