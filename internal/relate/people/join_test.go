package people

import (
	"reflect"
	"testing"
)

func joiner() *Joiner {
	last := int64(0)
	return New(func() int64 { last++; return last })
}

// by is an actor: a person, the roles they are given.
func by(name string, roles ...string) Actor {
	return Actor{Name: name, Type: "person", Named: true, Roles: roles}
}

func in(name string) Actor { return Actor{Name: name, Type: "organisation", Named: true} }

// Each case is a row of articles; who is who is told by numbers, in the order of
// the actors.
func TestJoin(t *testing.T) {
	for name, c := range map[string]struct {
		articles []Article
		want     [][]int64
	}{
		"spellings of one name": {
			[]Article{{Actors: []Actor{by("Mustafa al-Khadimi", "prime minister")}}, {Actors: []Actor{by("Mustafa Kadhimi")}}, {Actors: []Actor{by("Mostafa al-Kadhimi", "the minister")}}},
			[][]int64{{1}, {1}, {1}},
		},
		"a family name alone": {
			[]Article{{Actors: []Actor{by("Ida Brandt", "mayor"), by("Brandt", "mayor")}}, {Actors: []Actor{by("Brandt", "mayor")}}, {Actors: []Actor{by("Ida Brandt"), by("Rolf Brandt"), by("Brandt")}}},
			[][]int64{{1, 1}, {0}, {1, 2, 0}},
		},
		"two of one name": {
			[]Article{
				{Actors: []Actor{by("Rolf Weir", "striker"), in("Kelmere Rovers"), in("Halden Town FC"), in("Velland Cup")}},
				{Actors: []Actor{by("Rolf Weir", "minister for water"), in("Dunmarsh Water"), in("Norvik Rivers Trust"), in("Aster Canal Company")}},
				{Actors: []Actor{by("Rolf Weir", "the former striker"), in("Kelmere Rovers")}},
				{Actors: []Actor{by("Rolf Weir"), in("Dunmarsh Water"), in("Aster Canal Company")}},
			},
			[][]int64{{1, 2, 3, 4}, {5, 6, 7, 8}, {1, 2}, {5, 6, 8}},
		},
		"one who changes work among the same people": {
			[]Article{
				{Actors: []Actor{by("Rolf Weir", "striker"), in("Kelmere Rovers"), by("Ida Brandt")}},
				{Actors: []Actor{by("Rolf Weir", "candidate for mayor"), in("Kelmere Rovers"), by("Ida Brandt")}},
			},
			[][]int64{{1, 2, 3}, {1, 2, 3}},
		},
		"organisations": {
			[]Article{
				{Actors: []Actor{in("World Harbour Organization"), in("the Foreign Ministry"), {Name: "Kelmere", Type: "place", Named: true}}},
				{Actors: []Actor{in("the World Harbour Organisation"), in("Foreign Ministry"), {Name: "Kelmere", Type: "organisation", Named: true}}},
				{Actors: []Actor{in("Asa'ib Ahl al-Noor"), {Name: "officials", Type: "group"}}},
				{Actors: []Actor{in("Asaeb Ahl al-Nour")}},
			},
			[][]int64{{1, 0, 2}, {1, 0, 3}, {4, 0}, {4}},
		},
		"an initial and a middle name": {
			[]Article{{Actors: []Actor{by("Ida M. Brandt", "mayor of Kelmere")}}, {Actors: []Actor{by("I. Brandt", "mayor")}}, {Actors: []Actor{by("Ida Brandt")}}, {Actors: []Actor{by("Ida P. Brandt", "mayor")}}},
			[][]int64{{1}, {1}, {1}, {2}},
		},
		"nothing to go by": {
			[]Article{{Actors: []Actor{by(""), by("…"), {Name: "two officials", Type: "role"}}}, {}},
			[][]int64{{0, 0, 0}, {}},
		},
	} {
		j := joiner()
		for i := range c.articles {
			got := []int64{}
			for _, m := range j.Join(&c.articles[i]) {
				got = append(got, m.Person)
				if m.Confidence < 0 || m.Confidence > 1 || m.Person != 0 && m.Confidence == 0 {
					t.Errorf("%s: the confidence is %v", name, m.Confidence)
				}
			}
			if !reflect.DeepEqual(got, c.want[i]) {
				t.Errorf("%s: article %d: %v, want %v", name, i+1, got, c.want[i])
			}
		}
	}
}

// A name of one word that a roster gives is somebody's everywhere.
func TestRoster(t *testing.T) {
	j := joiner()
	j.Add(&Person{ID: 7, Type: "person", Roster: true, Names: map[string]int{"Ida Brandt": 0, "Brandt": 0}, Roles: map[string]int{}, Company: map[string]int{}})
	got := j.Join(&Article{Actors: []Actor{by("Brandt"), by("Weir")}})
	if got[0].Person != 7 || got[1].Person != 0 {
		t.Errorf("%+v", got)
	}
	j.Remove(7)
	if got := j.Join(&Article{Actors: []Actor{by("Brandt")}}); got[0].Person != 0 {
		t.Errorf("who was removed is found: %+v", got)
	}
}
