package people

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// An Actor is an actor of an article, as the article has it.
type Actor struct {
	Name  string
	Type  string   // person, organisation, place; others are nobody across articles
	Named bool     // the article gives a name
	Names []string // its mentions by name, Name apart
	Roles []string // the roles and titles that it is given
}

// An Article is what is told of one article to join its actors.
type Article struct {
	Day    int // of publication, in days; 0 where it is not known
	Actors []Actor
	Before []int64 // who acts in it as it was read before: of them it says nothing twice
}

// A Match is who an actor is.
type Match struct {
	Person     int64   // 0 for nobody known
	New        bool    // met here first
	Confidence float64 // that it is this person, 0 to 1
}

// A Person is a person or an organisation across articles, as far as it is
// needed to tell whether an actor is the same.
type Person struct {
	ID       int64          `json:"-"`
	Type     string         `json:"-"`
	Names    map[string]int `json:"names"`             // spellings, with the articles that have them
	Roles    map[string]int `json:"roles,omitempty"`   // fields of work and words of roles
	Company  map[string]int `json:"company,omitempty"` // folded names of those that articles have beside it
	First    int            `json:"first,omitempty"`   // day
	Last     int            `json:"last,omitempty"`
	Articles int            `json:"articles,omitempty"`
	Sure     float64        `json:"sure,omitempty"`   // sum of the confidence of its articles
	Least    float64        `json:"least,omitempty"`  // the confidence of the least sure, of those with a whole name
	Roster   bool           `json:"roster,omitempty"` // somebody has said that there is this person
	Shown    string         `json:"shown,omitempty"`  // the name that somebody has chosen

	parsed []Name // of Names, without those of one word
}

// How much is kept of a person: the most frequent.
const (
	mostRoles   = 24
	mostCompany = 48
	mostBlock   = 200 // people of like names that an actor is compared with
)

// What speaks for an actor's being a person, as log-odds. Set by hand on
// articles with people of one name.
const (
	sameName    = 2.0
	unlikeName  = -0.9 // names that are just alike enough; others lie between, and need some evidence
	rolesAgree  = 1.2
	rolesClash  = -1.8 // a footballer is no minister
	companyKept = 1.0
	noCompany   = -0.7
	longSilence = -0.6 // more than a generation between them
	onRoster    = 0.8
	enough      = 0.7 // from here on it is the same person
)

// generation is how many days make a long silence.
const generation = 20 * 365

// A Joiner knows people and tells who the actors of further articles are. It
// must not be used by many goroutines at once: who came first decides.
type Joiner struct {
	next   func() int64
	people map[int64]*Person
	exact  map[string][]*Person // by all words of a name
	block  map[string][]*Person // by what spellings of a name have in common
}

// New makes a Joiner that knows nobody; next gives the id of somebody new.
func New(next func() int64) *Joiner {
	return &Joiner{next: next, people: map[int64]*Person{}, exact: map[string][]*Person{}, block: map[string][]*Person{}}
}

// Add makes a person known, or replaces the one of the same id.
func (j *Joiner) Add(p *Person) {
	j.Remove(p.ID)
	j.people[p.ID] = p
	for _, name := range sortedKeys(p.Names) {
		j.index(p, name)
	}
}

// Person is the person of an id; nil if there is none.
func (j *Joiner) Person(id int64) *Person { return j.people[id] }

// Remove forgets a person.
func (j *Joiner) Remove(id int64) {
	p := j.people[id]
	if p == nil {
		return
	}
	delete(j.people, id)
	is := func(o *Person) bool { return o == p }
	for name := range p.Names {
		e := exactKey(p.Type, name)
		j.exact[e] = slices.DeleteFunc(j.exact[e], is)
		for _, k := range blockKeys(p.Type, name) {
			j.block[k] = slices.DeleteFunc(j.block[k], is)
		}
	}
	p.parsed = nil
}

