package tags

import (
	"strings"
	"testing"

	"whosaid/internal/news"
)

func TestWholeNames(t *testing.T) {
	for _, c := range []struct {
		text string
		kind news.TagKind
		want string
	}{
		{"[Zdzisława Wróblicka]-Mazur said", news.TagPerson, "Zdzisława Wróblicka-Mazur"},
		{"Mary-[Kate McAllister] said", news.TagPersonName, "Mary-Kate McAllister"},
		{"Mary-Kate-[Ann] said", news.TagPerson, "Mary-Kate-Ann"},
		{"al-[Khafri] said", news.TagPerson, "al-Khafri"},
		{"[J. T. O]'[Shaughnessy Jr]. said", news.TagPerson, "J. T. O'Shaughnessy Jr."},
		{"O’[Neill] and [D]’Arcy Vance", news.TagPerson, "O’Neill; D’Arcy"},
		{"[Abd al-Rahman] [al-Khafri], [Joost] [van der Meulenaar]", news.TagPersonName, "Abd al-Rahman al-Khafri; Joost van der Meulenaar"},
		{"[Vance]-[Orr] ticket", news.TagPerson, "Vance; Orr"},
		{"[Vance] [Orr] [Bell]", news.TagPerson, "Vance; Orr; Bell"},
		{"[Vance], [al-Khafri]", news.TagPerson, "Vance; al-Khafri"},
		{"a [Vance]-backed plan, the anti-[Vance] side", news.TagPerson, "Vance; Vance"},
		{"[VANCE]'S and [Vance]'s and [Haldórsson]’Arcy", news.TagPerson, "VANCE; Vance; Haldórsson"},
		{"[George V]. Then", news.TagPerson, "George V"},
		{"[Ilse B]. wrote", news.TagPerson, "Ilse B."},
		{"said [Vance]. Then", news.TagPerson, "Vance"},
		{"[Ellery]-Saltby and the O’[Brien Corp]. yard", news.TagOrganisation, "Ellery-Saltby; O’Brien Corp."},
		{"the [Ellery]-Saltby ferry", news.TagPlace, "Ellery"},
		{"[Vance]-", news.TagPerson, "Vance"},
		{"-[Vance]", news.TagPerson, "Vance"},
	} {
		doc, tags := marked(t, c.text, c.kind)
		var got []string
		for _, tag := range whole(doc, tags) {
			got = append(got, tag.Text(doc.Text))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s as %s: %q, want %q", c.text, c.kind, got, c.want)
		}
	}
}

// A name does not grow into one of another kind.
func TestWholeNamesStayApart(t *testing.T) {
	doc, tags := marked(t, "[Vance]-[Ellery] said", news.TagPerson)
	tags[1].Kind = news.TagPlace
	for i, tag := range whole(doc, tags) {
		if want := []string{"Vance", "Ellery"}[i]; tag.Text(doc.Text) != want {
			t.Errorf("%q, want %q", tag.Text(doc.Text), want)
		}
	}
}
