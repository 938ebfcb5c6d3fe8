package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"whosaid/internal/archive"
)

// Forget removes articles, a few in each transaction. The server overwrites
// what they held when it vacuums the tables.
func (s *store) Forget(ctx context.Context, what archive.Target) (archive.Forgotten, error) {
	var out archive.Forgotten
	if what.Outlet != "" {
		if err := s.Entomb(ctx, archive.Tombstone{Key: archive.OutletKey(what.Outlet), What: "outlet", Made: time.Now()}); err != nil {
			return out, err
		}
	}
	where, arg := "", any(nil)
	switch {
	case archive.Address(what.Article) != "":
		where, arg = "key = $1", archive.AddressKey(what.Article)
	case what.Article != "":
		where, arg = "id IN (SELECT article FROM version WHERE ident = $1)", what.Article
	case what.Outlet != "":
		where, arg = "id IN (SELECT article FROM version WHERE outlet IN (SELECT id FROM outlet WHERE folded = $1))", archive.FoldOutlet(what.Outlet)
	case what.Person > 0:
		where, arg = "id IN (SELECT v.article FROM trace t JOIN version v ON v.id = t.version WHERE t.person = $1)", what.Person
	case !what.Before.IsZero():
		where, arg = "id IN (SELECT article FROM version GROUP BY article HAVING max(kept) < $1)", what.Before.UnixMilli()
	default:
		return out, nil
	}
	for {
		n := 0
		err := s.change(ctx, func(tx pgx.Tx) error {
			ids, err := collect(ctx, tx, pgx.RowTo[int64], "SELECT id FROM article WHERE "+where+" LIMIT 200", arg)
			if err != nil || len(ids) == 0 {
				return err
			}
			n = len(ids)
			return forget(ctx, tx, ids, what.Before.IsZero(), &out)
		})
		if err != nil {
			return out, err
		}
		if n == 0 {
			break
		}
	}
	if what.Outlet != "" {
		return out, s.exec(ctx, "DELETE FROM outlet WHERE folded = $1", archive.FoldOutlet(what.Outlet))
	}
	if what.Person > 0 {
		return out, s.RemovePeople(ctx, what.Person)
	}
	return out, nil
}

// forget removes articles with all their versions.
func forget(ctx context.Context, tx pgx.Tx, ids []int64, tombstones bool, out *archive.Forgotten) error {
	var versions, statements int
	if err := tx.QueryRow(ctx, "SELECT count(*), coalesce(sum(statements), 0) FROM version WHERE article = ANY ($1)", ids).Scan(&versions, &statements); err != nil {
		return err
	}
	if tombstones {
		_, err := tx.Exec(ctx, "INSERT INTO tombstone (key, what, made) SELECT key, 'article', $2 FROM article WHERE id = ANY ($1) ON CONFLICT DO NOTHING", ids, time.Now().UnixMilli())
		if err != nil {
			return err
		}
	}
	for _, text := range []string{
		"DELETE FROM linked l USING version v WHERE v.article = ANY ($1) AND l.version = v.id",
		"DELETE FROM printing p USING version v WHERE v.article = ANY ($1) AND p.statement >= v.first AND p.statement < v.first + v.statements",
		"DELETE FROM tie t USING version v WHERE v.article = ANY ($1) AND t.later >= v.first AND t.later < v.first + v.statements",
		"DELETE FROM tie t USING version v WHERE v.article = ANY ($1) AND t.earlier >= v.first AND t.earlier < v.first + v.statements",
		"DELETE FROM trace t USING version v WHERE v.article = ANY ($1) AND t.version = v.id AND t.day = v.day",
		"DELETE FROM statement s USING version v WHERE v.article = ANY ($1) AND s.id >= v.first AND s.id < v.first + v.statements",
		"DELETE FROM vector x USING version v WHERE v.article = ANY ($1) AND x.statement >= v.first AND x.statement < v.first + v.statements",
		"DELETE FROM facet f USING version v WHERE v.article = ANY ($1) AND f.version = v.id",
		"DELETE FROM doubt d USING version v WHERE v.article = ANY ($1) AND d.version = v.id",
		"CREATE TEMPORARY TABLE left_over ON COMMIT DROP AS SELECT text, page FROM version WHERE article = ANY ($1)",
		"DELETE FROM version WHERE article = ANY ($1)",
		"DELETE FROM article WHERE id = ANY ($1)",
		"DELETE FROM text t USING left_over l WHERE t.id = l.text AND NOT EXISTS (SELECT 1 FROM version v WHERE v.text = t.id)",
		"DELETE FROM page p USING left_over l WHERE p.id = l.page AND NOT EXISTS (SELECT 1 FROM version v WHERE v.page = p.id AND v.page > 0)",
	} {
		var args []any
		if strings.Contains(text, "$1") {
			args = []any{ids}
		}
		if _, err := tx.Exec(ctx, text, args...); err != nil {
			return err
		}
	}
	out.Articles += len(ids)
	out.Versions += versions
	out.Statements += statements
	return nil
}

// Sites lists the sites that are an outlet's alone.
func (r reading) Sites(ctx context.Context, outlet string) ([]string, error) {
	list, err := collect(ctx, r.q, func(row pgx.CollectableRow) (p archive.Printed, err error) { return p, row.Scan(&p.Site, &p.Theirs) },
		`SELECT DISTINCT left(url, 8 + position('/' IN substr(url, 9) || '/')), outlet IN (SELECT id FROM outlet WHERE folded = $1) FROM version WHERE url <> ''`, archive.FoldOutlet(outlet))
	return archive.SitesOf(list), tell(r.name, err)
}

