package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/pack"
)

// A querier asks: the pool of connections, one connection or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// reading is what a store and a snapshot of it share.
type reading struct {
	q    querier
	db   *pool // nil in a snapshot
	path string

	ledger *ledger
}

// batch is how many rows a sequence reads at a time.
const batch = 256

// heads selects what a Head is made of.
const heads = `SELECT v.id, v.article, v.number, v.edition, v.current, r.name, v.kept,
	v.ident, v.file, v.url, coalesce(o.name, ''), v.title, v.deck, v.published, v.modified, v.language, v.first, v.statements`

const from = ` FROM version v JOIN reader r ON r.id = v.reader LEFT JOIN outlet o ON o.id = v.outlet`

func headFields(h *archive.Head, kept *int64) []any {
	a := &h.Info
	return []any{
		&h.ID, &h.Article, &h.Number, &h.Edition, &h.Current, &h.Reader, kept,
		&a.ID, &a.File, &a.URL, &a.Outlet, &a.Title, &a.Deck, &a.Published, &a.Modified, &a.Language, &h.First, &h.Statements,
	}
}

// Find lists the versions of an article.
func (r reading) Find(ctx context.Context, ref string) ([]archive.Head, error) {
	where, arg := "v.article IN (SELECT article FROM version WHERE ident = ?)", any(ref)
	if number, ok := strings.CutPrefix(ref, "#"); ok {
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, nil
		}
		where, arg = "v.article IN (SELECT article FROM version WHERE id = ?)", id
	} else if archive.Address(ref) != "" {
		where, arg = "v.article IN (SELECT id FROM article WHERE key = ?)", archive.AddressKey(ref)
	}
	rows, err := r.q.QueryContext(ctx, heads+from+" WHERE "+where+" ORDER BY v.article, v.number", arg)
	if err != nil {
		return nil, tell(r.path, err)
	}
	defer rows.Close()
	var out []archive.Head
	for rows.Next() {
		var h archive.Head
		var kept int64
		if err := rows.Scan(headFields(&h, &kept)...); err != nil {
			return nil, tell(r.path, err)
		}
		h.Kept = instant(kept)
		out = append(out, h)
	}
	return out, tell(r.path, rows.Err())
}

// wholes selects what a Version is made of.
const wholes = heads + ", t.body, v.findings, v.people, v.amended" + from + " JOIN text t ON t.id = v.text"

// scanVersion reads a row of wholes.
func scanVersion(scan func(...any) error) (*archive.Version, error) {
	v := &archive.Version{}
	var kept int64
	var text, findings, people, amended []byte
	if err := scan(append(headFields(&v.Head, &kept), &text, &findings, &people, &amended)...); err != nil {
		return nil, err
	}
	v.Kept = instant(kept)
	return v, v.Fill(text, findings, people, amended)
}

func load(ctx context.Context, q querier, id int64) (*archive.Version, error) {
	v, err := scanVersion(q.QueryRowContext(ctx, wholes+" WHERE v.id = ?", id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("version %d: %w", id, archive.ErrNotFound)
	}
	return v, err
}

// Version is one version, whole.
func (r reading) Version(ctx context.Context, id int64) (*archive.Version, error) {
	v, err := load(ctx, r.q, id)
	return v, tell(r.path, err)
}

// Versions yields versions by id.
func (r reading) Versions(ctx context.Context, s archive.Selection) iter.Seq2[*archive.Version, error] {
	where := " WHERE v.id >= ?"
	if !s.Past {
		where += " AND v.current = 1"
	}
	var args []any
	if s.Outlet != "" {
		where += " AND v.outlet IN (SELECT id FROM outlet WHERE folded = ?)"
		args = append(args, archive.FoldOutlet(s.Outlet))
	}
	if len(s.IDs) > 0 {
		list, err := json.Marshal(s.IDs)
		if err != nil {
			return func(yield func(*archive.Version, error) bool) { yield(nil, err) }
		}
		where += " AND v.id IN (SELECT value FROM json_each(?))"
		args = append(args, string(list))
	}
	return batches(r.path, s.From, func(from int64) ([]*archive.Version, error) {
		rows, err := r.q.QueryContext(ctx, wholes+where+" ORDER BY v.id LIMIT "+strconv.Itoa(batch), append([]any{from}, args...)...)
		if err != nil {
			return nil, err
		}
		list, err := collect(rows, scanVersion)
		if err != nil || !s.Vectors {
			return list, err
		}
		for _, v := range list {
			if err := r.vectors(ctx, v); err != nil {
				return nil, err
			}
		}
		return list, nil
	}, func(v *archive.Version) int64 { return v.ID })
}

// vectors adds its vectors to a version.
func (r reading) vectors(ctx context.Context, v *archive.Version) error {
	rows, err := r.q.QueryContext(ctx, "SELECT statement, vector FROM vector WHERE statement >= ? AND statement < ? ORDER BY statement", v.First, v.First+int64(v.Statements))
	if err != nil {
		return err
	}
	list, err := collect(rows, scanVector)
	if err != nil || len(list) == 0 {
		return err
	}
	v.Vectors = make([]archive.Vector, v.Statements)
	for _, x := range list {
		v.Vectors[x.Statement-v.First] = x.Vector
	}
	return nil
}

func scanVector(scan func(...any) error) (x archive.StatementVector, err error) {
	var data []byte
	if err := scan(&x.Statement, &data); err != nil {
		return x, err
	}
	x.Scale, x.Values, err = pack.UnpackVector(data)
	return x, err
}

// Vectors yields the vectors of current statements.
func (r reading) Vectors(ctx context.Context, from int64) iter.Seq2[archive.StatementVector, error] {
	return batches(r.path, from, func(from int64) ([]archive.StatementVector, error) {
		rows, err := r.q.QueryContext(ctx, `SELECT x.statement, x.vector FROM vector x JOIN statement s ON s.id = x.statement JOIN version v ON v.id = s.version
			WHERE x.statement >= ? AND v.current = 1 ORDER BY x.statement LIMIT `+strconv.Itoa(4*batch), from)
		if err != nil {
			return nil, err
		}
		return collect(rows, scanVector)
	}, func(x archive.StatementVector) int64 { return x.Statement })
}

// Page is the page that a version was read from.
func (r reading) Page(ctx context.Context, version int64) (*archive.Page, error) {
	var p archive.Page
	var fetched int64
	var body []byte
	err := r.q.QueryRowContext(ctx, "SELECT p.type, p.body, v.fetched FROM version v JOIN page p ON p.id = v.page WHERE v.id = ?", version).Scan(&p.Type, &body, &fetched)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, tell(r.path, err)
	}
	if fetched != 0 {
		p.Fetched = instant(fetched)
	}
	p.Body, err = pack.Decompress(body)
	return &p, tell(r.path, err)
}

// batches yields what get returns, call after call.
func batches[T any](path string, from int64, get func(from int64) ([]T, error), id func(T) int64) iter.Seq2[T, error] {
	return archive.Batches(from, func(from int64) ([]T, error) {
		list, err := get(from)
		return list, tell(path, err)
	}, id)
}

// collect reads all rows.
func collect[T any](rows *sql.Rows, scan func(func(...any) error) (T, error)) ([]T, error) {
	defer rows.Close()
	var out []T
	for rows.Next() {
		x, err := scan(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

func instant(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
