package people

import (
	"math"
	"slices"
	"strings"

	"whosaid/internal/english"
)

// The types of actors that are somebody across articles.
const (
	person = "person"
	body   = "organisation"
	place  = "place"
)

// facts are what an article tells of an actor, made ready to be compared.
type facts struct {
	actor   *Actor
	joins   bool // it can be somebody across articles
	single  bool // a person with a single word for a name
	name    Name // of a person
	exact   string
	blocks  []string
	roles   []string
	company []string // the exact keys of the others in the article
}

// mostBeside is how many others of an article are taken for company.
const mostBeside = 16

func factsOf(a *Article) []facts {
	out := make([]facts, len(a.Actors))
	for i := range a.Actors {
		actor := &a.Actors[i]
		f := &out[i]
		f.actor = actor
		if !actor.Named {
			continue
		}
		f.exact = exactKey(actor.Type, actor.Name)
		switch actor.Type {
		case person:
			f.name = Parse(actor.Name)
			f.single = f.name.Only != ""
			f.joins = f.exact != ""
		case body, place:
			f.joins = f.exact != "" && !general(actor.Name)
		}
		if f.joins {
			f.blocks = blockKeys(actor.Type, actor.Name)
			f.roles = rolesOf(actor.Roles)
		}
	}
	for i := range out {
		for k := range out {
			if k != i && out[k].joins && out[k].exact != out[i].exact && len(out[i].company) < mostBeside {
				out[i].company = append(out[i].company, out[k].exact)
			}
		}
	}
	return out
}

// equal reports whether two names are the same, word by word.
func (n Name) equal(o Name) bool {
	return n.Family == o.Family && n.Father == o.Father && n.Suffix == o.Suffix && n.Only == o.Only && slices.Equal(n.Given, o.Given)
}

// exactKey is the same for two names of the same words; empty where a name has
// none.
func exactKey(kind, name string) string {
	if kind != person {
		if w := bodyWords(name); len(w) > 0 {
			return kind[:1] + ":" + strings.Join(w, " ")
		}
		return ""
	}
	words, suffix := nameWords(name)
	if len(words) == 0 {
		return ""
	}
	return "p:" + strings.Join(words, " ") + suffix
}

