package terms

import (
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"The bridges are closing.":     "the bridg are close",
		"“heavy weapons,” he warned":   "heavi weapon he warn",
		"Sa'ib’s café in São Paulo":    "saib cafe in sao paulo",
		"U.S. officials, the UK's too": "us offici the uk too",
		"al-Khazali":                   "al khazali",
		"don't, won’t":                 "dont wont",
		"3,000 men at 5.30 p.m.":       "3 000 men at 5 30 pm",
		"Олена Коваль":                 "olena koval",
		"ΑΘΗΝΑ Straße Ærø":             "athena strass aero",
		"a\u0301 e\u0301\u0301 \u0301": "a e",
		"end.Next A.B":                 "end next ab",
		"المالكي":                      "lmlki",
		strings.Repeat("x", 200):       strings.Repeat("x", 64),
		"\xff\xfe broken \xc3":         "broken",
	} {
		var got []string
		for _, w := range Words(text) {
			got = append(got, w.Stem)
			if w.Start < 0 || w.End > len(text) || w.Start >= w.End {
				t.Errorf("%q: %+v lies outside", text, w)
			}
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%.40q gives %q, want %q", text, g, want)
		}
		if g := strings.TrimSuffix(string(AppendStems(nil, text)), " "); g != want {
			t.Errorf("AppendStems of %.40q gives %q, want %q", text, g, want)
		}
	}
}

func TestFold(t *testing.T) {
	for name, want := range map[string]string{
		"Qais al-Khazali":   "qais al khazali",
		"QAIS  AL KHAZALI":  "qais al khazali",
		"José Núñez":        "jose nunez",
		"Asa'ib Ahl al-Haq": "asaib ahl al haq",
		"O’Neill's":         "oneill",
		"…":                 "",
	} {
		if got := Fold(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

func TestMatch(t *testing.T) {
	const text = "We will stop the heavy weapons at the border, and their drones"
	words := Words(text)
	for query, want := range map[string]string{
		`drones`:                     "drones",
		`drone`:                      "drones",
		`"drone"`:                    "-",
		`heavy weapon`:               "heavy weapons",
		`"heavy weapons"`:            "heavy weapons",
		`"heavy weapon"`:             "-",
		`weapon* OR tank`:            "weapons",
		`tank OR gun`:                "-",
		`stop NOT tank`:              "stop",
		`stop NOT drones`:            "-",
		`(tank OR drone) AND border`: "border drones",
		`the`:                        "the the",
		`stop -(tank OR drone)`:      "-",
		`border - drones`:            "border drones",
	} {
		q, err := Parse(query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		marked := make([]bool, len(words))
		got := "-"
		if q.Match(words, marked) {
			var list []string
			for i, w := range words {
				if marked[i] {
					list = append(list, text[w.Start:w.End])
				}
			}
			got = strings.Join(list, " ")
		}
		if got != want {
			t.Errorf("%s marks %q, want %q", query, got, want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for query, want := range map[string]string{
		"a AND":      "AND needs words on both sides",
		"AND a":      "AND needs words on both sides",
		"a AND OR b": "AND needs words on both sides",
		"OR a":       "OR needs words on both sides",
		"a OR":       "OR needs words on both sides",
		"NOT a":      "at least one word",
		"a NOT":      "NOT needs a word behind it",
		"(a":         "never closes",
		"a)":         "never opened",
		"()":         "nothing to look for",
		`"…"`:        "holds no word",
		"\xff":       "not valid UTF-8",
	} {
		if _, err := Parse(query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %q", query, err, want)
		}
	}
	for _, query := range []string{"", "  ", " - "} {
		if q, err := Parse(query); q != nil || err != nil {
			t.Errorf("%q gives %v, %v, want nothing", query, q, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`drones OR "heavy weapons"`, `a AND (b OR -c) NOT d*`, `"unclosed`, "((((", "“x” «y»", "U.S.A.'s -x"} {
		f.Add(s, "the drones have heavy weapons")
	}
	f.Fuzz(func(t *testing.T, query, text string) {
		words := Words(text)
		if !slices.IsSortedFunc(words, func(a, b Word) int { return a.Start - b.Start }) {
			t.Error("words are not in order")
		}
		for _, w := range words {
			if strings.Trim(w.Stem, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || w.Stem == "" || len(w.Stem) > longest {
				t.Errorf("the stem %q of %q is more than letters and digits", w.Stem, text[w.Start:w.End])
			}
		}
		q, err := Parse(query)
		if err != nil || q == nil {
			return
		}
		q.Match(words, make([]bool, len(words)))
	})
}
