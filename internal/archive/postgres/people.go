package postgres

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"whosaid/internal/archive"
	"whosaid/internal/archive/pack"
	"whosaid/internal/archive/terms"
)

// PutPeople adds people or replaces them.
func (s *store) PutPeople(ctx context.Context, people ...archive.Person) error {
	return s.change(ctx, func(tx pgx.Tx) error { return putPeople(ctx, tx, people) })
}

func putPeople(ctx context.Context, tx pgx.Tx, people []archive.Person) error {
	b := &pgx.Batch{}
	for _, p := range people {
		b.Queue("DELETE FROM spelling WHERE person = $1", p.ID)
		b.Queue(`INSERT INTO person (id, name, type, names, data) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (id) DO UPDATE SET name = $2, type = $3, names = $4, data = $5`, p.ID, p.Name, p.Type, notNil(pack.Strings(p.Names)), notNil(p.Data))
		b.Queue("UPDATE counter SET last = greatest(last, $1) WHERE name = 'person'", p.ID)
		b.Queue("INSERT INTO spelling (person, folded) SELECT $1, unnest($2::text[])", p.ID, archive.Spellings(p))
	}
	return tx.SendBatch(ctx, b).Close()
}

// Resettle makes everybody who they are to be.
func (s *store) Resettle(ctx context.Context, r archive.Resettling) (decision int64, err error) {
	err = s.change(ctx, func(tx pgx.Tx) error {
		var last int64
		if err := tx.QueryRow(ctx, "SELECT last FROM counter WHERE name = 'version'").Scan(&last); err != nil {
			return err
		}
		if last != r.Last {
			return archive.ErrChanged
		}
		var some []archive.Person
		for p, err := range r.Put {
			if err != nil {
				return err
			}
			if some = append(some, p); len(some) == batch {
				if err := putPeople(ctx, tx, some); err != nil {
					return err
				}
				some = some[:0]
			}
		}
		if err := putPeople(ctx, tx, some); err != nil {
			return err
		}
		for _, a := range r.Assign {
			if err := assign(ctx, tx, a); err != nil {
				return fmt.Errorf("version %d: %w", a.Version, err)
			}
		}
		for _, id := range r.Remove {
			if err := removePerson(ctx, tx, id); err != nil {
				return err
			}
		}
		decision, err = decide(ctx, tx, r.Decision)
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

// NextPerson reserves ids.
func (s *store) NextPerson(ctx context.Context, n int) (id int64, err error) {
	err = s.change(ctx, func(tx pgx.Tx) error {
		id, err = next(ctx, tx, "person", n)
		return err
	})
	return id, err
}

// next reserves n ids and returns the first.
func next(ctx context.Context, tx pgx.Tx, name string, n int) (int64, error) {
	var last int64
	err := tx.QueryRow(ctx, "UPDATE counter SET last = last + $1 WHERE name = $2 RETURNING last", n, name).Scan(&last)
	return last - int64(n) + 1, err
}

const persons = "SELECT p.id, p.name, p.type, p.names, p.data FROM person p"

func scanPerson(row pgx.CollectableRow) (p archive.Person, err error) {
	var names []byte
	if err := row.Scan(&p.ID, &p.Name, &p.Type, &names, &p.Data); err != nil {
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
	return batches(r.name, from, func(from int64) ([]archive.Person, error) {
		return collect(ctx, r.q, scanPerson, persons+" WHERE p.id >= $1 ORDER BY p.id LIMIT "+strconv.Itoa(batch), from)
	}, func(p archive.Person) int64 { return p.ID })
}

// PeopleOf lists those of some ids.
func (r reading) PeopleOf(ctx context.Context, ids ...int64) ([]archive.Person, error) {
	list, err := collect(ctx, r.q, scanPerson, persons+" WHERE p.id = ANY ($1)", ids)
	return archive.InOrder(list, ids), tell(r.name, err)
}

// PeopleNamed lists those who have a name, or a similar one. The trigrams of
// the name offer more than are wanted; archive.BestNamed chooses.
func (r reading) PeopleNamed(ctx context.Context, name string, limit int) ([]archive.Person, error) {
	words := terms.Name(name)
	if len(words) == 0 {
		return nil, nil
	}
	var patterns []string
	for _, w := range words {
		patterns = append(patterns, "% "+w+" %")
	}
	list, err := collect(ctx, r.q, scanPerson, persons+" WHERE p.id IN (SELECT person FROM spelling WHERE ' ' || folded || ' ' LIKE ALL ($1) AND folded LIKE ALL ($2) LIMIT 1000)", patterns, trimmed(patterns))
	if err != nil || len(list) > 0 {
		return archive.BestNamed(list, name, limit), tell(r.name, err)
	}
	list, err = collect(ctx, r.q, scanPerson, persons+" WHERE p.id IN (SELECT person FROM spelling WHERE folded % $1 ORDER BY similarity(folded, $1) DESC LIMIT 300)", strings.Join(words, " "))
	return archive.BestNamed(list, name, limit), tell(r.name, err)
}

// PeopleLike lists those with a spelling that like takes.
func (r reading) PeopleLike(ctx context.Context, like func(folded string) bool, limit int) ([]archive.Person, error) {
	rows, err := r.q.Query(ctx, "SELECT person, folded FROM spelling ORDER BY person")
	if err != nil {
		return nil, tell(r.name, err)
	}
	defer rows.Close()
	var ids []int64
	var id int64
	var folded string
	for len(ids) < limit && rows.Next() {
		if err := rows.Scan(&id, &folded); err != nil {
			return nil, tell(r.name, err)
		}
		if !slices.Contains(ids, id) && like(folded) {
			ids = append(ids, id)
		}
	}
	rows.Close() // before the connection, which a snapshot has one of, is asked again
	if err := rows.Err(); err != nil || len(ids) == 0 {
		return nil, tell(r.name, err)
	}
	return r.PeopleOf(ctx, ids...)
}

// trimmed are patterns that an index of trigrams can answer.
func trimmed(patterns []string) []string {
	var out []string
	for _, p := range patterns {
		out = append(out, "%"+strings.Trim(p, "% ")+"%")
	}
	return out
}

// Assign says who the actors of versions are.
func (s *store) Assign(ctx context.Context, list ...archive.Assignment) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		for _, a := range list {
			if err := assign(ctx, tx, a); err != nil {
				return err
			}
		}
		return nil
	})
}

func assign(ctx context.Context, tx pgx.Tx, a archive.Assignment) error {
	v, err := load(ctx, tx, a.Version)
	if err != nil {
		return err
	}
	if err := archive.CheckPeople(v, a.People); err != nil {
		return err
	}
	a.People = archive.Cast(a.People)
	day := int32(archive.DayOf(v.Info.Published))
	b := &pgx.Batch{}
	b.Queue("DELETE FROM trace WHERE person = ANY ($1) AND day = $2 AND version = $3", v.People, day, v.ID)
	b.Queue("UPDATE version SET people = $1 WHERE id = $2", pack.IDs(a.People), v.ID)
	if v.Current {
		for _, t := range archive.TracesOf(v.Doc, v.Places, a.People, v.First) {
			b.Queue("INSERT INTO trace (person, day, version, outlet, trace) SELECT $1, $2, id, outlet, $4 FROM version WHERE id = $3", t.Person, day, v.ID, t.Trace)
		}
	}
	return tx.SendBatch(ctx, b).Close()
}

// RemovePeople removes people.
func (s *store) RemovePeople(ctx context.Context, ids ...int64) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		for _, id := range ids {
			if err := removePerson(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func removePerson(ctx context.Context, tx pgx.Tx, id int64) error {
	versions, err := collect(ctx, tx, pgx.RowTo[int64], "SELECT version FROM trace WHERE person = $1", id)
	if err != nil {
		return err
	}
	for _, version := range versions {
		people, err := peopleOf(ctx, tx, version)
		if err != nil {
			return fmt.Errorf("version %d: %w", version, err)
		}
		for i := range people {
			if people[i] == id {
				people[i] = 0
			}
		}
		if err := assign(ctx, tx, archive.Assignment{Version: version, People: people}); err != nil {
			return err
		}
	}
	for _, text := range []string{"DELETE FROM trace WHERE person = $1", "DELETE FROM spelling WHERE person = $1", "DELETE FROM person WHERE id = $1"} {
		if _, err := tx.Exec(ctx, text, id); err != nil {
			return err
		}
	}
	return nil
}

// Months counts current statements by month and kind.
func (r reading) Months(ctx context.Context) (map[archive.Month]int, error) {
	out := map[archive.Month]int{}
	_, err := collect(ctx, r.q, func(row pgx.CollectableRow) (none struct{}, err error) {
		var day archive.Day
		var kind string
		var n int
		err = row.Scan(&day, &kind, &n)
		out[archive.Month{Month: day.Month(), Kind: kind}] += n
		return none, err
	}, "SELECT s.day, s.kind, count(*) FROM statement s JOIN version v ON v.id = s.version WHERE v.current GROUP BY s.day, s.kind")
	return out, tell(r.name, err)
}

// Traces yields what current versions have of a person, newest day first.
func (r reading) Traces(ctx context.Context, person int64) iter.Seq2[archive.Trace, error] {
	const many = 16 * batch
	return func(yield func(archive.Trace, error) bool) {
		day, version := int32(1<<31-1), int64(0)
		for {
			list, err := collect(ctx, r.q, func(row pgx.CollectableRow) (t archive.Trace, err error) {
				var data []byte
				if err := row.Scan(&t.Day, &t.Version, &t.Outlet, &data); err != nil {
					return t, err
				}
				t.Trace, err = pack.UnpackTrace(data)
				return t, err
			}, `SELECT t.day, t.version, coalesce(o.name, ''), t.trace FROM trace t LEFT JOIN outlet o ON o.id = t.outlet
				WHERE t.person = $1 AND (t.day, t.version) < ($2, $3) ORDER BY t.day DESC, t.version DESC LIMIT `+strconv.Itoa(many), person, day, version)
			if err != nil {
				yield(archive.Trace{}, tell(r.name, err))
				return
			}
			for _, t := range list {
				if !yield(t, nil) {
					return
				}
				day, version = int32(t.Day), t.Version
			}
			if len(list) < many {
				return
			}
		}
	}
}