// blockKeys are keys of which two spellings of one name share one: consonants of
// the family name, by what they sound like, and the first sound of the given
// name. A single word has none.
func blockKeys(kind, name string) []string {
	if kind != person {
		w := bodyWords(name)
		if len(w) == 0 {
			return nil
		}
		return []string{kind[:1] + ":" + sounds(strings.Join(w, ""))}
	}
	n := Parse(name)
	if n.Only != "" || len(n.Given) == 0 {
		return nil
	}
	family := n.Family
	if family == "" {
		family = n.Father
	}
	var keys []string
	add := func(family, given string) {
		k := "p:" + sounds(family) + "/" + sounds(given)[:1]
		if !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	add(family, n.Given[0])
	if len(n.Given[0]) == 1 && len(n.Given) > 1 && len(n.Given[1]) > 1 {
		add(family, n.Given[1])
	}
	for _, full := range shortForms[n.Given[0]] {
		add(family, full)
	}
	if len(n.Given) == 1 && (familyFirst[family] || familyFirst[n.Given[0]]) {
		add(n.Given[0], family)
	}
	return keys
}

// sounds are the first and the further consonants of a word, those that
// spellings exchange as one: at least one letter.
func sounds(word string) string {
	out := make([]byte, 0, 8)
	for i := range len(word) {
		var c byte
		switch word[i] {
		case 'b', 'p':
			c = 'p'
		case 'f', 'v':
			c = 'f'
		case 'c', 'g', 'j', 'k', 'q', 'x':
			c = 'k'
		case 'd', 't', 'z':
			c = 't'
		case 'l', 'm', 'n', 'r', 's':
			c = word[i]
		case 'w':
			if i > 0 {
				continue
			}
			c = 'f'
		default:
			if i > 0 {
				continue
			}
			c = 'a'
		}
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return "-"
	}
	return string(out)
}

// rolesOf are the fields of work that roles belong to, and their words.
func rolesOf(roles []string) []string {
	var out []string
	for _, r := range roles {
		for w := range strings.FieldsSeq(strings.ToLower(r)) {
			w = strings.Trim(w, ".,;:'\"’“”()")
			if f := fieldOf(w); f != "" && !slices.Contains(out, f) {
				out = append(out, f)
			}
			if len(w) > 3 && !roleFiller[w] && !slices.Contains(out, w) && len(out) < 12 {
				out = append(out, w)
			}
		}
	}
	return out
}

// roleFiller are words of roles that say little of whose they are.
var roleFiller = wordSet("former deputy vice senior chief head leader member with from that this their which acting late then also 2nd first second longtime veteran")

// compareRoles is what roles say for or against one person: words or fields in
// common speak for it, fields that nobody works in at once against it.
func compareRoles(mine []string, theirs map[string]int) float64 {
	words, fields, others := 0, 0, 0
	for _, r := range mine {
		switch {
		case theirs[r] > 0 && r[0] == '#':
			fields++
		case theirs[r] > 0:
			words++
		}
	}
	mineFields := 0
	for _, r := range mine {
		if r[0] == '#' {
			mineFields++
		}
	}
	for r := range theirs {
		if r[0] == '#' {
			others++
		}
	}
	switch {
	case words > 0:
		return rolesAgree
	case fields > 0:
		return rolesAgree / 2
	case mineFields > 0 && others > 0:
		return rolesClash
	}
	return 0
}

// fieldOf is the field of work that a noun of a role tells, empty if none.
func fieldOf(word string) string {
	for _, w := range []string{word, strings.TrimSuffix(word, "s")} {
		if f := fields[w]; f != "" {
			return f
		}
	}
	return ""
}

var fields = func() map[string]string {
	m := map[string]string{}
	for field, words := range map[string]string{
		"#office": "president premier minister chancellor senator congressman congresswoman representative governor mayor lawmaker legislator parliament politician candidate nominee secretary " +
			"ambassador diplomat envoy councillor councilman councilwoman alderman king queen prince emir sultan mp cabinet opposition party spokesman spokeswoman spokesperson adviser strategist " +
			"delegate official commissioner government democrat republican activist campaign",
		"#arms":   "general colonel major captain sergeant lieutenant admiral soldier commander militia fighter rebel militant warlord officer army navy marine veteran insurgent",
		"#law":    "judge justice lawyer attorney prosecutor solicitor barrister magistrate sheriff detective police constable",
		"#sport":  "footballer striker goalkeeper midfielder defender quarterback pitcher coach player batsman bowler boxer golfer sprinter swimmer cyclist athlete champion tennis skier driver jockey",
		"#arts":   "actor actress singer musician composer painter novelist poet director comedian dancer rapper sculptor playwright screenwriter guitarist drummer filmmaker",
		"#press":  "journalist reporter correspondent editor columnist anchor presenter broadcaster photographer blogger commentator",
		"#trade":  "businessman businesswoman entrepreneur banker investor developer executive economist trader analyst chairman chairwoman ceo founder owner manager billionaire",
		"#study":  "professor scientist researcher historian physicist chemist biologist mathematician lecturer scholar sociologist political-scientist astronomer",
		"#health": "doctor surgeon nurse physician dentist psychiatrist epidemiologist paediatrician vet",
		"#faith":  "bishop priest imam rabbi pastor cardinal pope cleric ayatollah archbishop vicar monk preacher",
		"#labour": "farmer fisherman teacher plumber carpenter welder docker miner baker cook waiter shopkeeper driver mechanic electrician firefighter student pensioner resident witness neighbour victim",
	} {
		for _, w := range strings.Fields(words) {
			m[w] = field
		}
	}
	return m
}()

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// bodyWords are the words of an organisation's or a place's name that count: in
// a to z, without articles and little words, in British spelling.
func bodyWords(name string) []string {
	var out []string
	for f := range strings.FieldsFuncSeq(english.Bare(name), func(r rune) bool { return r == ' ' || r == '-' || r == '\u00a0' || r == '/' || r == '–' }) {
		w := letterOnly(strings.TrimSuffix(strings.TrimSuffix(f, "'s"), "’s"))
		if w == "" || bodyFiller[w] || english.Article(w) {
			continue
		}
		for _, s := range [][2]string{{"ization", "isation"}, {"izations", "isations"}, {"defense", "defence"}, {"center", "centre"}, {"labor", "labour"}, {"programme", "program"}} {
			if strings.HasSuffix(w, s[0]) {
				w = strings.TrimSuffix(w, s[0]) + s[1]
			}
		}
		out = append(out, w)
	}
	return out
}

var bodyFiller = wordSet("the of and for in on a inc ltd co corp llc plc gmbh")

// general reports whether a name of an organisation names no particular one:
// "the Foreign Ministry", "the police".
func general(name string) bool {
	words := bodyWords(name)
	for _, w := range words {
		if !generalWords[w] {
			return false
		}
	}
	return true
}

var generalWords = wordSet("ministry minister defence foreign interior justice finance health education police parliament government council court supreme high senate congress house assembly army " +
	"navy air force state national federal department office agency authority committee commission cabinet opposition party union bank central police university hospital school company group " +
	"board administration embassy consulate military security forces intelligence service city town county district regional local public general electoral election board affairs trade labour")

// bodies is how likely two names are of one organisation or place, as log-odds;
// minus infinity where they are of two.
func bodies(a, b string) float64 {
	x, y := bodyWords(a), bodyWords(b)
	if slices.Equal(x, y) {
		return sameName
	}
	// Spellings: Asa'ib Ahl al-Haq, Asaeb Ahl al-Haqq.
	i, k := strings.Join(x, ""), strings.Join(y, "")
	if len(i) >= 6 && len(k) >= 6 && !capitals(a) && !capitals(b) && Spelled(i, k) >= 0.8 {
		return sameName / 2
	}
	return math.Inf(-1)
}

// capitals reports whether a name is an acronym.
func capitals(name string) bool { return len(name) <= 6 && strings.ToUpper(name) == name }

// Learn adds roles that are known of p otherwise than by an article.
func Learn(p *Person, roles []string) {
	for _, r := range rolesOf(roles) {
		if p.Roles[r] == 0 {
			count(p.Roles, r, mostRoles)
		}
	}
}

// Of is what articles say of one person of a type, who is the actors at some
// places in each of them.
func Of(kind string, articles []*Article, places [][]int) *Person {
	p := &Person{Type: kind, Names: map[string]int{}, Roles: map[string]int{}, Company: map[string]int{}}
	j := New(nil)
	for n, a := range articles {
		f := factsOf(a)
		for _, i := range places[n] {
			if f[i].joins && !f[i].single {
				j.learn(p, a, &f[i], 1)
			}
		}
	}
	return p
}
