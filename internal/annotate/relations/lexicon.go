package relations

import (
	_ "embed" // the lists of words
	"strings"
)

// The lists that a reader may edit; "#" begins a note.
var (
	//go:embed lexicon/ties.txt
	tieList string
	//go:embed lexicon/offices.txt
	officeList string
	//go:embed lexicon/parties.txt
	partyList string
	//go:embed lexicon/verbs.txt
	verbList string

	ties    = table(tieList, true)
	offices = set(officeList)
	parties = table(partyList, false)
	links   = table(verbList, true)
)

// set reads a list of words.
func set(text string) map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		for _, w := range strings.Fields(line) {
			words[w] = true
		}
	}
	return words
}

// table reads lines of "key: words": from each word to the key, or where the
// word comes first ("word: name of a party") from it to the rest.
func table(text string, keyFirst bool) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		key, rest, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, rest = strings.TrimSpace(key), strings.TrimSpace(rest)
		if !keyFirst {
			m[key] = rest
			continue
		}
		for _, w := range strings.Fields(rest) {
			m[strings.ReplaceAll(w, "_", " ")] = key
		}
	}
	return m
}

// Closed classes of words.
var (
	// past are words that say that an office is held no longer, or not yet.
	past = set(`former ex then onetime one-time late ousted deposed retired erstwhile would-be potential aspiring prospective predecessor successor
		candidate nominee contender hopeful front-runner frontrunner challenger presumptive formerly -elect previous future next`)
	// under are words that make of the head of a body somebody who works for it.
	under = set(`deputy vice assistant associate junior senior political communications policy press media campaign finance field digital research regional
		programme program news sales marketing creative technical medical legal operations security planning data night morning weekend`)
	// honorifics are titles that are no office.
	honorifics = set(`mr mrs ms miss mx sir dame lord lady dr doctor prof professor messrs mme madame herr frau señor señora col gen lt maj capt sgt rev fr`)
	possessive = set(`his her its their my your our`)
	stops      = set(`of for at in to with on from against behind between who that which whose and or , as by under`)
)

// singular is a noun without the end of its plural.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "men"):
		return w[:len(w)-2] + "an"
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

// tieOf is the relation that a noun stands for, or "".
func tieOf(w string) string {
	for _, form := range []string{w, singular(w), strings.TrimPrefix(w, "co-"), strings.TrimPrefix(w, "co-chair")} {
		if t, ok := ties[form]; ok {
			return t
		}
	}
	if strings.HasSuffix(w, "man") || strings.HasSuffix(w, "woman") {
		return ""
	}
	return ""
}

// isOffice reports whether a noun is an office of state.
func isOffice(w string) bool {
	return offices[w] || offices[singular(w)] || offices[strings.TrimPrefix(w, "vice-")]
}
