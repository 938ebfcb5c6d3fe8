package desk

import (
	"context"
	"slices"

	"whosaid/internal/archive"
	"whosaid/internal/news"
)

// Keep keeps entries, as Store.Keep of the archive does, and does what is to be
// done with articles that are new: it tells who their actors are. Every door
// that adds articles keeps them here.
func (d *Desk) Keep(ctx context.Context, entries ...*archive.Ready) ([]archive.Outcome, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	outcomes, err := d.keep(ctx, entries)
	if err != nil {
		d.who.forget() // what it knows of these articles is not kept
		return nil, err
	}
	return outcomes, nil
}

func (d *Desk) keep(ctx context.Context, entries []*archive.Ready) ([]archive.Outcome, error) {
	found, err := d.join(ctx, entries)
	if err != nil {
		return nil, err
	}
	if err := d.who.amend(entries); err != nil {
		return nil, err
	}
	// People come before the articles that name them, so that an end in between
	// leaves somebody without an article, and no article with nobody.
	var added []int64
	for _, f := range found {
		added = append(added, f.added...)
	}
	if err := d.put(ctx, added); err != nil {
		return nil, err
	}
	outcomes, err := d.store.Keep(ctx, entries...)
	if err != nil {
		return nil, err
	}
	var met []int64
	for i, f := range found {
		if o := outcomes[i].Status; o == archive.Present || o == archive.Refused {
			continue
		}
		for k := range entries[i].Shown.Statements {
			for _, id := range speakersOf(entries[i].Shown, entries[i].People, k) {
				if x := d.who.data[id]; x != nil {
					x.Statements++
				}
			}
		}
		for id, n := range f.said { // of the version whose place it takes
			if x := d.who.data[d.who.decided.lead(id)]; x != nil {
				x.Statements -= min(n, x.Statements)
				met = append(met, d.who.decided.lead(id))
			}
		}
		met = append(met, f.people...)
	}
	slices.Sort(met)
	met = slices.Compact(met)
	if err := d.put(ctx, met); err != nil {
		return nil, err
	}
	var gone []int64 // met in articles alone that were not kept
	for _, id := range added {
		if _, ok := slices.BinarySearch(met, id); !ok {
			gone = append(gone, id)
			d.who.joiner.Remove(id)
			delete(d.who.data, id)
		}
	}
	if len(gone) > 0 {
		err = d.store.RemovePeople(ctx, gone...)
	}
	return outcomes, err
}

// put writes what is known of people.
func (d *Desk) put(ctx context.Context, ids []int64) error {
	list, err := d.who.stored(ids)
	if err != nil || len(list) == 0 {
		return err
	}
	return d.store.PutPeople(ctx, list...)
}

// speakersOf are the people who speak in statement k of a document, each once;
// who is who its actors are.
func speakersOf(doc *news.Document, who []int64, k int) []int64 {
	if len(who) != len(doc.Actors) {
		return nil
	}
	var out []int64
	for _, s := range doc.Statements[k].Speakers {
		for i, a := range doc.Actors {
			if a.ID == s.Actor && who[i] != 0 && !slices.Contains(out, who[i]) {
				out = append(out, who[i])
			}
		}
	}
	return out
}

// Keeper is the archive with the Keep of the desk, for what fills a Store.
func (d *Desk) Keeper() archive.Store { return keeper{d.store, d} }

type keeper struct {
	archive.Store
	desk *Desk
}

// Keep is that of the desk.
func (k keeper) Keep(ctx context.Context, entries ...*archive.Ready) ([]archive.Outcome, error) {
	return k.desk.Keep(ctx, entries...)
}
