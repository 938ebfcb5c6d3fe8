package pack

import (
	"reflect"
	"testing"
)

func TestFacet(t *testing.T) {
	f := Facet{Outlet: "Courier", Names: []string{"Ida Brandt", "", "Дол"}, Speakers: [][]int{{0}, nil, {2, 0}}, About: [][]int{{2}, nil, {1}}}
	data := f.Bytes()
	want := [][]string{{"Courier", "Ida Brandt", "Дол"}, {"Courier"}, {"Courier", "Дол", "Ida Brandt", ""}}
	for i := range want {
		var got []string
		add := func(b []byte) { got = append(got, string(b)) }
		if err := ReadFacet(data, i, add, add, add); err != nil || !reflect.DeepEqual(got, want[i]) {
			t.Errorf("statement %d gives %q (%v), want %q", i, got, err, want[i])
		}
	}
	nobody := func([]byte) {}
	if ReadFacet(data, 3, nobody, nobody, nobody) == nil || ReadFacet(data[:len(data)-1], 2, nobody, nobody, nobody) == nil {
		t.Error("a statement that is not there is read")
	}
}
