package english

import (
	_ "embed" // the lists of given names
	"strings"
)

// Given names that are nearly always one gender's. Lists of ours, of common
// names in many countries; a name on both lists tells nothing.
var (
	//go:embed male.txt
	maleNames string
	//go:embed female.txt
	femaleNames string
	givenNames  = givenGenders()
)

func givenGenders() map[string]Gender {
	names := map[string]Gender{}
	for _, n := range strings.Fields(maleNames) {
		names[n] = Masculine
	}
	for _, n := range strings.Fields(femaleNames) {
		if names[n] == Masculine {
			names[n] = Unmarked
		} else {
			names[n] = Feminine
		}
	}
	return names
}

// GivenName tells the usual gender of a given name, lower case and without
// accents, and whether it is one that is known at all.
func GivenName(name string) (Gender, bool) {
	g, ok := givenNames[name]
	return g, ok
}

// gendered are nouns for people that tell their gender.
var gendered = map[string]Gender{}

func init() {
	for _, w := range strings.Fields("man boy gentleman guy father dad son brother husband uncle nephew grandfather grandson stepfather stepson widower boyfriend groom king prince " +
		"actor businessman spokesman chairman congressman councilman salesman policeman fireman statesman anchorman nobleman sportsman cameraman frontman clergyman craftsman waiter landlord " +
		"ex-husband son-in-law father-in-law brother-in-law monk priest imam patriarch emperor tsar sheikh ayatollah cleric mogul tycoon gunman hitman hangman airman lawman playboy half-brother") {
		gendered[w] = Masculine
	}
	for _, w := range strings.Fields("woman girl lady mother mom mum daughter sister wife aunt niece grandmother granddaughter stepmother stepdaughter widow girlfriend bride queen princess " +
		"actress businesswoman spokeswoman chairwoman congresswoman councilwoman saleswoman policewoman stateswoman anchorwoman sportswoman waitress hostess heiress landlady " +
		"ex-wife daughter-in-law mother-in-law sister-in-law nun matriarch empress duchess baroness ballerina schoolgirl housewife midwife half-sister") {
		gendered[w] = Feminine
	}
	for _, w := range []string{"actor", "cleric", "mogul", "tycoon"} {
		delete(gendered, w) // said of women too
	}
}

// Noun tells the gender of the person that a singular noun stands for.
func Noun(word string) Gender { return gendered[strings.ToLower(word)] }

// kinship are the nouns by which one person is named from another.
var kinship = map[string]bool{}

func init() {
	for _, w := range strings.Fields("father mother dad mom mum son daughter brother sister husband wife uncle aunt nephew niece grandfather grandmother grandson granddaughter " +
		"stepfather stepmother stepson stepdaughter widow widower boyfriend girlfriend fiance fiancee partner cousin parent child twin ex-husband ex-wife " +
		"son-in-law daughter-in-law father-in-law mother-in-law brother-in-law sister-in-law spouse") {
		kinship[w] = true
	}
}

// Kin reports whether word names one person from another ("wife", "brother").
func Kin(word string) bool { return kinship[strings.ToLower(word)] }

// Plural reports whether a lower-case noun looks plural: several people, a
// group. The ends of news's nouns for people settle nearly all of them.
func Plural(noun string) bool {
	if strings.Contains(noun, ".") || noun == strings.ToUpper(noun) && len(noun) > 2 {
		return false // an abbreviation: "I.R.S.", "TARS"
	}
	noun = strings.ToLower(noun)
	switch noun {
	case "people", "men", "women", "children", "police", "others", "many", "some", "most", "several", "both", "those", "few", "all", "critics", "troops", "staff", "public":
		return true
	case "boss", "press", "congress", "actress", "hostess", "heiress", "waitress", "princess", "witness", "process", "business", "news", "status", "campus", "corps", "chess", "class",
		"countess", "duchess", "mistress", "seamstress", "governess", "lioness", "address", "politics", "series", "spouse", "house", "office", "us", "this", "census", "analysis", "thesis", "species":
		return false
	}
	if strings.HasSuffix(noun, "men") || strings.HasSuffix(noun, "women") {
		return len(noun) > 4 && !strings.HasSuffix(noun, "specimen") && !strings.HasSuffix(noun, "regimen")
	}
	return len(noun) > 3 && strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss") && !strings.HasSuffix(noun, "us") && !strings.HasSuffix(noun, "'s") && !strings.HasSuffix(noun, "’s")
}
