package actors

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// actors turns the clusters into actors, in the order of their first mention.
func (r *reading) actors() []news.Actor {
	order := make([]int, 0, len(r.clusters))
	for c := range r.clusters {
		k := &r.clusters[c]
		if len(k.mentions) == 0 {
			continue
		}
		slices.Sort(k.mentions)
		order = append(order, c)
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(r.clusters[a].mentions[0], r.clusters[b].mentions[0]) })
	var list []news.Actor
	for _, c := range order {
		k := &r.clusters[c]
		a := news.Actor{ID: "a" + strconv.Itoa(len(list)+1), Type: r.typeOf(k), Named: len(k.names) > 0, Name: r.nameOf(k)}
		for _, i := range k.mentions {
			m := r.mentions[i]
			a.Mentions = append(a.Mentions, news.Mention{Span: m.Span, Form: m.form, Confidence: m.sure})
		}
		list = append(list, a)
	}
	return list
}

// typeOf is what an actor is: a nominal that was never named is a role, or a
// group where it is plural.
func (r *reading) typeOf(k *cluster) string {
	if len(k.names) == 0 && k.kind == person {
		p := english.Phrases(r.text, r.mentions[k.mentions[0]].Span, func(news.Span) bool { return false })
		if len(p) > 0 && english.Plural(english.Bare(p[0].Head(r.text))) {
			return group
		}
		return role
	}
	kinds := map[string]int{}
	best := k.kind
	for _, i := range k.mentions {
		kinds[r.mentions[i].kind]++
		if kinds[r.mentions[i].kind] > kinds[best] {
			best = r.mentions[i].kind
		}
	}
	return best
}

// nameOf is the fullest name that the article gives, in the spelling it uses
// most; of an actor never named the shortest description.
func (r *reading) nameOf(k *cluster) string {
	type spelling struct {
		text         string
		words, times int
		shouted      bool
		given        string
	}
	var list []spelling
	seen := map[string]int{}
	from := k.names
	if len(from) == 0 {
		from = k.mentions
	}
	for _, i := range from {
		m := r.mentions[i]
		text := strings.Join(strings.Fields(m.Text(r.text)), " ")
		if at, ok := seen[text]; ok {
			list[at].times++
			continue
		}
		seen[text] = len(list)
		n := len(m.name.words)
		if m.kind != person {
			n = m.words
		}
		shouted := text == strings.ToUpper(text) && n > 1 || text == strings.ToLower(text)
		given := ""
		if m.name.full() {
			given = m.name.words[0]
		}
		list = append(list, spelling{text, n, 1, shouted, given})
	}
	best := slices.MinFunc(list, func(a, b spelling) int {
		if len(k.names) == 0 {
			return cmp.Or(cmp.Compare(pronounLast(a.text), pronounLast(b.text)), utf8.RuneCountInString(a.text)-utf8.RuneCountInString(b.text))
		}
		full := func(s spelling) int {
			if s.words > 1 {
				return 0
			}
			return 1
		}
		return cmp.Or(full(a)-full(b), cmp.Compare(truth(a.shouted), truth(b.shouted)), formal(a.given, b.given), b.times-a.times, b.words-a.words)
	})
	return best.text
}

func pronounLast(text string) int {
	_, ok := english.PronounOf(text)
	return truth(ok)
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// formal prefers a given name to its short form: negative where a is the given
// name of which b is short, positive in the other case.
func formal(a, b string) int {
	if a == b || shortForms[a] == "" || shortForms[a] != shortForms[b] {
		return 0
	}
	return cmp.Compare(truth(shortForms[b] == b), truth(shortForms[a] == a))
}