// index enters a name of p.
func (j *Joiner) index(p *Person, name string) {
	add := func(m map[string][]*Person, key string) {
		if list := m[key]; !slices.Contains(list, p) {
			m[key] = append(list, p)
		}
	}
	if key := exactKey(p.Type, name); key != "" {
		add(j.exact, key)
	}
	for _, k := range blockKeys(p.Type, name) {
		add(j.block, k)
	}
	if p.Type == person {
		if n := Parse(name); n.Only == "" && !slices.ContainsFunc(p.parsed, func(o Name) bool { return o.equal(n) }) {
			p.parsed = append(p.parsed, n)
		}
	}
}

// Join tells who the actors of an article are, and learns from it. A single
// word that may be a family name joins the one actor of the article that has
// this name, or somebody whom a roster gives this name; else it is nobody.
func (j *Joiner) Join(a *Article) []Match { return j.JoinOthers(a, nil) }

// JoinOthers is Join of an article of which it is known of some actors who they
// are, 0 of the others: of those it learns nothing any more. It is nil where
// nothing is known.
func (j *Joiner) JoinOthers(a *Article, known []int64) []Match {
	out := make([]Match, len(a.Actors))
	for i, id := range known {
		if id != 0 {
			out[i] = Match{Person: id, Confidence: 1}
		}
	}
	f := factsOf(a)
	for i := range a.Actors {
		if known != nil && known[i] != 0 {
			continue
		}
		if f[i].joins && !f[i].single {
			out[i] = j.find(a, &f[i], out)
			if out[i].Person == 0 {
				p := &Person{ID: j.next(), Type: f[i].actor.Type, Names: map[string]int{}, Roles: map[string]int{}, Company: map[string]int{}}
				j.people[p.ID] = p
				out[i] = Match{Person: p.ID, New: true, Confidence: 1}
			}
		}
		if f[i].joins && !f[i].single {
			j.learn(j.people[out[i].Person], a, &f[i], out[i].Confidence)
		}
	}
	for i := range a.Actors {
		if f[i].joins && f[i].single && out[i].Person == 0 {
			out[i] = j.part(f, out, i)
			if out[i].Person != 0 {
				j.learn(j.people[out[i].Person], a, &f[i], out[i].Confidence)
			}
		}
	}
	return out
}

// part is who an actor is that has a single word for a name.
func (j *Joiner) part(f []facts, out []Match, i int) Match {
	var found Match
	for k := range f {
		if k == i || out[k].Person == 0 || f[k].single || f[k].actor.Type != person {
			continue
		}
		if f[k].name.part(f[i].name.Only) > 0 && out[k].Person != found.Person {
			if found.Person != 0 {
				return Match{} // two of the name
			}
			found = Match{Person: out[k].Person, Confidence: 0.8 * out[k].Confidence}
		}
	}
	if found.Person != 0 {
		return found
	}
	for _, p := range j.exact[exactKey(person, f[i].actor.Name)] {
		if p.Roster {
			if found.Person != 0 {
				return Match{}
			}
			found = Match{Person: p.ID, Confidence: 0.7}
		}
	}
	return found
}

// find is the likeliest person that an actor is, none where nobody is likely
// enough. Others of the article are taken already.
func (j *Joiner) find(a *Article, f *facts, taken []Match) Match {
	best, second := Match{}, 0.0
	score := math.Inf(-1)
	try := func(list []*Person) {
		for _, p := range list {
			s := j.weigh(a, f, p)
			if s < enough || slices.ContainsFunc(taken, func(m Match) bool { return m.Person == p.ID && s < sameName }) {
				continue
			}
			if s > score || s == score && p.ID < best.Person {
				score, second = s, score
				best.Person = p.ID
			} else {
				second = max(second, s)
			}
		}
	}
	try(foremost(j.exact[f.exact]))
	if best.Person == 0 {
		seen := map[int64]bool{}
		for _, k := range f.blocks {
			for _, p := range foremost(j.block[k]) {
				if !seen[p.ID] {
					seen[p.ID] = true
					try([]*Person{p})
				}
			}
		}
	}
	if best.Person != 0 {
		best.Confidence = 1 / (1 + math.Exp(-score))
		if second > score-0.5 && !math.IsInf(second, -1) && second >= enough {
			best.Confidence /= 2 // another one is as likely
		}
	}
	return best
}

