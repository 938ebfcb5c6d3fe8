package desk

import (
	"context"
	"slices"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/relate/utterances"
)

// A linker compares articles, one after another, in the order of their days:
// what it holds in memory are the days that are near.
type linker struct {
	store  archive.Store
	told   func(int)
	linked bool // there are articles that were compared before
	done   int
	apart  map[couple]bool // statements that are not of one utterance

	index *utterances.Index
	texts *utterances.Texts
	swept archive.Day // when they were last told to forget
	since int         // how many articles were linked since then
	found []archive.Linking

	// What was asked of the archive, or found and not written yet.
	of      map[int64]int64   // the utterance of statements
	members map[int64][]int64 // the statements of those utterances
	texted  map[int64]int64   // the text of versions
}

// group links a group of articles; left are all that are not linked yet.
func (l *linker) group(ctx context.Context, g, left []archive.Dated, statements int64) error {
	since, until := span(g)
	if since == 0 && statements > mostHeld {
		today := archive.DayOf(time.Now().UTC().Format(time.DateOnly))
		since, until = today-window, today+window
	}
	calendar, err := l.store.Calendar(ctx, since, until)
	if err != nil {
		return err
	}
	var old, fresh []archive.Dated
	for _, x := range calendar {
		switch {
		case isPending(g, x.Version):
			fresh = append(fresh, x)
		case !isPending(left, x.Version):
			old = append(old, x)
		}
	}
	l.index, l.texts, l.swept, l.since = utterances.NewIndex(window), utterances.NewTexts(), 0, 0
	l.let()
	err = l.each(ctx, fresh, func(day archive.Day, v *archive.Version) error {
		// Those of the days to come that were compared before are there already.
		near := 0
		for near < len(old) && (day == 0 || old[near].Day <= day+window) {
			near++
		}
		if err := l.remember(ctx, old[:near]); err != nil {
			return err
		}
		old = old[near:]
		l.forget(day)
		return l.link(ctx, v)
	})
	if err != nil {
		return err
	}
	return l.flush(ctx)
}

// loaded is how many articles are held at a time beside the index.
const loaded = 200

