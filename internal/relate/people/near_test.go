package people

import "testing"

// Two who were told apart, and are alike, are near; those who act side by side,
// or whose names differ, are not.
func TestNear(t *testing.T) {
	j := joiner()
	for _, a := range []Article{
		{Actors: []Actor{by("Rolf Weir", "striker"), in("Kelmere Rovers"), in("Halden Town FC"), in("Velland Cup")}},
		{Actors: []Actor{by("Rolf Weir", "minister for water"), in("Dunmarsh Water"), in("Norvik Rivers Trust"), in("Aster Canal Company")}},
		{Actors: []Actor{by("Rolf Weir", "minister for water"), in("Dunmarsh Water")}},
		{Actors: []Actor{by("Greta Holm", "poet"), by("Greta Holmes", "baker")}},
		{Actors: []Actor{by("Mina Farrow"), in("Inland Post")}},
	} {
		j.Join(&a)
	}
	if list := j.Near(10); len(list) != 0 {
		t.Errorf("near are %+v", list)
	}
	// What they do does not set these two apart, and nothing says that they are one.
	j.Add(&Person{ID: 90, Type: person, Names: map[string]int{"Mina Farow": 1}, Company: map[string]int{}, Roles: map[string]int{}, Articles: 1, Sure: 1})
	list := j.Near(10)
	if len(list) != 1 || list[0].Second.ID != 90 || list[0].First.Names["Mina Farrow"] != 1 || list[0].Confidence < .35 || list[0].Confidence > .9 {
		t.Errorf("near are %+v", list)
	}
	if len(j.Near(0)) != 0 {
		t.Error("none were asked for")
	}
}
