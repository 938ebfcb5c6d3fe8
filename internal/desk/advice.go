package desk

import (
	"context"
	"fmt"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
)

// mostAdvice bounds what is said about a query that finds nothing, and
// mostTried how many of its words are looked for alone.
const (
	mostAdvice = 3
	mostTried  = 12
)

// Advice says why a query finds nothing, and what would find something: a few
// sentences without a full stop, the most useful first.
func (d *Desk) Advice(ctx context.Context, q archive.Query) ([]string, error) {
	if last, err := d.store.Last(ctx); err != nil || last == 0 {
		return []string{"the archive is empty: whosaid add brings articles in"}, err
	}
	a := advisor{d: d, ctx: ctx}
	said, err := terms.Parse(q.Words)
	if err != nil {
		return nil, err
	}
	a.words(said)
	a.flags(q)
	if len(a.out) == 0 && said != nil && a.err == nil {
		a.say("no statement has all of it at once; OR between words finds those with one of them")
	}
	return a.out[:min(len(a.out), mostAdvice)], a.err
}

// An advisor tries what a query would find if it asked for less.
type advisor struct {
	d     *Desk
	ctx   context.Context
	tried int
	out   []string
	err   error
}

func (a *advisor) say(format string, args ...any) {
	a.out = append(a.out, fmt.Sprintf(format, args...))
}

// finds reports whether a query finds anything.
func (a *advisor) finds(q archive.Query) bool {
	q.Limit, q.Skip = 1, 0
	if a.err != nil {
		return false
	}
	f, err := a.d.Search(a.ctx, q)
	a.err = err
	return len(f.Hits) > 0
}

// words says which words and phrases of a query stand in no statement.
func (a *advisor) words(q *terms.Query) {
	switch {
	case q == nil:
	case q.Op == terms.Not:
		a.words(q.Parts[0])
	case q.Op != terms.Phrase:
		for _, part := range q.Parts {
			a.words(part)
		}
	case a.tried < mostTried:
		a.tried++
		a.phrase(q)
	}
}

func (a *advisor) phrase(q *terms.Query) {
	var list []string
	for _, w := range q.Words {
		list = append(list, w.Folded)
	}
	words := strings.Join(list, " ")
	asked := words
	switch {
	case q.Prefix:
		asked += "*"
	case q.Exact || len(q.Words) > 1:
		asked = `"` + words + `"`
	}
	switch {
	case a.finds(archive.Query{Words: asked}) || a.err != nil:
	case q.Exact && a.finds(archive.Query{Words: words}):
		a.say(`no statement has "%s" in these very forms, one after another; without the quotation marks some have the words`, words)
	case len(q.Words) > 1:
		a.say(`no statement has "%s"`, words)
	default:
		a.say(`no statement has "%s"%s`, words, a.known(words))
	}
}

// known tells whose name a word may be that no statement has.
func (a *advisor) known(word string) string {
	people, how, err := a.d.named(a.ctx, word)
	if err != nil {
		a.err = err
	}
	if len(people) == 0 || how == similar {
		return ""
	}
	return fmt.Sprintf(", but the archive knows %s: whosaid person '#%d', or --speaker or --about with the name", people[0].Name, people[0].ID)
}

// flags says which single one, left out, would let something be found.
func (a *advisor) flags(q archive.Query) {
	without := func(flag string, set bool, drop func(*archive.Query)) {
		if !set {
			return
		}
		less := q
		less.Spelled = nil
		if drop(&less); a.finds(less) {
			a.say("without %s something is found", flag)
		}
	}
	without("--speaker "+quoted(q.Speaker), q.Speaker != "", func(q *archive.Query) { q.Speaker = "" })
	without("--about "+quoted(q.About), q.About != "", func(q *archive.Query) { q.About = "" })
	without("--outlet", len(q.Outlets) > 0, func(q *archive.Query) { q.Outlets = nil })
	without("--kind", len(q.Kinds) > 0, func(q *archive.Query) { q.Kinds = nil })
	without("--form", len(q.Forms) > 0, func(q *archive.Query) { q.Forms = nil })
	without("--since and --to", q.Since != "" || q.To != "", func(q *archive.Query) { q.Since, q.To = "", "" })
}

// quoted is a name as it is written on a command line.
func quoted(name string) string {
	if strings.ContainsRune(name, ' ') {
		return "'" + name + "'"
	}
	return name
}
