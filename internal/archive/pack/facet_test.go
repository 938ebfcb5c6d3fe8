package pack

import (
	"reflect"
	"testing"
)

func TestFacet(t *testing.T) {
	f := Facet{
		Outlet: "Courier", Names: []string{"Ida Brandt", "", "Дол"}, Speakers: [][]int{{0}, nil, {2, 0}}, About: [][]int{{2}, nil, {1}},
		Day: 20220117, Traits: []Trait{{12, "claim", "direct"}, {0, "", "indirect"}, {70_000, "warning", "direct"}},
	}
	data := f.Bytes()
	want := [][]string{{"Courier", "Ida Brandt", "Дол"}, {"Courier"}, {"Courier", "Дол", "Ida Brandt", ""}}
	for i := range want {
		var got []string
		add := func(b []byte) { got = append(got, string(b)) }
		if err := ReadFacet(data, i, add, add, add); err != nil || !reflect.DeepEqual(got, want[i]) {
			t.Errorf("statement %d gives %q (%v), want %q", i, got, err, want[i])
		}
	}
	end, err := EndOf(data)
	if err != nil || end.Day() != f.Day || end.Statements() != 3 {
		t.Fatalf("the end has day %d and %d statements (%v)", end.Day(), end.Statements(), err)
	}
	f.Traits[2].Words = 65_535
	for i, want := range f.Traits {
		if got := (Trait{end.Words(i), string(end.Kind(i)), string(end.Form(i))}); got != want {
			t.Errorf("statement %d is %+v, want %+v", i, got, want)
		}
	}
	nobody := func([]byte) {}
	if ReadFacet(data[:10], 2, nobody, nobody, nobody) == nil {
		t.Error("a statement that is not there is read")
	}
	for n := range data {
		if end, err := EndOf(data[:n]); err == nil {
			for i := range end.Statements() {
				_, _ = end.Kind(i), end.Form(i)
			}
		}
	}
}