// each hands on versions in the order of list, with their days; those that are
// gone are left out.
func (l *linker) each(ctx context.Context, list []archive.Dated, do func(day archive.Day, v *archive.Version) error) error {
	for part := range slices.Chunk(list, loaded) {
		ids := make([]int64, len(part))
		for i, x := range part {
			ids[i] = x.Version
		}
		versions := make(map[int64]*archive.Version, len(part))
		for v, err := range l.store.Versions(ctx, archive.Selection{IDs: ids, Vectors: true}) {
			if err != nil {
				return err
			}
			versions[v.ID] = v
		}
		for _, x := range part {
			if v := versions[x.Version]; v != nil {
				if err := do(x.Day, v); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// remember puts what was compared before into the index.
func (l *linker) remember(ctx context.Context, old []archive.Dated) error {
	return l.each(ctx, old, func(day archive.Day, v *archive.Version) error {
		l.texts.Add(v.ID, int(day), v.Doc)
		for i := range v.Doc.Statements {
			s := statement(v, i, v.Statement(i))
			l.index.Add(&s)
		}
		return nil
	})
}

// forget lets go of what is no longer near a day.
func (l *linker) forget(day archive.Day) {
	if l.since++; day < l.swept+window/4 && l.since < 5000 {
		return
	}
	l.swept, l.since = max(day, l.swept), 0
	l.index.Forget(int(l.swept - window))
	l.texts.Forget(int(l.swept - window))
}

// let lets go of what the archive can be asked for again.
func (l *linker) let() {
	l.of, l.members, l.texted = map[int64]int64{}, map[int64][]int64{}, map[int64]int64{}
}

// mostKnown bounds of how many statements and versions is remembered what the
// archive says.
const mostKnown = 200_000

// mostTies bounds how many ties of a statement are kept.
const mostTies = 8

// link compares a version with all before it.
func (l *linker) link(ctx context.Context, v *archive.Version) error {
	out := archive.Linking{Version: v.ID, Text: v.ID, Share: 1}
	if of, ok := l.texts.Add(v.ID, int(archive.DayOf(v.Doc.Published)), v.Doc); ok {
		text, err := l.text(ctx, of.ID)
		if err != nil {
			return err
		}
		out.Text, out.Share = text, of.Share
		l.texted[v.ID] = text
	}
	said := make([]utterances.Statement, len(v.Doc.Statements))
	for i := range said {
		said[i] = statement(v, i, v.Statement(i))
		links := slices.DeleteFunc(l.index.Related(&said[i]), func(k utterances.Link) bool { return l.apart[coupleOf(said[i].ID, k.ID)] })
		for _, k := range links[:min(len(links), mostTies)] {
			out.Ties = append(out.Ties, archive.Tie{Later: said[i].ID, Earlier: k.ID, Relation: string(k.Relation), Likelihood: k.Likelihood})
		}
		changed, err := l.join(ctx, said[i].ID, links)
		if err != nil {
			return err
		}
		out.Members = append(out.Members, changed...)
	}
	for i := range said {
		l.index.Add(&said[i])
	}
	l.found = append(l.found, out)
	if len(l.found) >= linkBatch {
		return l.flush(ctx)
	}
	return nil
}

// linkBatch is how many articles are written in a transaction.
const linkBatch = 200

// flush keeps what was found.
func (l *linker) flush(ctx context.Context) error {
	if err := l.store.Link(ctx, l.found...); err != nil {
		return err
	}
	l.done += len(l.found)
	l.found = nil
	if len(l.of)+len(l.texted) > mostKnown {
		l.let()
		l.linked = true
	}
	if l.told != nil {
		l.told(l.done)
	}
	return nil
}

// same is the likelihood from which a link by quoted words makes two utterances
// one, which were told apart before.
const same = 0.95

// join gives a statement to the utterance that its likeliest link is of, and
// makes one of all utterances whose quoted words it surely has. It returns who
// belongs to another utterance now.
func (l *linker) join(ctx context.Context, statement int64, links []utterances.Link) ([]archive.Member, error) {
	var changed []archive.Member
	to := int64(0)
	for _, k := range links {
		if !k.Relation.OneUtterance() {
			continue
		}
		utterance, err := l.utterance(ctx, k.ID)
		if err != nil {
			return nil, err
		}
		switch {
		case to == 0:
			to = utterance
		case utterance != to && k.Relation != utterances.Reported && k.Likelihood >= same:
			for _, m := range l.members[utterance] {
				changed = append(changed, l.put(m, to))
			}
			delete(l.members, utterance)
		}
	}
	if to == 0 {
		return nil, nil
	}
	if len(l.members[to]) == 1 { // it was an utterance of its own till now
		changed = append(changed, archive.Member{Statement: to, Utterance: to})
	}
	return append(changed, l.put(statement, to)), nil
}

func (l *linker) put(statement, utterance int64) archive.Member {
	l.of[statement] = utterance
	l.members[utterance] = append(l.members[utterance], statement)
	return archive.Member{Statement: statement, Utterance: utterance}
}

// utterance is the one that a statement belongs to.
func (l *linker) utterance(ctx context.Context, statement int64) (int64, error) {
	if u, ok := l.of[statement]; ok {
		return u, nil
	}
	if l.linked {
		u, list, err := l.store.Printings(ctx, statement)
		if err != nil {
			return 0, err
		}
		for _, c := range list {
			l.of[c.Statement] = u
			l.members[u] = append(l.members[u], c.Statement)
		}
		if len(list) > 0 {
			return u, nil
		}
	}
	l.put(statement, statement)
	return statement, nil
}

// text is the text that a version prints.
func (l *linker) text(ctx context.Context, version int64) (int64, error) {
	if t, ok := l.texted[version]; ok {
		return t, nil
	}
	t := version
	if l.linked {
		list, err := l.store.Copies(ctx, version)
		if err != nil {
			return 0, err
		}
		if len(list) > 0 {
			t = list[0].Text
		}
	}
	l.texted[version] = t
	return t, nil
}
