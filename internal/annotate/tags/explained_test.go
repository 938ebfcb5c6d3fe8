package tags

import (
	"fmt"
	"strings"
	"testing"

	"whosaid/internal/news"
)

// many is a document of text with tags of the kinds that stand before a bar in its
// square brackets: "[ORG|Harbour Board]".
func many(t *testing.T, text string) (*news.Document, []news.Tag) {
	t.Helper()
	var bare strings.Builder
	var kinds []news.TagKind
	for _, part := range strings.SplitAfter(text, "[") {
		if kind, words, ok := strings.Cut(part, "|"); ok {
			kinds = append(kinds, news.TagKind(kind))
			part = words
		}
		bare.WriteString(part)
	}
	doc, tags := marked(t, bare.String(), "")
	for i, kind := range kinds {
		tags[i].Kind = kind
	}
	return doc, tags
}

// listed are tags as "KIND words".
func listed(doc *news.Document, tags []news.Tag) string {
	var list []string
	for _, tag := range tags {
		if tag.Start != doc.Pieces[tag.First].Start || tag.End != doc.Pieces[tag.Last].End {
			return fmt.Sprintf("%+v has pieces elsewhere", tag)
		}
		list = append(list, string(tag.Kind)+" "+tag.Text(doc.Text))
	}
	return strings.Join(list, "; ")
}

func TestExplainedAcronyms(t *testing.T) {
	for text, want := range map[string]string{
		"the [ORG|Popular Harbour Units] (PHU) and [PER|PHU] men": "ORG Popular Harbour Units; ORG PHU; ORG PHU",
		"the [ORG|Housing Board] of [LOC|Ellery] (HBE), the HBE":  "ORG Housing Board of Ellery; ORG HBE; ORG HBE",
		"the [LOC|United Saltby Islands] (USI). USI ships":        "LOC United Saltby Islands; LOC USI; LOC USI",
		"[PER|John Fennimore Orr] (JFO) and [ORG|JFO]":            "PER John Fennimore Orr; PER JFO; PER JFO",
		"Liquid Natural Gas (LNG) and LNG":                        "",
		"the Harbour Workers Union ([ORG|HWU])":                   "ORG Harbour Workers Union; ORG HWU",
		"the [ORG|Workers' Party] (PKB); [ORG|PKB Radio] and PKB": "ORG Workers' Party; ORG PKB; ORG PKB Radio; ORG PKB",
		"the [organisation|Harbour Board] (HB) and HB":            "organisation Harbour Board; organisation HB; organisation HB",
		"[LOC|Ellery] has no acronym":                             "LOC Ellery",
	} {
		doc, tags := many(t, text)
		if got := listed(doc, explained(doc, tags)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestNamesInAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"[PER|Ilse].[PER|Brandvold]@[ORG|harbour].example wrote": "PER Ilse",
		"see www.[ORG|ellery].example or http://[LOC|ellery]":    "",
		"[PER|Orr]_letter.doc and my_[PER|Orr]":                  "",
		"[PER|J. Orr] of [ORG|Orr Inc].":                         "PER J. Orr; ORG Orr Inc",
		"said [PER|Orr].\n\nvance":                               "PER Orr",
		"by @[PER|IlseBrandvold] on Monday":                      "PER IlseBrandvold",
		"in the [LOC|U.K.].[PER|Orr] left":                       "LOC U.K.; PER Orr",
		"[role|harbour].example":                                 "role harbour",
	} {
		doc, tags := many(t, text)
		if got := listed(doc, outsideAddresses(doc, tags)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
