package actors

import (
	"testing"

	"whosaid/internal/news"
)

func TestTopical(t *testing.T) {
	for title, want := range map[string][2]bool{ // topical, may be a name
		"Lena Aster":                          {true, true},
		"Joris van der Meulen":                {true, true},
		"Battle of the Halden Narrows":        {true, false},
		"Halden":                              {true, false},
		"Mayor rejects call to close harbour": {false, false},
		"Aster: the pier is safe":             {false, false},
		"":                                    {false, false},
		"Halden Port Strike Enters Its Ninth Day": {false, false},
	} {
		r := &reading{doc: &news.Document{Article: news.Article{Title: title}}}
		if got := [2]bool{r.topical(), r.titleIsName()}; got[0] != want[0] || got[0] && got[1] != want[1] {
			t.Errorf("%q: topical and a name %v, not %v", title, got, want)
		}
	}
}

func TestTitleNames(t *testing.T) {
	r := &reading{doc: &news.Document{Article: news.Article{Title: "Late Works of Frank Aster"}}}
	names := r.titleNames()
	if !names["frank"] || !names["aster"] || len(names) != 2 {
		t.Errorf("names are %v, not frank and aster", names)
	}
}
