package desk

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"whosaid/internal/archive"
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
	l := &linker{store: d.store, told: told, linked: int64(len(pending)) < stats.Articles}
	if l.apart, err = d.partedNow(ctx); err != nil {
		return err
	}
	left := pending
	for _, g := range groups(pending) {
		if err := l.group(ctx, g, left, stats.Statements); err != nil {
			return err
		}
		left = slices.DeleteFunc(slices.Clone(left), func(p archive.Dated) bool { return isPending(g, p.Version) })
		l.linked = true
	}
	return nil
}

// groups are those pending by the time that they are of, each by id: what an
// article is compared with has to be held in memory, and old articles that come
// with new ones must not call for all that lies between. Those whose day is not
// known come last.
func groups(pending []archive.Dated) [][]archive.Dated {
	byDay := slices.Clone(pending)
	slices.SortStableFunc(byDay, func(a, b archive.Dated) int { return cmp.Compare(a.Day, b.Day) })
	var out [][]archive.Dated
	for i, p := range byDay {
		if i == 0 || p.Day-byDay[i-1].Day > 2*window || byDay[i-1].Day == 0 && p.Day != 0 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], p)
	}
	for _, g := range out {
		slices.SortFunc(g, func(a, b archive.Dated) int { return cmp.Compare(a.Version, b.Version) })
	}
	if first := out[0]; first[0].Day == 0 {
		out = append(out[1:], first)
	}
	return out
}

// mostHeld is up to how many statements of an archive an article whose day is not
// known is compared with all of them; in a larger one it counts as one of today.
const mostHeld = 100_000

// pending lists all versions that have not been compared, by id.
func (d *Desk) pending(ctx context.Context) ([]archive.Dated, error) {
	var out []archive.Dated
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

func isPending(list []archive.Dated, id int64) bool {
	_, found := slices.BinarySearchFunc(list, id, func(p archive.Dated, id int64) int { return int(p.Version - id) })
	return found
}

// span are the days within which articles may be near one of those pending: from
// day 0 on, for any day, where the day of one is not known.
func span(pending []archive.Dated) (since, until archive.Day) {
	for i, p := range pending {
		if p.Day == 0 {
			return 0, math.MaxInt32
		}
		if i == 0 {
			since, until = p.Day, p.Day
		}
		since, until = min(since, p.Day), max(until, p.Day)
	}
	return max(1, since-window), until + window
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
