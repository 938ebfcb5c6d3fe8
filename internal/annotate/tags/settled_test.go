package tags

import (
	"testing"

	"whosaid/internal/news"
)

// What the network took for a person's name, in brackets, and what the article
// tells it is.
func TestSettled(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The leader of [Sa'if Ahl al-Bahr] said so. [Sa’if Ahl al-Bahr] denied it.", "organisation organisation "},
		{"Fighters from [Rayat Nur] left. [Rayat Nur] is small.", "organisation organisation "},
		{"A spokesman for [Dana Whitlock] said so.", "person-name "},
		{"The leader, [Dana Whitlock], said so.", "person-name "},
		{"He is a member of [Brandt]'s staff.", "person-name "},
		// called by its kind, in front or in apposition
		{"The news website [Rowandiz] reported it. [Rowandiz] named nobody.", "organisation organisation "},
		{"The state weather bureau, [TARGON], expects rain.", "organisation "},
		{"The regulator, [Aster] said, was asleep. Mr [Aster] would not be quoted again.", "person-name person-name "},
		{"A vote for the [Umma Jadida] lawmaker was lost.", "person-name "},
		{"[Umma] lawmaker Sara Nasser left.", "organisation "},
		{"The [Sufaris] fired first, said a colonel.", "organisation "},
		// where something happens is a place; so is a capital that acts
		{"A school in [Halden] was hit. The governor said [Halden] would be rebuilt.", "LOC LOC "},
		{"[Brandt] said so. They believed in [Brandt], and trouble lay in [Brandt]’s way. [Ida Brandt], 46, left.", "person-name person-name person-name person-name "},
		{"Two diplomats said [Riyadh] had sent word.", "LOC "},
		{"[Xinhua] reports it. [Brandt] did not.", "organisation person-name "},
		// no names
		{"Hurricane [Rosa] hit the coast. [Rosa] turned east. Mr [Halden] fled.", "person-name "},
		{"Hurricane [Rosa] hit the coast. Mrs [Rosa] turned east.", "person-name person-name "},
		{"[JUDGE] ROWAN: Be seated.", ""},
		{"[Its secretary general], Faris Zaman, said he hoped so.", ""},
		{"[Akim] denies rumour\n\nThe akim of the region said there was none.", ""},
		{"[Will] denies rumour\n\nHe said there will be none.", "person-name "},
		{"[Qais al-Dabbagh] and [Ana de la Torre] left.", "person-name person-name "},
	} {
		doc, tags := marked(t, c.text, news.TagPersonName)
		for i := range tags {
			tags[i].Confidence = 0.9
		}
		got := ""
		for _, tag := range settled(doc, tags) {
			got += string(tag.Kind) + " "
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}
