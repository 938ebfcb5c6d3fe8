package english

import "strings"

// honorifics are words before a name that are no part of it, with the gender
// they tell.
var honorifics = map[string]Gender{
	"mr": Masculine, "mister": Masculine, "sir": Masculine, "lord": Masculine, "king": Masculine, "prince": Masculine, "father": Masculine,
	"brother": Masculine, "rabbi": Unmarked, "imam": Masculine, "sheikh": Masculine, "sheik": Masculine, "ayatollah": Masculine, "mullah": Masculine,
	"señor": Masculine, "monsieur": Masculine, "herr": Masculine, "baron": Masculine, "duke": Masculine, "pope": Masculine, "cardinal": Masculine, "emir": Masculine,
	"mrs": Feminine, "ms": Feminine, "miss": Feminine, "madam": Feminine, "madame": Feminine, "lady": Feminine, "dame": Feminine, "queen": Feminine,
	"princess": Feminine, "sister": Feminine, "sheikha": Feminine, "señora": Feminine, "frau": Feminine, "baroness": Feminine, "duchess": Feminine,
	"dr": Unmarked, "doctor": Unmarked, "prof": Unmarked, "professor": Unmarked, "rev": Unmarked, "reverend": Unmarked, "hon": Unmarked,
	"president": Unmarked, "vice": Unmarked, "senator": Unmarked, "sen": Unmarked, "sens": Unmarked, "rep": Unmarked, "reps": Unmarked, "representative": Unmarked,
	"congressman": Masculine, "congresswoman": Feminine, "councilman": Masculine, "councilwoman": Feminine, "assemblyman": Masculine, "assemblywoman": Feminine,
	"gov": Unmarked, "governor": Unmarked, "mayor": Unmarked, "judge": Unmarked, "justice": Unmarked, "secretary": Unmarked, "minister": Unmarked,
	"chancellor": Unmarked, "premier": Unmarked, "ambassador": Unmarked, "gen": Unmarked, "general": Unmarked, "lt": Unmarked, "col": Unmarked, "colonel": Unmarked,
	"maj": Unmarked, "major": Unmarked, "capt": Unmarked, "captain": Unmarked, "sgt": Unmarked, "sergeant": Unmarked, "cpl": Unmarked, "pvt": Unmarked, "adm": Unmarked,
	"admiral": Unmarked, "cmdr": Unmarked, "commander": Unmarked, "officer": Unmarked, "detective": Unmarked, "inspector": Unmarked, "chief": Unmarked, "attorney": Unmarked,
	"speaker": Unmarked, "archbishop": Unmarked, "bishop": Unmarked, "pastor": Unmarked, "coach": Unmarked, "former": Unmarked, "ex-president": Unmarked,
	"cllr": Unmarked, "akim": Unmarked, "councillor": Unmarked, "mp": Unmarked, "brig": Unmarked, "brigadier": Unmarked, "insp": Unmarked, "supt": Unmarked, "shri": Masculine, "smt": Feminine,
	"sayyid": Masculine, "hajj": Masculine, "alhaji": Masculine, "alhaja": Feminine, "comrade": Unmarked, "fr": Masculine, "msgr": Masculine, "retired": Unmarked,
	"prime": Unmarked, "deputy": Unmarked, "chairman": Masculine, "chairwoman": Feminine, "uncle": Masculine, "aunt": Feminine,
}

// suffixes are words after a name that are no part of the family name but tell
// two people apart.
var suffixes = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true, "esq": false, "phd": false, "md": false, "mp": false, "qc": false, "kc": false, "mbe": false, "obe": false, "cbe": false, "sc": false, "msp": false, "mep": false}

// Honorific looks up a word that may stand before a name, its full stop aside.
func Honorific(word string) (Gender, bool) {
	g, ok := honorifics[strings.TrimSuffix(strings.ToLower(word), ".")]
	return g, ok
}

// NameSuffix reports whether word is one such as "Jr." and whether it tells two
// people of one name apart.
func NameSuffix(word string) (known, distinct bool) {
	distinct, known = suffixes[strings.TrimSuffix(strings.ToLower(word), ".")]
	return known, distinct
}

// particles begin a family name or a father's name, wherever they stand in it.
var particles = map[string]bool{
	"al": true, "el": true, "ul": true, "ad": true, "as": true, "ash": true, "ar": true, "an": true, "at": true, "az": true, "bin": true, "ibn": true, "ben": true, "bint": true, "abu": true, "abd": true,
	"umm": true, "van": true, "von": true, "der": true, "den": true, "ter": true, "ten": true, "zu": true, "de": true, "del": true, "della": true, "di": true, "da": true, "das": true, "do": true,
	"dos": true, "du": true, "des": true, "la": true, "le": true, "los": true, "las": true, "y": true, "e": true, "st": true, "saint": true, "mac": true, "bar": true, "ap": true, "af": true, "av": true,
}

// Particle reports whether word is one such as "al", "bin", "van" or "de".
func Particle(word string) bool { return particles[strings.ToLower(word)] }

// Article reports whether word is an Arabic article, which spellings of one
// name may have or lack ("al-Khazali", "Khazali").
func Article(word string) bool {
	switch strings.ToLower(word) {
	case "al", "el", "ul", "ad", "as", "ash", "ar", "an", "at", "az":
		return true
	}
	return false
}
