package relations

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// A mention is one of an actor's.
type mention struct {
	news.Span
	actor int
	form  string
}

func (m mention) named() bool { return m.form == "name" || m.form == "short" || m.form == "acronym" }

// A finder collects ties.
type finder struct {
	doc      *news.Document
	text     string
	mentions []mention // by start, the longer first
	reach    []int     // the furthest end of mentions[:i+1]
	byID     map[string]int
	bodies   map[string]string // name of an organisation, lower case -> id of the actor
	names    map[string]int    // what a mention by name says, lower case -> actor
	contents []content
	left     map[string]bool // actor's id and an office that the article calls former
	found    []tie
}

func newFinder(doc *news.Document) *finder {
	f := &finder{doc: doc, text: doc.Text, byID: map[string]int{}, bodies: map[string]string{}, names: map[string]int{}, left: map[string]bool{}}
	for i, a := range doc.Actors {
		f.byID[a.ID] = i
		for _, m := range a.Mentions {
			f.mentions = append(f.mentions, mention{m.Span, i, m.Form})
			if m.Form == "name" || m.Form == "short" || m.Form == "acronym" {
				f.names[strings.ToLower(m.Text(doc.Text))] = i
			}
		}
		if a.Type == "organisation" {
			f.bodies[strings.ToLower(strings.TrimPrefix(a.Name, "The "))] = a.ID
		}
	}
	slices.SortStableFunc(f.mentions, func(a, b mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	reach := 0
	for _, m := range f.mentions {
		reach = max(reach, m.End)
		f.reach = append(f.reach, reach)
	}
	f.contents = contents(doc.Statements)
	return f
}

// add notes a tie of two actors, the second one by its id or as words.
func (f *finder) add(kind string, from int, to string, evidence news.Span, by string) *tie {
	f.found = append(f.found, tie{Relation: news.Relation{Type: kind, From: f.doc.Actors[from].ID, To: to, Evidence: evidence, By: by}})
	return &f.found[len(f.found)-1]
}

// nameless reports whether id is an actor that the article never names: "a
// spokesman" is tied to nobody for long.
func (f *finder) nameless(id string) bool {
	i, ok := f.byID[id]
	return ok && !f.doc.Actors[i].Named
}

func (f *finder) id(m mention) string { return f.doc.Actors[m.actor].ID }

func (f *finder) person(m mention) bool { return f.kind(m.actor) == "person" }

func (f *finder) kind(actor int) string {
	switch t := f.doc.Actors[actor].Type; t {
	case "role", "group":
		return "person"
	default:
		return t
	}
}

// before is how many mentions begin before byte position at.
func (f *finder) before(at int) int {
	return sort.Search(len(f.mentions), func(i int) bool { return f.mentions[i].Start >= at })
}

// within are the mentions that lie in s, outermost ones only.
func (f *finder) within(s news.Span) []mention {
	var in []mention
	end := s.Start
	for i := f.before(s.Start); i < len(f.mentions) && f.mentions[i].Start < s.End; i++ {
		if m := f.mentions[i]; m.Start >= end && m.End <= s.End {
			in = append(in, m)
			end = m.End
		}
	}
	return in
}

// endsAt is the longest mention that ends at byte position at, or nil. It looks
// at the last few that begin before.
func (f *finder) endsAt(at int) *mention {
	i := f.before(at)
	var best *mention
	for n := 0; n < 8 && i > 0 && f.reach[i-1] >= at; n++ {
		i--
		if f.mentions[i].End == at {
			best = &f.mentions[i]
		}
	}
	return best
}

// near is the mention of actor that is nearest to s, by the gap between them,
// at most 200 bytes away, or nil.
func (f *finder) near(actor int, s news.Span) *mention {
	var best *mention
	gap := 200
	list := f.doc.Actors[actor].Mentions
	for i := sort.Search(len(list), func(i int) bool { return list[i].Start >= s.Start-400 }); i < len(list) && list[i].Start < s.End+200; i++ {
		m := list[i]
		d := max(m.Start-s.End, s.Start-m.End, 0)
		if d < gap {
			gap, best = d, &mention{m.Span, actor, m.Form}
		}
	}
	return best
}

// cover is the shortest span that holds both.
func cover(a, b news.Span) news.Span {
	return news.Span{Start: min(a.Start, b.Start), End: max(a.End, b.End)}
}

// A token is one word of a phrase, lower case, without marks at its ends.
type token struct {
	news.Span
	low     string
	capital bool
}

// tokens are the words of s.
func (f *finder) tokens(s news.Span) []token {
	var out []token
	for i := s.Start; i < s.End; {
		r, size := utf8.DecodeRuneInString(f.text[i:s.End])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		end := i
		for end < s.End {
			r, size := utf8.DecodeRuneInString(f.text[end:s.End])
			if unicode.IsSpace(r) {
				break
			}
			end += size
		}
		word := strings.TrimFunc(f.text[i:end], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if word != "" {
			first, _ := utf8.DecodeRuneInString(word)
			start := i + strings.Index(f.text[i:end], word)
			low := strings.ReplaceAll(strings.ToLower(word), "’", "'")
			out = append(out, token{news.Span{Start: start, End: start + len(word)}, low, unicode.IsUpper(first)})
		}
		i = end
	}
	return out
}
