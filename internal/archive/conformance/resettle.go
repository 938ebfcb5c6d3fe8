package conformance

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

// Everybody is made somebody else at once, or nobody is: where a version came
// meanwhile, where something of it cannot be done, where who asked has gone.
func resettle(t *testing.T, p Place) {
	s, ctx := p.New(t), t.Context()
	a := generated.New(8).Article(0).Entry
	a.People = make([]int64, len(a.Doc.Actors))
	a.People[0], a.People[1] = 1, 2
	old := []archive.Person{
		{ID: 1, Name: "Ida Brandt", Type: "person", Names: []string{"Ida Brandt"}},
		{ID: 2, Name: "Ida Holmqvist", Type: "person", Names: []string{"Ida Holmqvist"}},
	}
	if err := s.PutPeople(ctx, old...); err != nil {
		t.Fatal(err)
	}
	keepOne(t, s, a)
	is := archive.Person{ID: 1, Name: "Ida Holmqvist", Type: "person", Names: []string{"Ida Brandt", "Ida Holmqvist"}}
	who := slices.Clone(a.People)
	who[1] = 1
	change := func() archive.Resettling {
		return archive.Resettling{
			Last:   1,
			Put:    func(yield func(archive.Person, error) bool) { yield(is, nil) },
			Assign: []archive.Assignment{{Version: 1, People: who}}, Remove: []int64{2},
			Decision: archive.Decision{Made: time.Date(2022, 3, 4, 5, 6, 7, 0, time.UTC), Who: "ed", What: "rejoin", About: []byte(`{}`)},
		}
	}
	check := func(people []archive.Person, now []int64, decisions int) {
		t.Helper()
		var got []archive.Person
		for p, err := range s.AllPeople(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, p)
		}
		if !reflect.DeepEqual(got, people) {
			t.Errorf("there are %+v, want %+v", got, people)
		}
		v, err := s.Version(ctx, 1)
		if err != nil || !slices.Equal(v.People, now) {
			t.Errorf("the actors are %v, %v; want %v", v.People, err, now)
		}
		n := 0
		for _, err := range s.Decisions(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != decisions {
			t.Errorf("%d decisions were kept", n)
		}
		clean(t, s)
	}
	gone, cancel := context.WithCancel(ctx)
	late, bad, broken, stopped := change(), change(), change(), change()
	late.Last = 0
	bad.Assign = append(bad.Assign, archive.Assignment{Version: 9, People: who})
	none := errors.New("nobody can be made of this")
	broken.Put = func(yield func(archive.Person, error) bool) { _ = yield(is, nil) && yield(archive.Person{}, none) }
	stopped.Put = func(yield func(archive.Person, error) bool) {
		cancel()
		yield(is, nil)
	}
	for _, c := range []struct {
		ctx  context.Context
		r    archive.Resettling
		want error
	}{{ctx, late, archive.ErrChanged}, {ctx, bad, archive.ErrNotFound}, {ctx, broken, none}, {gone, stopped, context.Canceled}} {
		if _, err := s.Resettle(c.ctx, c.r); !errors.Is(err, c.want) {
			t.Errorf("%v, want %v", err, c.want)
		}
		check(old, a.People, 0)
	}
	id, err := s.Resettle(ctx, change())
	if err != nil || id == 0 {
		t.Errorf("decision %d, %v", id, err)
	}
	check([]archive.Person{is}, who, 1)
	if got, err := s.PeopleNamed(ctx, "Holmqvist", 5); err != nil || len(got) != 1 || got[0].ID != 1 {
		t.Errorf("by the new name there are %+v, %v", got, err)
	}
}