// foremost are people that an actor is compared with: where they are many, those
// met most often, who are the likeliest.
func foremost(list []*Person) []*Person {
	if len(list) <= mostBlock {
		return list
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y *Person) int { return cmp.Or(cmp.Compare(y.Articles, x.Articles), cmp.Compare(x.ID, y.ID)) })
	return list[:mostBlock]
}

// weigh is the log-odds that an actor is a person.
func (j *Joiner) weigh(a *Article, f *facts, p *Person) float64 {
	if p.Type != f.actor.Type {
		return math.Inf(-1)
	}
	s := j.names(f, p)
	if math.IsInf(s, -1) {
		return s
	}
	s += compareRoles(f.roles, p.Roles)
	shared := 0
	for _, c := range f.company {
		if p.Company[c] > 0 {
			shared++
		}
	}
	switch {
	case shared > 0:
		s += companyKept
	case len(f.company) >= 3 && len(p.Company) >= 3:
		s += noCompany
	}
	if a.Day > 0 && p.First > 0 && (a.Day < p.First-generation || a.Day > p.Last+generation) {
		s += longSilence
	}
	if p.Roster {
		s += onRoster
	}
	return s
}

// names is what names alone say, minus infinity for two names.
func (j *Joiner) names(f *facts, p *Person) float64 {
	if p.Type != person {
		best := math.Inf(-1)
		for name := range p.Names {
			best = max(best, bodies(f.actor.Name, name))
		}
		return best
	}
	if slices.ContainsFunc(p.parsed, f.name.equal) {
		return sameName
	}
	best := 0.0
	for _, n := range p.parsed {
		s := f.name.Alike(n)
		if s == 0 && f.name.family(n) > 0 {
			return math.Inf(-1) // Ida P. Brandt is not Ida Brandt who is Ida M. Brandt
		}
		best = max(best, s)
	}
	if best < Same {
		return math.Inf(-1)
	}
	return unlikeName + (sameName-unlikeName-0.1)*(best-Same)/(1-Same)
}

// learn adds an article to what is known of a person.
func (j *Joiner) learn(p *Person, a *Article, f *facts, confidence float64) {
	again := slices.Contains(a.Before, p.ID)
	for i, name := range append([]string{f.actor.Name}, f.actor.Names...) {
		if name == "" || i > 0 && p.Type == person && len(strings.Fields(name)) < 2 {
			continue // a family name alone is nothing to know somebody by
		}
		if f.single && p.Names[name] == 0 {
			continue
		}
		if p.Names[name] == 0 {
			p.Names[name] = 1
			j.index(p, name)
		} else if !again {
			p.Names[name]++
		}
	}
	if again {
		return
	}
	for _, r := range f.roles {
		count(p.Roles, r, mostRoles)
	}
	for _, c := range f.company {
		count(p.Company, c, mostCompany)
	}
	if a.Day > 0 {
		if p.First == 0 || a.Day < p.First {
			p.First = a.Day
		}
		p.Last = max(p.Last, a.Day)
	}
	p.Articles++
	p.Sure += confidence
	if !f.single {
		p.Least = Least(p.Least, confidence)
	}
}

// Least is the lesser of two confidences, of which 0 is one that is not known.
func Least(a, b float64) float64 {
	if a == 0 || b > 0 && b < a {
		return b
	}
	return a
}

// count counts a word among at most so many; a full list forgets, by turns, what
// it has met least.
func count(m map[string]int, word string, most int) {
	if _, ok := m[word]; !ok && len(m) >= most {
		least := ""
		for w, n := range m {
			if least == "" || n < m[least] || n == m[least] && w < least {
				least = w
			}
		}
		if m[least]--; m[least] > 0 {
			return
		}
		delete(m, least)
	}
	m[word]++
}

func sortedKeys(m map[string]int) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
