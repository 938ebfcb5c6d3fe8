package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/archive/pack"
	"whosaid/internal/archive/terms"
)

// PutPeople adds people or replaces them.
func (s *store) PutPeople(ctx context.Context, people ...archive.Person) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error {
		for _, p := range people {
			if err := w.putPerson(ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) putPerson(ctx context.Context, p archive.Person) error {
	var name string
	var names []byte
	known, err := w.get(ctx, "SELECT name, names FROM person WHERE id = ?", []any{p.ID}, &name, &names)
	if err != nil {
		return err
	}
	respelled := !known || name != p.Name || !bytes.Equal(names, pack.Strings(p.Names))
	if respelled {
		if err := w.removeSpellings(ctx, p.ID); err != nil {
			return err
		}
	}
	if err := w.exec(ctx, "INSERT OR REPLACE INTO person (id, name, type, names, data) VALUES (?, ?, ?, ?, ?)", p.ID, p.Name, p.Type, notNil(pack.Strings(p.Names)), notNil(p.Data)); err != nil {
		return err
	}
	if err := w.exec(ctx, "UPDATE counter SET last = max(last, ?) WHERE name = 'person'", p.ID); err != nil || !respelled {
		return err
	}
	for _, folded := range archive.Spellings(p) {
		var id int64
		if _, err := w.get(ctx, "INSERT INTO spelling (person, folded) VALUES (?, ?) RETURNING id", []any{p.ID, folded}, &id); err != nil {
			return err
		}
		if err := w.exec(ctx, "INSERT INTO spelling_part (rowid, folded) VALUES (?, ?)", id, folded); err != nil {
			return err
		}
	}
	return nil
}

// Resettle makes everybody who they are to be.
func (s *store) Resettle(ctx context.Context, r archive.Resettling) (decision int64, err error) {
	err = s.change(ctx, func(run context.Context, w *writer) error {
		c, err := w.counters(run)
		if err != nil {
			return err
		}
		if c.version != r.Last {
			return archive.ErrChanged
		}
		for p, err := range r.Put {
			if err = cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			if err := w.putPerson(run, p); err != nil {
				return err
			}
		}
		for _, a := range r.Assign {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := w.assign(run, a); err != nil {
				return fmt.Errorf("version %d: %w", a.Version, err)
			}
		}
		for _, id := range r.Remove {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := w.removePerson(run, id); err != nil {
				return err
			}
		}
		decision, err = w.decide(run, r.Decision)
		return err
	})
	if err != nil {
		return 0, err
	}
	return decision, nil
}

func notNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func (w *writer) removeSpellings(ctx context.Context, person int64) error {
	for {
		var id int64
		var folded string
		found, err := w.get(ctx, "DELETE FROM spelling WHERE id = (SELECT min(id) FROM spelling WHERE person = ?) RETURNING id, folded", []any{person}, &id, &folded)
		if err != nil || !found {
			return err
		}
		if err := w.exec(ctx, "INSERT INTO spelling_part (spelling_part, rowid, folded) VALUES ('delete', ?, ?)", id, folded); err != nil {
			return err
		}
	}
}

// NextPerson reserves ids.
func (s *store) NextPerson(ctx context.Context, n int) (id int64, err error) {
	err = s.change(ctx, func(ctx context.Context, w *writer) error {
		id, err = w.next(ctx, "person", n)
		return err
	})
	return id, err
}

const persons = "SELECT p.id, p.name, p.type, p.names, p.data FROM person p"

func scanPerson(scan func(...any) error) (p archive.Person, err error) {
	var names []byte
	if err := scan(&p.ID, &p.Name, &p.Type, &names, &p.Data); err != nil {
		return p, err
	}
	if len(p.Data) == 0 {
		p.Data = nil
	}
	p.Names, err = pack.UnpackStrings(names)
	return p, err
}

// AllPeople yields everybody.
func (r reading) AllPeople(ctx context.Context) iter.Seq2[archive.Person, error] {
	return r.PeopleFrom(ctx, 0)
}

// PeopleFrom yields those with an id of from or more.
func (r reading) PeopleFrom(ctx context.Context, from int64) iter.Seq2[archive.Person, error] {
	return batches(r.path, from, func(from int64) ([]archive.Person, error) {
		rows, err := r.q.QueryContext(ctx, persons+" WHERE p.id >= ? ORDER BY p.id LIMIT "+strconv.Itoa(batch), from)
		if err != nil {
			return nil, err
		}
		return collect(rows, scanPerson)
	}, func(p archive.Person) int64 { return p.ID })
}

// PeopleOf lists those of some ids.
func (r reading) PeopleOf(ctx context.Context, ids ...int64) ([]archive.Person, error) {
	var out []archive.Person
	for some := range slices.Chunk(ids, batch) {
		rows, err := r.q.QueryContext(ctx, persons+" WHERE p.id IN ("+places(len(some))+")", anys(some)...)
		if err != nil {
			return nil, tell(r.path, err)
		}
		list, err := collect(rows, scanPerson)
		if err != nil {
			return nil, tell(r.path, err)
		}
		out = append(out, archive.InOrder(list, some)...)
	}
	return out, nil
}

// PeopleNamed lists those who have a name, or a similar one. The trigrams of
// the name offer more than are wanted; archive.BestNamed chooses.
func (r reading) PeopleNamed(ctx context.Context, name string, limit int) ([]archive.Person, error) {
	words := terms.Name(name)
	var each, parts []string
	for _, w := range words {
		if len(w) >= 3 {
			each = append(each, `"`+w+`"`)
		}
		for i := 0; i+3 <= len(w); i++ {
			parts = append(parts, `"`+w[i:i+3]+`"`)
		}
	}
	ask := func(where string, arg any) ([]archive.Person, error) {
		rows, err := r.q.QueryContext(ctx, persons+" WHERE p.id IN ("+where+")", arg)
		if err != nil {
			return nil, tell(r.path, err)
		}
		list, err := collect(rows, scanPerson)
		return archive.BestNamed(list, name, limit), tell(r.path, err)
	}
	switch {
	case len(words) == 0:
		return nil, nil
	case len(each) == 0:
		return ask("SELECT person FROM spelling WHERE ' ' || folded || ' ' LIKE ? LIMIT 1000", "% "+words[0]+" %")
	}
	list, err := ask("SELECT person FROM spelling WHERE id IN (SELECT rowid FROM spelling_part WHERE spelling_part MATCH ? LIMIT 1000)", strings.Join(each, " AND "))
	if err != nil || len(list) > 0 {
		return list, err
	}
	return ask("SELECT person FROM spelling WHERE id IN (SELECT rowid FROM spelling_part WHERE spelling_part MATCH ? ORDER BY rank LIMIT 300)", strings.Join(parts, " OR "))
}

// PeopleLike lists those with a spelling that like takes.
func (r reading) PeopleLike(ctx context.Context, like func(folded string) bool, limit int) ([]archive.Person, error) {
	ids, err := r.spelled(ctx, like, limit)
	if err != nil || len(ids) == 0 {
		return nil, tell(r.path, err)
	}
	return r.PeopleOf(ctx, ids...)
}

func (r reading) spelled(ctx context.Context, like func(folded string) bool, limit int) ([]int64, error) {
	rows, err := r.q.QueryContext(ctx, "SELECT person, folded FROM spelling ORDER BY person")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for len(out) < limit && rows.Next() {
		var id int64
		var folded string
		if err := rows.Scan(&id, &folded); err != nil {
			return nil, err
		}
		if !slices.Contains(out, id) && like(folded) {
			out = append(out, id)
		}
	}
	return out, rows.Err()
}

// Assign says who the actors of versions are.
func (s *store) Assign(ctx context.Context, list ...archive.Assignment) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error {
		for _, a := range list {
			if err := w.assign(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) assign(ctx context.Context, a archive.Assignment) error {
	v, err := load(ctx, w.conn, a.Version)
	if err != nil {
		return err
	}
	if err := archive.CheckPeople(v, a.People); err != nil {
		return err
	}
	if err := w.untrace(ctx, v); err != nil {
		return err
	}
	a.People = archive.Cast(a.People)
	if err := w.exec(ctx, "UPDATE version SET people = ? WHERE id = ?", pack.IDs(a.People), v.ID); err != nil {
		return err
	}
	if !v.Current {
		return nil
	}
	var outlet int64
	if _, err := w.get(ctx, "SELECT outlet FROM version WHERE id = ?", []any{v.ID}, &outlet); err != nil {
		return err
	}
	v.People = a.People
	return w.trace(ctx, v.ID, outlet, archive.DayOf(v.Info.Published), archive.TracesOf(v.Doc, v.Places, v.People, v.First))
}

// trace writes what a current version has of people.
func (w *writer) trace(ctx context.Context, version, outlet int64, day archive.Day, list []archive.PersonTrace) error {
	for _, t := range list {
		if err := w.exec(ctx, "INSERT INTO trace (person, day, version, outlet, trace) VALUES (?, ?, ?, ?, ?)", t.Person, int64(day), version, outlet, t.Trace); err != nil {
			return err
		}
	}
	return nil
}

// untrace removes what a version has of people.
func (w *writer) untrace(ctx context.Context, v *archive.Version) error {
	done := map[int64]bool{0: true}
	for _, id := range v.People {
		if done[id] {
			continue
		}
		done[id] = true
		if err := w.exec(ctx, "DELETE FROM trace WHERE person = ? AND day = ? AND version = ?", id, int64(archive.DayOf(v.Info.Published)), v.ID); err != nil {
			return err
		}
	}
	return nil
}

// RemovePeople removes people.
func (s *store) RemovePeople(ctx context.Context, ids ...int64) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error {
		for _, id := range ids {
			if err := w.removePerson(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) removePerson(ctx context.Context, id int64) error {
	rows, err := w.conn.QueryContext(ctx, "SELECT version FROM trace WHERE person = ?", id)
	if err != nil {
		return err
	}
	versions, err := collect(rows, func(scan func(...any) error) (v int64, err error) { return v, scan(&v) })
	if err != nil {
		return err
	}
	for _, version := range versions {
		v, err := load(ctx, w.conn, version)
		if err != nil {
			return err
		}
		for i := range v.People {
			if v.People[i] == id {
				v.People[i] = 0
			}
		}
		if err := w.assign(ctx, archive.Assignment{Version: version, People: v.People}); err != nil {
			return err
		}
		if err := w.exec(ctx, "DELETE FROM trace WHERE person = ? AND day = ? AND version = ?", id, int64(archive.DayOf(v.Info.Published)), version); err != nil {
			return err
		}
	}
	if err := w.removeSpellings(ctx, id); err != nil {
		return err
	}
	return w.exec(ctx, "DELETE FROM person WHERE id = ?", id)
}

// Months counts current statements by month and kind.
func (r reading) Months(ctx context.Context) (map[archive.Month]int, error) {
	rows, err := r.q.QueryContext(ctx, "SELECT s.day, s.kind, count(*) FROM statement s JOIN version v ON v.id = s.version WHERE v.current = 1 GROUP BY s.day, s.kind")
	if err != nil {
		return nil, tell(r.path, err)
	}
	out := map[archive.Month]int{}
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		var day archive.Day
		var kind string
		var n int
		err = scan(&day, &kind, &n)
		out[archive.Month{Month: day.Month(), Kind: kind}] += n
		return none, err
	})
	return out, tell(r.path, err)
}

// Traces yields what current versions have of a person, newest day first.
func (r reading) Traces(ctx context.Context, person int64) iter.Seq2[archive.Trace, error] {
	return func(yield func(archive.Trace, error) bool) {
		day, version := int64(1)<<40, int64(0)
		for {
			rows, err := r.q.QueryContext(ctx, `SELECT t.day, t.version, coalesce(o.name, ''), t.trace FROM trace t LEFT JOIN outlet o ON o.id = t.outlet
				WHERE t.person = ? AND (t.day, t.version) < (?, ?) ORDER BY t.day DESC, t.version DESC LIMIT `+strconv.Itoa(16*batch), person, day, version)
			if err != nil {
				yield(archive.Trace{}, tell(r.path, err))
				return
			}
			list, err := collect(rows, func(scan func(...any) error) (t archive.Trace, err error) {
				var data []byte
				if err := scan(&t.Day, &t.Version, &t.Outlet, &data); err != nil {
					return t, err
				}
				t.Trace, err = pack.UnpackTrace(data)
				return t, err
			})
			if err != nil {
				yield(archive.Trace{}, tell(r.path, err))
				return
			}
			for _, t := range list {
				if !yield(t, nil) {
					return
				}
				day, version = int64(t.Day), t.Version
			}
			if len(list) < 16*batch {
				return
			}
		}
	}
}
