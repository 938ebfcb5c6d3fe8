package tags

import (
	"strings"
	"testing"

	"whosaid/internal/news"
)

// texts of tags, with those of another kind than person marked.
func told(doc *news.Document, tags []news.Tag) string {
	var got []string
	for _, tag := range tags {
		text := tag.Text(doc.Text)
		if tag.Kind != news.TagPerson {
			text = string(tag.Kind) + " " + text
		}
		got = append(got, text)
	}
	return strings.Join(got, "; ")
}

func TestApart(t *testing.T) {
	for text, want := range map[string]string{
		"Take care [Paula Paula], I saw the boat":           "Paula; Paula",
		"Regards, [Ilse Ilse Brandvold]":                    "Ilse; Ilse Brandvold",
		"[Vance Vance-Orr] rowed":                           "Vance Vance-Orr",
		"[Boutros Boutros Haddad] rowed":                    "Boutros Boutros Haddad",
		"[Lisa Brandvold Kristen Saltby], [Orr] and others": "Lisa Brandvold; Kristen Saltby; Orr",
		"[Lisa Kristen Vance Saltby] rowed":                 "Lisa Kristen Vance Saltby",
		"[Lisa van Kristen Saltby] rowed":                   "Lisa van Kristen Saltby",
		"[Mary Brandvold]":                                  "Mary Brandvold",
		"[de de la Torre]":                                  "de de la Torre",
	} {
		doc, tags := marked(t, text, news.TagPerson)
		if got := told(doc, apart(doc, tags)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	doc, tags := marked(t, "[Paula Paula] rowed", news.TagPlace)
	if got := told(doc, apart(doc, tags)); got != "LOC Paula Paula" {
		t.Errorf("a place: %q", got)
	}
}

func TestTogether(t *testing.T) {
	for text, want := range map[string]string{
		"[Ilse Brandvold] wrote to [Orr]. [Ilse] [Brandvold] rowed": "Ilse Brandvold; Orr; Ilse Brandvold",
		"[Ilse] [Brandvold], [Brandvold] [Ilse]":                    "Ilse; Brandvold; Brandvold; Ilse",
		"[Ilse Brandvold], [Ilse], [Brandvold], [Brandvold] [Ilse]": "Ilse Brandvold; Ilse; Brandvold; Brandvold; Ilse",
		"[Ilse Brandvold]\n\n[Ilse]\n[Brandvold]":                   "Ilse Brandvold; Ilse; Brandvold",
	} {
		doc, tags := marked(t, text, news.TagPerson)
		if got := told(doc, together(doc, tags)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFamilyFirst(t *testing.T) {
	for text, want := range map[string]string{
		`Thanks. "[Brandvold], [Lisa]" wrote`:                       "Brandvold, Lisa",
		`"Orr, Vangie" <vangie.orr@harbour.example>`:                "Orr, Vangie",
		`"[Brandvold], Lisa K." wrote to [Saltby]`:                  "Brandvold, Lisa K.; Saltby",
		`"Ellery, Saltby" is a poem`:                                "",
		`"Tell Lisa, George" is a play`:                             "",
		`"[Lisa], [George]" is a play`:                              "Lisa; George",
		`a "Brandvold, Lisa" at the end`:                            "Brandvold, Lisa",
		`[Brandvold], Lisa, and "others" wrote`:                     "Brandvold",
		`"Halden, Lisa" and "[Halden], George" and "Halden, ` + "x": "Halden, Lisa; Halden, George",
	} {
		doc, tags := marked(t, text, news.TagPerson)
		if got := told(doc, familyFirst(doc, tags)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestDividedPlacesAndBodies(t *testing.T) {
	for _, c := range []struct {
		text string
		kind news.TagKind
		want string
	}{
		{"in [Port Ellery Ca] by the sea", news.TagPlace, "LOC Port Ellery; LOC Ca"},
		{"in [Isla La] by the sea", news.TagPlace, "LOC Isla La"},
		{"close to the [Vance Administration] then", news.TagOrganisation, "Vance"},
		{"close to the [Vance] administration then", news.TagOrganisation, "Vance"},
		{"the [Veterans Administration] then", news.TagOrganisation, "ORG Veterans Administration"},
		{"the [Halden Port Administration] then", news.TagOrganisation, "ORG Halden Port Administration"},
		{"the [NOAX] administration then", news.TagOrganisation, "ORG NOAX"},
		{"the [Baghdad] administration then", news.TagOrganisation, "ORG Baghdad"},
		{"the [Vance]", news.TagOrganisation, "ORG Vance"},
	} {
		doc, tags := marked(t, c.text, c.kind)
		if got := told(doc, divide(doc, tags)); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAgain(t *testing.T) {
	for text, want := range map[string]string{
		"the [HPC] and the [HPC] of the [HPC] left the HPC":           "ORG HPC; ORG HPC; ORG HPC; ORG HPC",
		"the [HPC] and the [HPC] left the HPC":                        "ORG HPC; ORG HPC",
		"the [Ash] and the [Ash] of the [Ash] left. Ash is a tree":    "ORG Ash; ORG Ash; ORG Ash",
		"the [Ash] and the [Ash] of the [Ash] left non-Ash and Ash's": "ORG Ash; ORG Ash; ORG Ash; ORG Ash",
		"the [HPC] [HPC] [HPC] of HPC and HPC and HPC":                "ORG HPC; ORG HPC; ORG HPC",
		"the [HPC] [HPC] [HPC] of [the HPC Board]":                    "ORG HPC; ORG HPC; ORG HPC; ORG the HPC Board",
	} {
		doc, tags := marked(t, text, news.TagOrganisation)
		if got := told(doc, again(doc, tags)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	doc, tags := marked(t, "[Ash] [Ash] [Ash] [Ash] and Ash", news.TagOrganisation)
	tags[0].Kind = news.TagPerson
	if got := again(doc, tags); len(got) != 4 {
		t.Errorf("a name of two kinds: %q", told(doc, got))
	}
}

func TestKnown(t *testing.T) {
	for text, want := range map[string]string{
		"(BBC) The [BBC] and the Bbc":                         "ORG BBC; ORG BBC",
		"a non-BBC view at www.BBC.example and a@BBC.example": "",
		"[BBC Ellery] said":                                   "ORG BBC Ellery",
	} {
		doc, tags := marked(t, text, news.TagOrganisation)
		if got := told(doc, known(doc, tags)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