// Stats counts what is in the archive.
func (s *store) Stats(ctx context.Context) (archive.Stats, error) {
	var out archive.Stats
	err := s.pool.QueryRow(ctx, `SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version), (SELECT count(*) FROM statement s JOIN version v ON v.id = s.version WHERE v.current),
		(SELECT count(*) FROM outlet), (SELECT count(*) FROM person), (SELECT coalesce(sum(length(body)), 0) FROM page), (SELECT version FROM schema_version),
		(SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r')`).
		Scan(&out.Articles, &out.Versions, &out.Statements, &out.Outlets, &out.People, &out.PageBytes, &out.Schema, &out.Bytes)
	return out, tell(s.name, err)
}

// Last is the id of the version that was kept last.
func (s *store) Last(ctx context.Context) (int64, error) {
	var id int64
	err := s.pool.QueryRow(ctx, "SELECT last FROM counter WHERE name = 'version'").Scan(&id)
	return id, tell(s.name, err)
}

// Mark is which transactions are over: two views of the server by which the
// same are see the same.
func (s *store) Mark(ctx context.Context) (string, error) {
	var mark string
	err := s.pool.QueryRow(ctx, "SELECT pg_current_snapshot()::text").Scan(&mark)
	return mark, tell(s.name, err)
}

// mostTrouble is how many faults Verify tells before it gives up.
const mostTrouble = 100

// Verify reads every version and compares the tables. The files of the server
// are its own to check, by pg_amcheck.
func (s *store) Verify(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		told := 0
		say := func(format string, args ...any) bool {
			told++
			return told <= mostTrouble && yield(fmt.Sprintf(format, args...), nil)
		}
		if err := s.verify(ctx, say); err != nil && told <= mostTrouble {
			yield("", tell(s.name, err))
		}
	}
}

func (s *store) verify(ctx context.Context, say func(string, ...any) bool) error {
	ids, err := collect(ctx, s.q, pgx.RowTo[int64], "SELECT id FROM version ORDER BY id")
	if err != nil {
		return err
	}
	for _, id := range ids {
		if fault := s.verifyVersion(ctx, id); fault != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if !errors.Is(fault, archive.ErrNotFound) && !errors.Is(fault, pgx.ErrNoRows) && !say("Version %d: %v.", id, fault) {
				return nil
			}
		}
	}
	for _, q := range []struct{ text, say string }{
		{"SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.id = a.current AND v.current AND v.article = a.id)", "%d articles have no current version."},
		{"SELECT count(*) FROM version v WHERE v.current AND NOT EXISTS (SELECT 1 FROM article a WHERE a.id = v.article AND a.current = v.id)", "%d current versions belong to no article."},
		{"SELECT abs((SELECT count(*) FROM statement s JOIN version v ON v.id = s.version WHERE v.current) - (SELECT count(*) FROM statement WHERE spoken IS NOT NULL))", "The index of words has %d statements more or less than there are."},
		{"SELECT count(*) FROM trace t WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.id = t.version AND v.current)", "%d traces of people are of no current version."},
		{"SELECT count(*) FROM doubt d WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.id = d.version AND v.current)", "%d doubts are of no current version."},
	} {
		var n int
		if err := s.q.QueryRow(ctx, q.text).Scan(&n); err != nil {
			return err
		}
		if n > 0 && !say(q.say, n) {
			return nil
		}
	}
	return nil
}

// verifyVersion checks that a version is whole.
func (s *store) verifyVersion(ctx context.Context, id int64) error {
	v, err := load(ctx, s.q, id)
	if err != nil {
		return err
	}
	var hash []byte
	var rows, vectors int
	err = s.q.QueryRow(ctx, `SELECT t.hash, (SELECT count(*) FROM statement WHERE id >= v.first AND id < v.first + v.statements AND version = v.id),
		(SELECT count(*) FROM vector WHERE statement >= v.first AND statement < v.first + v.statements)
		FROM version v JOIN text t ON t.id = v.text WHERE v.id = $1`, id).Scan(&hash, &rows, &vectors)
	switch {
	case err != nil:
		return err
	case vectors != 0 && vectors != v.Statements:
		return fmt.Errorf("it has %d statements and the vectors of %d", v.Statements, vectors)
	case rows != len(v.Doc.Statements):
		return fmt.Errorf("it has %d statements and the rows of %d", len(v.Doc.Statements), rows)
	}
	return v.Verify(hash)
}

// Snapshot is a view of the archive as it is now.
func (s *store) Snapshot(ctx context.Context) (archive.Snapshot, error) {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, tell(s.name, err)
	}
	var n int // the view begins with the first look
	if err := tx.QueryRow(ctx, "SELECT count(*) FROM reader").Scan(&n); err != nil {
		return nil, tell(s.name, errors.Join(err, tx.Rollback(ctx)))
	}
	return &snapshot{reading{q: tx, name: s.name}, tx}, nil
}

type snapshot struct {
	reading
	tx pgx.Tx
}

func (s *snapshot) Close() error { return tell(s.name, s.tx.Rollback(context.Background())) }
