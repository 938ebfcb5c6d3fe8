package actors

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"whosaid/internal/english"
)

// A name is a person's name taken apart, folded: lower case, no accents, no
// honorific, no possessive ending.
type name struct {
	words  []string       // "qais", "al-khazali"; particles stay joined to what they begin
	suffix string         // "jr"
	gender english.Gender // as its honorific tells, or else its given name
	sure   bool           // the gender is told by an honorific
}

// parseName takes the words of a mention apart; before is the words that stand
// directly before it, where a title may be.
func parseName(text string, before []string) name {
	var n name
	raw := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune("'’.-‐‑@_", r)
	})
	joined := ""
	for i, w := range raw {
		w = english.Bare(strings.Trim(w, ".-@_"))
		if w == "" {
			continue
		}
		if i < len(raw)-1 && len(n.words) == 0 && joined == "" {
			if g, ok := english.Honorific(w); ok && english.Capitalised(w) && !nameToo(w) {
				n.tell(g)
				continue
			}
		}
		f := fold(w)
		if known, distinct := english.NameSuffix(f); known && len(n.words) > 0 {
			if distinct {
				n.suffix = f
			}
			continue
		}
		if i > 0 && i < len(raw)-1 && english.Particle(f) || i == 0 && i < len(raw)-1 && (english.Article(f) || f == "bin" || f == "ibn" || f == "abu" || f == "van" || f == "von" || f == "de") {
			joined += f + "-"
			continue
		}
		n.words = append(n.words, joined+f)
		joined = ""
	}
	for i := len(before) - 1; i >= 0 && i >= len(before)-3; i-- {
		g, ok := english.Honorific(before[i])
		if !ok {
			break
		}
		n.tell(g)
	}
	if n.gender == english.Unmarked && len(n.words) > 1 {
		n.gender, _ = english.GivenName(n.words[0])
	}
	return n
}

// nameToo reports whether an honorific is a common name too, so that it stays
// in one ("Dean Ross", "Major Garner", "King").
func nameToo(w string) bool {
	switch strings.ToLower(strings.TrimSuffix(w, ".")) {
	case "major", "king", "prince", "bishop", "pope", "cardinal", "duke", "judge", "justice", "baron", "chancellor", "lord", "father", "general", "miss", "an", "vice", "brother", "ayatollah", "coach", "chief":
		return !strings.HasSuffix(w, ".")
	}
	return false
}

func (n *name) tell(g english.Gender) {
	if g != english.Unmarked && n.gender == english.Unmarked {
		n.gender, n.sure = g, true
	}
}

// family is the last word of the name, or "".
func (n name) family() string {
	if len(n.words) == 0 {
		return ""
	}
	return n.words[len(n.words)-1]
}

// full reports whether the name has a given and a family name.
func (n name) full() bool { return len(n.words) > 1 }

