package details

import (
	"slices"
	"strings"

	"whosaid/internal/news"
)

// Names of outlets that say by themselves that they are one.
var outletNames = set("reuters afp ap upi bbc cnn msnbc nbc cbs abc cnbc npr pbs itv rt tass xinhua irna isna sana anadolu interfax ansa dpa kyodo yonhap al-jazeera aljazeera " +
	"al-arabiya al-mayadeen haaretz politico axios vox buzzfeed huffpost bloomberg newsweek bild spiegel c-span fox sky tasnim fars rudaw shafaq wafa petra efe globo infobae aawsat dawn mehr " +
	"middle-east-eye deutschlandfunk zdf ard rai rtve rtl euronews polygraph slate salon breitbart")

// Words that the name of an outlet has in it, with other capitalised words.
var outletWords = set("news times post journal guardian telegraph herald tribune gazette daily press radio tv television agency network channel broadcasting jazeera arabiya mayadeen " +
	"chronicle courier examiner globe magazine newspaper economist atlantic observer independent mail mirror standard dispatch sentinel ledger inquirer bulletin wire service today reporter")

// Nouns of outlets in lower case: "the Iranian news agency", "a French newspaper".
var outletNouns = set("newspaper newspapers agency broadcaster magazine network station channel")

// outletIn finds the name of an outlet in span: a run of capitalised words of
// which one says so, possessives and titles of programmes left out.
func outletIn(text string, span news.Span) (news.Span, bool) {
	words := wordsOf(text, span)
	for i := 0; i < len(words); i++ {
		if !words[i].capped {
			continue
		}
		j := i
		for j < len(words) && (words[j].capped || j+1 < len(words) && words[j+1].capped && joining[words[j].lower]) {
			j++
			if strings.HasSuffix(words[j-1].lower, "'s") {
				break
			}
		}
		run := words[i:j]
		if slices.ContainsFunc(run, func(w word) bool {
			l := strings.TrimSuffix(w.lower, "'s")
			return outletNames[l] || outletWords[l] && len(run) > 1
		}) || i > 0 && outletNouns[words[i-1].lower] || j < len(words) && outletNouns[words[j].lower] {
			out := news.Span{Start: run[0].Start, End: run[len(run)-1].End}
			if s := out.Text(text); strings.HasSuffix(s, "'s") || strings.HasSuffix(s, "’s") {
				out.End = out.Start + len(strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s"))
			}
			return out, true
		}
		i = j - 1
	}
	return news.Span{}, false
}

var joining = set("of the and de la & -")

// outletName is the name without a leading article that is no part of it.
func outletName(s string) string { return strings.Join(strings.Fields(s), " ") }
