package terms

import (
	"testing"
	"unicode"
)

func TestPairs(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "",
		"the":                                 "",
		"bridge":                              "",
		"the bridge of the port":              "of0the",
		"it is to be of use to the council":   "it0is is0to to0be be0of to0the",
		"of to of":                            "of0to to0of",
		"we would not have said that we have": "we0would would0not not0have that0we we0have",
	} {
		if got := Pairs(string(AppendStems(nil, text))); got != want {
			t.Errorf("%q has the pairs %q, want %q", text, got, want)
		}
	}
	for w := range common {
		for _, r := range w {
			if unicode.IsDigit(r) || len(w) > mostCommon {
				t.Errorf("the common word %q has a digit in it or is long: its pairs would be those of others, or it is never met", w)
			}
		}
	}
}
