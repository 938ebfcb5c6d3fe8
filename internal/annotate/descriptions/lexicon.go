package descriptions

import (
	_ "embed" // the lists of words
	"strings"
)

// The lists that a reader may edit: lower-case words, "#" begins a note.
var (
	//go:embed lexicon/titles.txt
	titleList string
	//go:embed lexicon/roles.txt
	roleList string
	//go:embed lexicon/bodies.txt
	bodyList string
	//go:embed lexicon/labels.txt
	labelList string
	//go:embed lexicon/parties.txt
	partyList string
	//go:embed lexicon/adjectives.txt
	adjectiveList string

	titles     = list(titleList)
	roles      = list(roleList)
	bodies     = list(bodyList)
	labels     = list(labelList)
	parties    = list(partyList)
	adjectives = list(adjectiveList)
)

// list reads the words of one list.
func list(text string) map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		for _, w := range strings.Fields(line) {
			words[w] = true
		}
	}
	return words
}

// Closed classes of words.
var (
	articles = list(`a an the`)
	// possessives stand where an article would.
	possessives = list(`my your his her its our their whose`)
	// pointers are other words before a noun that are no part of a description.
	pointers = list(`this that these those another other one two three four five six seven eight nine ten several many some any both each every
		no all such few certain numerous various`)
	// numerals are pointers that "another" or "the" may stand before.
	numerals     = list(`one two three four five six seven eight nine ten other same late`)
	prepositions = list(`of for at in on to from with by about against over under into through during within between among behind near per via as like
		including since until before after despite toward towards across around outside inside upon without amid alongside than`)
	conjunctions = list(`and or but nor yet so because if when while where whereas although though unless whether who whom which whose that what how why`)
	pronouns     = list(`i me you he him she her it we us they them himself herself myself itself themselves yourself there`)
	beings       = list(`is was are were am 's 're 'm be been being become became becomes becoming remains remained remain`)
	// verbs are the finite verbs that most often follow a description.
	verbs = list(`said says say saying told tells tell has had have having 've 'd does did do will 'll would could should may might must can shall won't didn't doesn't isn't
		wasn't hasn't hadn't couldn't wouldn't can't aren't weren't don't
		made makes took takes gave gives went goes came comes got gets saw sees met meets led leads won wins lost loses ran runs held holds kept keeps left leaves put puts set sets
		wrote writes spoke speaks thought thinks knew knows felt feels found finds brought brings began begins stood stands sat sits fell falls rose rises paid pays sent sends built
		warned urged asked announced called calls argued added noted insisted claimed denied accused agreed declined refused wants wanted seeks sought backs backed faces faced
		appears appeared seems seemed looks cast casts used uses looked plans planned vowed pledged criticized criticised praised endorsed joined pushed rejected won't turns turned shakes hugs
		conflated released holds arrived reacted helped hoped hopes tries tried
		support supports began begun rose took stood spoke gathered moved served serves serve works worked studied teaches plays played oppose opposes voted votes`)
	// adverbs may stand between a verb and what it says of somebody.
	adverbs = list(`now also then once still only just already currently formerly previously again not never ever always really truly actually simply
		perhaps probably arguably widely once long both either more most very so too quite rather now-`)
	// seldomTitles are capitalised words before a name that are no part of a title.
	calendar = list(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
		today yesterday tomorrow here there`)
)

// isLabel reports whether a word frames or judges.
func isLabel(low string) bool {
	if labels[low] {
		return true
	}
	if i := strings.IndexByte(low, '-'); i > 0 {
		return labels[low[:i+1]+"*"] || labels[low[i+1:]]
	}
	return false
}

// inList looks up a noun in singular or plural.
func inList(words map[string]bool, low string) bool {
	if words[low] {
		return true
	}
	if s, ok := strings.CutSuffix(low, "s"); ok && words[s] {
		return true
	}
	if s, ok := strings.CutSuffix(low, "men"); ok && words[s+"man"] {
		return true
	}
	if s, ok := strings.CutSuffix(low, "women"); ok && words[s+"woman"] {
		return true
	}
	if s, ok := strings.CutSuffix(low, "ies"); ok && words[s+"y"] {
		return true
	}
	s, ok := strings.CutSuffix(low, "es")
	return ok && words[s]
}

// personNoun reports whether a noun is one for a person: of the list, or built
// from one (co-founder, vice-captain, ex-minister, real-estate agent).
func personNoun(low string) bool {
	if inList(roles, low) {
		return true
	}
	if i := strings.LastIndexByte(low, '-'); i >= 0 && inList(roles, low[i+1:]) {
		return true
	}
	for _, end := range []string{"man", "woman", "person", "ologist", "ographer", "onomist", "boy", "girl", "maker", "holder", "keeper", "worker", "fighter", "owner", "men", "women", "people"} {
		if len(low) > len(end)+2 && strings.HasSuffix(low, end) && low != "human" && low != "german" && low != "roman" && low != "norman" {
			return true
		}
	}
	return false
}

// bodyNoun reports whether a noun is one for an organisation or a place.
func bodyNoun(low string) bool {
	if inList(bodies, low) {
		return true
	}
	i := strings.LastIndexByte(low, '-')
	return i >= 0 && inList(bodies, low[i+1:])
}
