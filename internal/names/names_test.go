package names

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/news"
)

func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"Ilse Brandvold":            {"ilse", "brandvold"},
		"the Harbour Commission's":  {"harbour", "commission"},
		"The":                       {"the"},
		"Brandvold’s brother":       {"brandvold", "brother"},
		"Amara Okonjo-Vale":         {"amara", "okonjo", "vale"},
		"the dockers' union":        {"dockers", "union"},
		"O'sullivan":                {"o", "sullivan"},
		"Asa'ib":                    {"asa", "ib"},
		"A. Haldórsson":             {"haldórsson"},
		"U.N.":                      {"u", "n"},
		"(—)":                       {},
		"an 's":                     {"an"},
		"McDonald's'S":              {"mcdonald", "s"},
		"Zoltán Haldórsson Jr., 61": {"zoltán", "haldórsson", "jr", "61"},
	} {
		if got := Words(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAgree(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Agreement
	}{
		{"Ilse Brandvold", "ilse brandvold", Same},
		{"the minister", "a minister's", Same},
		{"Ilse Brandvold", "Brandvold", Part},
		{"the minister of rivers", "the rivers minister", Part},
		{"Harbour Commission", "Rivers Commission", Last},
		{"Commission for the Rivers", "Rivers Commission", Part},
		{"Harbour Commission", "HC", Acronym},
		{"Bank of Westmarch", "BW", Acronym},
		{"Bank of Westmarch", "BOW", Differ},
		{"HC", "HC", Same},
		{"Ilse", "Amara", Differ},
		{"", "Amara", Differ},
		{"—", "—", Differ},
	} {
		if got := Agree(Words(c.a), Words(c.b)); got != c.want {
			t.Errorf("%q, %q: %d, want %d", c.a, c.b, got, c.want)
		}
		if got := Agree(Words(c.b), Words(c.a)); got != c.want {
			t.Errorf("%q, %q: %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

// tagged is a text without the square brackets around its names of organisations,
// and those names.
func tagged(marked string) (string, []news.Tag) {
	var b strings.Builder
	var tags []news.Tag
	for _, r := range marked {
		switch r {
		case '[':
			tags = append(tags, news.Tag{Kind: news.TagOrganisation, Span: news.Span{Start: b.Len()}})
		case ']':
			tags[len(tags)-1].End = b.Len()
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), tags
}

func TestAcronyms(t *testing.T) {
	for text, want := range map[string]string{
		"the Popular Harbour Units (PHU) said":                               "PHU: Popular Harbour Units",
		"the [Popular Harbour Units] (PHU) said":                             "PHU: Popular Harbour Units",
		"the [Brandvold Workers' Party] (PKB), which":                        "PKB: Brandvold Workers' Party",
		"the [Brandvold Workers' Party]'s (PKB) head":                        "PKB: Brandvold Workers' Party",
		"the [Brandvold Workers' Party] (“PKB”)":                             "PKB: Brandvold Workers' Party",
		"the Brandvold Workers' Party (PKB), which":                          "",
		"the Westmarch Ministry of Defence (MoD)":                            "MoD: Ministry of Defence",
		"a Bank of Oman (BO)":                                                "BO: Bank of Oman",
		"PHU (Popular Harbour Units) fighters":                               "PHU: Popular Harbour Units",
		"the PHU (the harbour) was":                                          "",
		"the [Popular Harbour Units] (PHU, also known as the Guards) said":   "PHU: Popular Harbour Units",
		"[PHU] (Popular Harbour Units); Rivers and Seas Board (RSB) and (X)": "PHU: Popular Harbour Units; RSB: Rivers and Seas Board",
		"[Ellery] mayor Ilse Brandvold (D)":                                  "",
		"(PHU) and ((PHU)) and (":                                            "",
		"[Popular Harbour Units]\n\n(PHU)":                                   "",
		"U.H. (Union of the Harbours)":                                       "U.H.: Union of the Harbours",
		"the Élan Öre Institute (ÉÖI)":                                       "ÉÖI: Élan Öre Institute",
		"non-government organisations (NGOs)":                                "",
	} {
		plain, tags := tagged(text)
		var got []string
		for _, s := range Acronyms(plain, tags) {
			got = append(got, s.Acronym.Text(plain)+": "+s.Name.Text(plain))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestIsAcronym(t *testing.T) {
	for word, want := range map[string]bool{
		"PHU": true, "U.N.": true, "MoD": true, "NGOs": true, "G20": true, "AT&T": true, "UNESCO-IHE": true,
		"X": false, "Unit": false, "a": false, "": false, "2021": false, "PHU unit": false, "ABCDEFGHIJKL": false, "é": false, "-AB": false,
	} {
		if got := IsAcronym(word); got != want {
			t.Errorf("%q: %v", word, got)
		}
	}
}

func FuzzAcronyms(f *testing.F) {
	f.Add("the [Popular Harbour Units] (“PHU”, now) and PHU (Popular Harbour Units)")
	f.Add("Élan Öre(ÉÖ) (\x80) ’s (’’)")
	f.Fuzz(func(t *testing.T, marked string) {
		if strings.Count(marked, "[") != strings.Count(marked, "]") {
			marked = strings.NewReplacer("[", "", "]", "").Replace(marked)
		}
		marked = strings.ToValidUTF8(marked, "")
		for open, i := 0, 0; i < len(marked); i++ {
			switch marked[i] {
			case '[':
				open++
			case ']':
				open--
			}
			if open < 0 || open > 1 {
				return
			}
		}
		text, tags := tagged(marked)
		for _, s := range Acronyms(text, tags) {
			for _, span := range []news.Span{s.Acronym, s.Name} {
				if span.Start < 0 || span.Start >= span.End || span.End > len(text) || !utf8.ValidString(span.Text(text)) {
					t.Fatalf("%q: span %v", text, span)
				}
			}
			if s.Acronym.Overlaps(s.Name) {
				t.Fatalf("%q: %v lies in its name %v", text, s.Acronym, s.Name)
			}
		}
		words := Words(text)
		Agree(words, words)
	})
}
