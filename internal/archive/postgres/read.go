package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"whosaid/internal/archive"
	"whosaid/internal/archive/pack"
)

// A querier asks: the pool of connections or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// reading is what a store and a snapshot of it share.
type reading struct {
	q    querier
	name string // of the archive, in messages
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

// collect asks and reads all rows.
func collect[T any](ctx context.Context, q querier, scan func(pgx.CollectableRow) (T, error), text string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

// batches yields what get returns, call after call.
func batches[T any](name string, from int64, get func(from int64) ([]T, error), id func(T) int64) iter.Seq2[T, error] {
	return archive.Batches(from, func(from int64) ([]T, error) {
		list, err := get(from)
		return list, tell(name, err)
	}, id)
}

// Find lists the versions of an article.
func (r reading) Find(ctx context.Context, ref string) ([]archive.Head, error) {
	where, arg := "v.article IN (SELECT article FROM version WHERE ident = $1)", any(ref)
	if number, ok := strings.CutPrefix(ref, "#"); ok {
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, nil
		}
		where, arg = "v.article IN (SELECT article FROM version WHERE id = $1)", id
	} else if archive.Address(ref) != "" {
		where, arg = "v.article IN (SELECT id FROM article WHERE key = $1)", archive.AddressKey(ref)
	}
	list, err := collect(ctx, r.q, func(row pgx.CollectableRow) (h archive.Head, err error) {
		var kept int64
		err = row.Scan(headFields(&h, &kept)...)
		h.Kept = moment(kept)
		return h, err
	}, heads+from+" WHERE "+where+" ORDER BY v.article, v.number", arg)
	return list, tell(r.name, err)
}

// wholes selects what a Version is made of.
const wholes = heads + ", t.body, v.findings, v.people, v.amended" + from + " JOIN text t ON t.id = v.text"

// scanVersion reads a row of wholes.
func scanVersion(row pgx.CollectableRow) (*archive.Version, error) {
	v := &archive.Version{}
	var kept int64
	var text, findings, people, amended []byte
	if err := row.Scan(append(headFields(&v.Head, &kept), &text, &findings, &people, &amended)...); err != nil {
		return nil, err
	}
	v.Kept = moment(kept)
	return v, v.Fill(text, findings, people, amended)
}

func load(ctx context.Context, q querier, id int64) (*archive.Version, error) {
	list, err := collect(ctx, q, scanVersion, wholes+" WHERE v.id = $1", id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("version %d: %w", id, archive.ErrNotFound)
	}
	return list[0], nil
}

// Version is one version, whole.
func (r reading) Version(ctx context.Context, id int64) (*archive.Version, error) {
	v, err := load(ctx, r.q, id)
	return v, tell(r.name, err)
}

// Versions yields versions by id.
func (r reading) Versions(ctx context.Context, s archive.Selection) iter.Seq2[*archive.Version, error] {
	where := " WHERE v.id >= $1"
	if !s.Past {
		where += " AND v.current"
	}
	var args []any
	if s.Outlet != "" {
		where += " AND v.outlet IN (SELECT id FROM outlet WHERE folded = $2)"
		args = append(args, archive.FoldOutlet(s.Outlet))
	}
	if len(s.IDs) > 0 {
		where += fmt.Sprintf(" AND v.id = ANY($%d)", len(args)+2)
		args = append(args, s.IDs)
	}
	return batches(r.name, s.From, func(from int64) ([]*archive.Version, error) {
		list, err := collect(ctx, r.q, scanVersion, wholes+where+" ORDER BY v.id LIMIT "+strconv.Itoa(batch), append([]any{from}, args...)...)
		if err != nil || !s.Vectors {
			return list, err
		}
		return list, r.vectors(ctx, list)
	}, func(v *archive.Version) int64 { return v.ID })
}

// vectors adds their vectors to versions.
func (r reading) vectors(ctx context.Context, versions []*archive.Version) error {
	var firsts, lasts []int64
	for _, v := range versions {
		firsts, lasts = append(firsts, v.First), append(lasts, v.First+int64(v.Statements)-1)
	}
	list, err := collect(ctx, r.q, scanVector, `SELECT x.statement, x.vector FROM unnest($1::bigint[], $2::bigint[]) AS v (first, last)
		JOIN vector x ON x.statement BETWEEN v.first AND v.last ORDER BY x.statement`, firsts, lasts)
	if err != nil {
		return err
	}
	of := map[int64]archive.Vector{}
	for _, x := range list {
		of[x.Statement] = x.Vector
	}
	for _, v := range versions {
		if _, ok := of[v.First]; !ok || v.Statements == 0 {
			continue
		}
		v.Vectors = make([]archive.Vector, v.Statements)
		for i := range v.Vectors {
			v.Vectors[i] = of[v.First+int64(i)]
		}
	}
	return nil
}

func scanVector(row pgx.CollectableRow) (x archive.StatementVector, err error) {
	var data []byte
	if err := row.Scan(&x.Statement, &data); err != nil {
		return x, err
	}
	x.Scale, x.Values, err = pack.UnpackVector(data)
	return x, err
}

// Vectors yields the vectors of current statements.
func (r reading) Vectors(ctx context.Context, from int64) iter.Seq2[archive.StatementVector, error] {
	return batches(r.name, from, func(from int64) ([]archive.StatementVector, error) {
		return collect(ctx, r.q, scanVector, `SELECT x.statement, x.vector FROM vector x JOIN statement s ON s.id = x.statement
			WHERE x.statement >= $1 AND s.spoken IS NOT NULL ORDER BY x.statement LIMIT `+strconv.Itoa(4*batch), from)
	}, func(x archive.StatementVector) int64 { return x.Statement })
}

// Page is the page that a version was read from.
func (r reading) Page(ctx context.Context, version int64) (*archive.Page, error) {
	var p archive.Page
	var fetched int64
	var body []byte
	err := r.q.QueryRow(ctx, "SELECT p.type, p.body, v.fetched FROM version v JOIN page p ON p.id = v.page WHERE v.id = $1", version).Scan(&p.Type, &body, &fetched)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, tell(r.name, err)
	}
	p.Fetched = moment(fetched)
	p.Body, err = pack.Decompress(body)
	return &p, tell(r.name, err)
}

// millis is a time as the tables have it: milliseconds since 1970, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
