package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/relate/utterances"
)

// window is within how many days of each other two articles are compared.
const window = 60

// Link compares the articles that have not been compared with the others yet:
// which statements report one utterance, which articles print one text. What it
// finds it keeps as it goes, so that after an interrupt the rest is done by the
// next Link. told, if it is not nil, is called with how many articles were
// compared.
func (d *Desk) Link(ctx context.Context, told func(articles int)) error {
	pending, err := d.pending(ctx)
	if err != nil || len(pending) == 0 {
		return err
	}
	stats, err := d.store.Stats(ctx)
	if err != nil {
		return err
	}
	done := 0
	left := pending
	for _, g := range groups(pending) {
		l := &linker{
			store: d.store, told: told, index: utterances.NewIndex(window), texts: utterances.NewTexts(),
			of: map[int64]int64{}, members: map[int64][]int64{}, texted: map[int64]int64{},
			earlier: int64(len(left)) < stats.Articles, done: done,
		}
		if err := l.group(ctx, g, left, stats.Statements); err != nil {
			return err
		}
		done = l.done
		left = slices.DeleteFunc(slices.Clone(left), func(p archive.Pending) bool { return isPending(g, p.Version) })
	}
	return nil
}

// groups are those pending by the time that they are of, each by id: what an
// article is compared with has to be held in memory, and old articles that come
// with new ones must not call for all that lies between. Those whose day is not
// known come last.
func groups(pending []archive.Pending) [][]archive.Pending {
	byDay := slices.Clone(pending)
	slices.SortStableFunc(byDay, func(a, b archive.Pending) int { return cmp.Compare(a.Day, b.Day) })
	var out [][]archive.Pending
	for i, p := range byDay {
		if i == 0 || p.Day-byDay[i-1].Day > 2*window || byDay[i-1].Day == 0 && p.Day != 0 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], p)
	}
	for _, g := range out {
		slices.SortFunc(g, func(a, b archive.Pending) int { return cmp.Compare(a.Version, b.Version) })
	}
	if first := out[0]; first[0].Day == 0 {
		out = append(out[1:], first)
	}
	return out
}

// group links a group of articles; left are all that are not linked yet.
func (l *linker) group(ctx context.Context, g, left []archive.Pending, statements int64) error {
	since, until := span(g)
	if since == 0 && statements > mostHeld {
		today := archive.DayOf(time.Now().UTC().Format(time.DateOnly))
		since, until = today-window, today+window
	}
	// Those that were compared before come first: a new one may stand among them.
	if l.earlier {
		if err := l.remember(ctx, left, since, until); err != nil {
			return err
		}
	}
	for v, err := range l.store.Versions(ctx, archive.Selection{From: g[0].Version, Since: since, Until: until, Vectors: true}) {
		if err != nil {
			return err
		}
		if !isPending(g, v.ID) {
			continue
		}
		if err := l.link(ctx, v); err != nil {
			return err
		}
	}
	return l.flush(ctx)
}

// mostHeld is up to how many statements of an archive an article whose day is not
// known is compared with all of them; in a larger one it counts as one of today.
const mostHeld = 100_000

// pending lists all versions that have not been compared, by id.
func (d *Desk) pending(ctx context.Context) ([]archive.Pending, error) {
	var out []archive.Pending
	from := int64(0)
	for {
		list, err := d.store.Unlinked(ctx, from, 10_000)
		if err != nil || len(list) == 0 {
			return out, err
		}
		out = append(out, list...)
		from = list[len(list)-1].Version + 1
	}
}

func isPending(list []archive.Pending, id int64) bool {
	_, found := slices.BinarySearchFunc(list, id, func(p archive.Pending, id int64) int { return int(p.Version - id) })
	return found
}

// span are the days within which articles may be near one of those pending;
// both are 0, for any day, where the day of one is not known.
func span(pending []archive.Pending) (since, until archive.Day) {
	for i, p := range pending {
		if p.Day == 0 {
			return 0, 0
		}
		if i == 0 {
			since, until = p.Day, p.Day
		}
		since, until = min(since, p.Day), max(until, p.Day)
	}
	return max(1, since-window), until + window
}

// A linker compares articles, one after another.
type linker struct {
	store archive.Store
	told  func(int)
	index *utterances.Index
	texts *utterances.Texts

	earlier bool              // there are articles that were compared before
	of      map[int64]int64   // the utterance of statements, as far as it was asked for or told
	members map[int64][]int64 // the statements of those utterances
	texted  map[int64]int64   // the text of versions, likewise

	found []archive.Linking
	done  int
}

// remember puts what was compared before into the index.
func (l *linker) remember(ctx context.Context, left []archive.Pending, since, until archive.Day) error {
	for v, err := range l.store.Versions(ctx, archive.Selection{Since: since, Until: until, Vectors: true}) {
		if err != nil {
			return err
		}
		if isPending(left, v.ID) {
			continue
		}
		l.texts.Add(v.ID, v.Doc)
		for i := range v.Doc.Statements {
			s := statement(v, i, v.First+int64(i))
			l.index.Add(&s)
		}
	}
	return nil
}

// mostTies bounds how many ties of a statement are kept.
const mostTies = 8

// link compares a version with all before it.
func (l *linker) link(ctx context.Context, v *archive.Version) error {
	out := archive.Linking{Version: v.ID, Text: v.ID, Share: 1}
	if of, ok := l.texts.Add(v.ID, v.Doc); ok {
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
		links := l.index.Related(&said[i])
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
	if l.earlier {
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
	if l.earlier {
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

// KeepLinked links what is new every so often, until ctx ends or the archive
// refuses to be written to; failed, if it is not nil, is told of other errors.
func (d *Desk) KeepLinked(ctx context.Context, every time.Duration, failed func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		err := d.Link(ctx, nil)
		switch {
		case ctx.Err() != nil || errors.Is(err, archive.ErrReadOnly):
			return
		case err != nil && failed != nil:
			failed(err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
