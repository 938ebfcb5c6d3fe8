package tags

import (
	"regexp"
	"strings"

	"whosaid/internal/news"
)

// ofBody ends where the name of a body begins, not that of a person: “leader of
// Rayat al-Nur”, “members of the Halden Lodge”, “the militia Sword of Dawn”. Nobody
// speaks for a person in these words; spokesmen and aides do, and are left out.
var ofBody = regexp.MustCompile(`(?i)\b(?:(?:leaders?|founders?|co-founders?|members?|secretary[ -]general|deputy head|head|commanders?|fighters|gunmen|units?|wing|branch|ranks|faction|militia) of|(?:fighters|gunmen) from|factions?|militias?|militant group|armed group|resistance group|paramilitary group|rebel group|movement|brigade) (?:the )?[“"‘']?$`)

// nearest is how many bytes before a name are looked at.
const nearest = 40

// bodies takes for organisations what the network took for people where the
// article says that it is one, wherever that name stands.
func bodies(doc *news.Document, tags []news.Tag) []news.Tag {
	known := map[string]bool{}
	for _, t := range tags {
		if isPerson(t) && ofBody.MatchString(doc.Text[max(0, t.Start-nearest):t.Start]) && strings.Contains(t.Text(doc.Text), " ") {
			known[key(doc, t)] = true
		}
	}
	if len(known) == 0 {
		return tags
	}
	there := map[news.Tag]bool{} // organisations that the network saw itself, without their confidence
	bare := func(t news.Tag) news.Tag { return news.Tag{Span: t.Span, Kind: t.Kind} }
	for _, t := range tags {
		there[bare(t)] = true
	}
	kept := tags[:0]
	for _, t := range tags {
		if isPerson(t) && known[key(doc, t)] {
			if t.Kind == news.TagPerson {
				t.Kind = news.TagOrganisation
			} else {
				t.Kind = news.TagActingBody
			}
			if there[bare(t)] {
				continue
			}
		}
		kept = append(kept, t)
	}
	return kept
}

func isPerson(t news.Tag) bool { return t.Kind == news.TagPerson || t.Kind == news.TagPersonName }

// key is the name whatever its apostrophes and case.
func key(doc *news.Document, t news.Tag) string {
	return strings.ToLower(strings.NewReplacer("’", "'", "‘", "'", "`", "'").Replace(t.Text(doc.Text)))
}