// fold is w in lower case, without accents, apostrophes and full stops.
func fold(w string) string {
	ascii := true
	for i := range len(w) {
		c := w[i]
		if c >= utf8.RuneSelf || c == '\'' || c == '.' || c >= 'A' && c <= 'Z' {
			ascii = false
			break
		}
	}
	if ascii {
		return w
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(w) {
		switch {
		case unicode.Is(unicode.M, r), strings.ContainsRune("'’‘ʿʾ`.", r):
		case r == '‐' || r == '‑':
			b.WriteByte('-')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// bareWord is a folded word of a name without an Arabic article before it and
// without hyphens: how spellings of one name are compared.
func bareWord(w string) string {
	for {
		head, rest, ok := strings.Cut(w, "-")
		if !ok || rest == "" || !english.Article(head) {
			break
		}
		w = rest
	}
	return strings.ReplaceAll(w, "-", "")
}

// sameWord reports whether two folded words spell one name: equal, or near
// enough in what differs between transliterations and slips of the pen
// ("khadimi", "kadhimi"; "hilary", "hillary").
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	a, b = bareWord(a), bareWord(b)
	if a == b {
		return true
	}
	if len(a) < 5 || len(b) < 5 || !near(a, b) {
		return false
	}
	return skeleton(a) == skeleton(b) && sameEnd(a, b)
}

// sameEnd reports whether two words do not differ in a last vowel, which tells
// Mario from Maria.
func sameEnd(a, b string) bool {
	x, y := a[len(a)-1], b[len(b)-1]
	vowel := func(c byte) bool { return strings.IndexByte("aeo", c) >= 0 }
	return !vowel(x) && !vowel(y) || x == y
}

// spellings are letters and pairs of letters that transliterations of one name
// exchange. The longer stand first.
var spellings = strings.NewReplacer("kh", "k", "gh", "g", "dh", "d", "th", "t", "ph", "f", "sch", "sh", "ch", "sh", "q", "k", "c", "k", "x", "ks", "z", "s", "j", "i", "w", "v",
	"y", "i", "tz", "ts")

// skeleton is the consonants of w, spellings of one sound made alike and
// doubled letters made single.
func skeleton(w string) string {
	w = spellings.Replace(w)
	var b strings.Builder
	last := rune(0)
	for i, r := range w {
		if i > 0 && strings.ContainsRune("aeiouh", r) {
			last = 0
			continue
		}
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// near reports whether two words are at most two edits apart.
func near(a, b string) bool {
	const most = 2
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most || len(x) > 40 {
		return false
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		before := row[0]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := before
			if x[i-1] != y[j-1] {
				cost = min(before, row[j], row[j-1]) + 1
			}
			before, row[j] = row[j], cost
		}
	}
	return row[len(y)] <= most
}

// shortForms are given names and their short forms, each with the long one's key.
var shortForms = map[string]string{}

func init() {
	for _, line := range strings.Split(`william bill billy will willie
robert bob bobby rob robbie
richard dick rick ricky rich
james jim jimmy jamie
john jack johnny
joseph joe joey
michael mike mick mickey
thomas tom tommy
charles charlie chuck
edward ed eddie ted ned
theodore ted teddy
anthony tony
daniel dan danny
donald don donny donnie
david dave
stephen steve steven
kenneth ken kenny
ronald ron ronnie
lawrence larry
gerald gerry jerry
gregory greg gregg
jeffrey jeff geoffrey geoff
matthew matt
timothy tim
patrick pat paddy
peter pete
philip phil
samuel sam sammy
benjamin ben
bernard bernie
raymond ray
nicholas nick
christopher chris
andrew andy drew
alexander alex sandy
frederick fred freddie
leonard len lenny leo
walter walt
jonathan jon
joshua josh
nathaniel nate nathan
zachary zach zack
mitchell mitch
randall randy
russell russ
elizabeth liz beth betsy betty eliza lizzie
katherine kate kathy katie catherine cathy kathryn katharine
margaret maggie meg peggy marge
patricia pat patty patti tricia
deborah deb debbie debra
susan sue suzanne susie
barbara barb
jennifer jen jenny
jessica jess
rebecca becky
pamela pam
cynthia cindy
victoria vicky vicki tori
kimberly kim
christine chris christina tina chrissy
nancy nan
samantha sam
sandra sandy
valerie val
alexandra alex
mohammed muhammad mohamed mohammad muhammed mohamad
abdullah abdallah
hussein hussain husain
yousef yusuf youssef yusef`, "\n") {
		words := strings.Fields(line)
		for _, w := range words {
			if shortForms[w] == "" {
				shortForms[w] = words[0]
			}
		}
	}
}

// sameGiven reports whether two given names can be one person's: alike, an
// initial of the other, or a short form.
func sameGiven(a, b string) bool {
	if sameWord(a, b) || shortForms[a] != "" && shortForms[a] == shortForms[b] {
		return true
	}
	if len(a) == 1 || len(b) == 1 {
		return a[0] == b[0]
	}
	// One holds the other's short form under another long one: Ted for Edward.
	return false
}
