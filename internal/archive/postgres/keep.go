package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"whosaid/internal/archive"
	"whosaid/internal/archive/pack"
)

// Keep keeps entries in one transaction. What is there already of all of them
// is asked for at once, and what is new is copied in at the end: each way to
// the server and back counts.
func (s *store) Keep(ctx context.Context, entries ...*archive.Ready) ([]archive.Outcome, error) {
	out := make([]archive.Outcome, len(entries))
	err := s.change(ctx, func(tx pgx.Tx) error {
		k := &keeping{ctx: ctx, tx: tx}
		if err := k.look(entries); err != nil {
			return err
		}
		for i, e := range entries {
			var err error
			if out[i], err = k.keep(e); err != nil {
				return fmt.Errorf("keeping %s: %w", e.Doc.File, err)
			}
		}
		return k.write()
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// keeping is one transaction of Keep: what is known of what is there, and the
// rows that are to be written.
type keeping struct {
	ctx context.Context
	tx  pgx.Tx

	last     map[string]int64 // of the table counter
	gone     map[string]bool  // keys with tombstones
	articles map[string]*known
	ids      map[string]map[string]int64 // of texts, pages, outlets and readers

	rows map[string][][]any // to be written, by table
}

// known is an article that is there.
type known struct {
	id, current int64
	versions    []past
}

// past is a version that is there.
type past struct {
	id, reader      int64
	number, edition int
	digest, text    string
}

// columns of the tables that Keep copies rows to.
var columns = map[string][]string{
	"reader":    {"id", "name"},
	"outlet":    {"id", "name", "folded"},
	"article":   {"id", "key", "current"},
	"text":      {"id", "hash", "body"},
	"page":      {"id", "hash", "type", "body"},
	"version":   {"id", "article", "number", "edition", "current", "ident", "outlet", "file", "url", "title", "deck", "published", "modified", "language", "day", "kept", "reader", "text", "page", "fetched", "first", "statements", "digest", "findings", "people", "amended"},
	"statement": {"id", "version", "day", "outlet", "form", "kind", "found_by", "confidence", "spoken"},
	"vector":    {"statement", "vector"},
	"trace":     {"person", "day", "version", "outlet", "trace"},
	"facet":     {"version", "first", "facet"},
	"doubt":     {"about", "confidence", "version", "place", "key"},
}

// look asks what is there of the entries.
func (k *keeping) look(entries []*archive.Ready) error {
	k.last, k.gone, k.articles = map[string]int64{}, map[string]bool{}, map[string]*known{}
	k.ids, k.rows = map[string]map[string]int64{}, map[string][][]any{}
	var keys, graves, texts, pages [][]byte
	var outlets, readers []string
	for _, e := range entries {
		keys, texts = append(keys, e.Key), append(texts, e.TextHash)
		graves = append(graves, e.Key, e.Outlet)
		if e.PageHash != nil {
			pages = append(pages, e.PageHash)
		}
		outlets, readers = append(outlets, e.Doc.Outlet), append(readers, e.Reader)
	}
	var name, hash string
	var key []byte
	var id, current int64
	if err := k.each("SELECT name, last FROM counter", nil, []any{&name, &id}, func() { k.last[name] = id }); err != nil {
		return err
	}
	if err := k.each("SELECT key FROM tombstone WHERE key = ANY ($1)", graves, []any{&key}, func() { k.gone[string(key)] = true }); err != nil {
		return err
	}
	byID := map[int64]*known{}
	err := k.each("SELECT key, id, current FROM article WHERE key = ANY ($1)", keys, []any{&key, &id, &current}, func() {
		byID[id] = &known{id: id, current: current}
		k.articles[string(key)] = byID[id]
	})
	if err != nil {
		return err
	}
	var v past
	var digest, text []byte
	err = k.each(`SELECT v.article, v.id, v.reader, v.number, v.edition, v.digest, t.hash FROM version v JOIN text t ON t.id = v.text
		WHERE v.article IN (SELECT id FROM article WHERE key = ANY ($1)) ORDER BY v.number`, keys,
		[]any{&id, &v.id, &v.reader, &v.number, &v.edition, &digest, &text}, func() {
			v.digest, v.text = string(digest), string(text)
			byID[id].versions = append(byID[id].versions, v)
		})
	if err != nil {
		return err
	}
	for _, q := range []struct {
		table, by string
		is        any
	}{{"text", "hash", texts}, {"page", "hash", pages}, {"outlet", "name", outlets}, {"reader", "name", readers}} {
		known := map[string]int64{}
		k.ids[q.table] = known
		into := any(&hash)
		if q.by == "hash" {
			into = &key
		}
		if err := k.each("SELECT "+q.by+", id FROM "+q.table+" WHERE "+q.by+" = ANY ($1)", q.is, []any{into, &id}, func() {
			if q.by == "hash" {
				hash = string(key)
			}
			known[hash] = id
		}); err != nil {
			return err
		}
	}
	return nil
}

// each runs do for each row of a query with one parameter, or none.
func (k *keeping) each(text string, arg any, into []any, do func()) error {
	var args []any
	if arg != nil {
		args = []any{arg}
	}
	rows, err := k.tx.Query(k.ctx, text, args...)
	if err != nil {
		return err
	}
	_, err = pgx.ForEachRow(rows, into, func() error { do(); return nil })
	return err
}

// next is a new id.
func (k *keeping) next(table string) int64 {
	k.last[table]++
	return k.last[table]
}

// id is the id of something in a table, which gets a row if it is not there.
func (k *keeping) id(table, key string, row ...any) int64 {
	if id, ok := k.ids[table][key]; ok {
		return id
	}
	id := k.next(table)
	k.ids[table][key] = id
	k.rows[table] = append(k.rows[table], append([]any{id}, row...))
	return id
}

func (k *keeping) keep(e *archive.Ready) (archive.Outcome, error) {
	if k.gone[string(e.Key)] || e.Outlet != nil && k.gone[string(e.Outlet)] {
		return archive.Outcome{Status: archive.Refused}, nil
	}
	reader := k.id("reader", e.Reader, e.Reader)
	a := k.articles[string(e.Key)]
	v := past{reader: reader, number: 1, edition: 1, digest: string(e.Digest), text: string(e.TextHash)}
	out := archive.Outcome{Status: archive.New}
	becomes := true
	if a == nil {
		a = &known{id: k.next("article")}
		k.articles[string(e.Key)] = a
		k.rows["article"] = append(k.rows["article"], []any{a.id, e.Key, k.last["version"] + 1})
	} else {
		for _, p := range a.versions {
			if p.digest == v.digest && p.reader == reader {
				return archive.Outcome{Status: archive.Present, Article: a.id, Version: p.id}, nil
			}
		}
		out.Status, becomes = a.place(&v)
	}
	v.id = k.next("version")
	out.Article, out.Version = a.id, v.id
	if becomes {
		if a.current != 0 {
			if err := k.retire(a); err != nil {
				return out, err
			}
			if _, err := k.tx.Exec(k.ctx, "UPDATE article SET current = $1 WHERE id = $2", v.id, a.id); err != nil {
				return out, err
			}
		}
		a.current = v.id
	}
	a.versions = append(a.versions, v)
	return out, k.insert(a.id, v, becomes, e)
}

// place is where a new version of an article stands among those that are
// there. What one reader says of one text twice, and not alike, comes from the
// page: its title or its date has changed.
func (a *known) place(v *past) (status archive.Status, current bool) {
	latest, mine := 0, false
	v.edition = 0
	for _, p := range a.versions {
		latest = max(latest, p.edition)
		if p.text == v.text {
			v.edition = p.edition
			mine = mine || p.reader == v.reader
		}
	}
	v.number = a.versions[len(a.versions)-1].number + 1
	switch {
	case v.edition == 0:
		v.edition = latest + 1
		return archive.Updated, true
	case mine:
		return archive.Updated, v.edition == latest
	}
	return archive.Reread, v.edition == latest
}

// retire takes the current version of an article out of what is searched.
func (k *keeping) retire(a *known) error {
	if err := k.write(); err != nil { // it may be one of this transaction
		return err
	}
	for _, text := range []string{
		"UPDATE statement SET spoken = NULL FROM version v WHERE v.id = $1 AND statement.id >= v.first AND statement.id < v.first + v.statements",
		"DELETE FROM trace USING version v WHERE v.id = $1 AND trace.version = v.id AND trace.day = v.day AND trace.person = ANY ($2)",
		"DELETE FROM doubt WHERE version = $1",
		"UPDATE version SET current = false WHERE id = $1",
	} {
		args := []any{a.current}
		if strings.Contains(text, "$2") {
			people, err := peopleOf(k.ctx, k.tx, a.current)
			if err != nil {
				return err
			}
			args = append(args, people)
		}
		if _, err := k.tx.Exec(k.ctx, text, args...); err != nil {
			return err
		}
	}
	return nil
}

// peopleOf is who the actors of a version are.
func peopleOf(ctx context.Context, q querier, version int64) ([]int64, error) {
	var data []byte
	if err := q.QueryRow(ctx, "SELECT people FROM version WHERE id = $1", version).Scan(&data); err != nil {
		return nil, err
	}
	return pack.UnpackIDs(data)
}

// insert adds the rows of a version.
func (k *keeping) insert(article int64, v past, current bool, e *archive.Ready) error {
	doc := e.Doc
	amended, err := archive.PackAmendments(e.Amendments)
	if err != nil {
		return err
	}
	var outlet, page, fetched int64
	if doc.Outlet != "" {
		outlet = k.id("outlet", doc.Outlet, doc.Outlet, archive.FoldOutlet(doc.Outlet))
	}
	text := k.id("text", v.text, e.TextHash, e.Text)
	if e.Page != nil {
		page = k.id("page", string(e.PageHash), e.PageHash, e.Page.Type, e.PageBody)
		fetched = millis(e.Page.Fetched)
	}
	first := k.last["statement"] + 1
	k.last["statement"] += int64(len(doc.Statements))
	k.rows["version"] = append(k.rows["version"], []any{
		v.id, article, v.number, v.edition, current, doc.ID, outlet, doc.File, doc.URL, doc.Title, doc.Deck, doc.Published, doc.Modified, doc.Language,
		int32(e.Day), millis(e.Kept), v.reader, text, page, fetched, first, len(doc.Statements), e.Digest, e.Findings, pack.IDs(e.People), amended,
	})
	k.rows["facet"] = append(k.rows["facet"], []any{v.id, first, e.Facet})
	for i, r := range e.Rows {
		id := first + int64(e.Places.At(i))
		spoken := pgtype.TSVector{}
		if current {
			spoken = lexemes(r)
		}
		k.rows["statement"] = append(k.rows["statement"], []any{id, v.id, int32(e.Day), outlet, r.Form, r.Kind, r.By, int16(r.Confidence), spoken})
	}
	for i, x := range e.Vectors {
		k.rows["vector"] = append(k.rows["vector"], []any{first + int64(i), pack.Vector(x.Scale, x.Values)})
	}
	if current {
		for _, t := range archive.TracesOf(e.Shown, e.Places, e.People, first) {
			k.rows["trace"] = append(k.rows["trace"], []any{t.Person, int32(e.Day), v.id, outlet, t.Trace})
		}
		for _, x := range e.Doubts {
			k.rows["doubt"] = append(k.rows["doubt"], []any{int16(x.About), int16(x.Confidence), v.id, int32(x.Place), x.Key})
		}
	}
	return nil
}

// lastPosition is the last that a lexeme can have in a tsvector, which has room
// for so many of each.
const (
	lastPosition  = 16383
	mostPositions = 255
)

// lexemes is a row's tsvector: its words of weight A, the speakers of weight B,
// those spoken of of weight C.
func lexemes(r archive.Row) pgtype.TSVector {
	at := map[string][]pgtype.TSVectorPosition{}
	n := 0
	for _, part := range []struct {
		words  string
		weight pgtype.TSVectorWeight
	}{{r.Words, pgtype.TSVectorWeightA}, {r.Who, pgtype.TSVectorWeightB}, {r.About, pgtype.TSVectorWeightC}} {
		for w := range strings.FieldsSeq(part.words) {
			n++
			if p := at[w]; len(p) < mostPositions && (len(p) == 0 || p[len(p)-1].Position < lastPosition) {
				at[w] = append(p, pgtype.TSVectorPosition{Position: uint16(min(n, lastPosition)), Weight: part.weight})
			}
		}
	}
	v := pgtype.TSVector{Valid: true, Lexemes: make([]pgtype.TSVectorLexeme, 0, len(at))}
	for w, p := range at {
		v.Lexemes = append(v.Lexemes, pgtype.TSVectorLexeme{Word: w, Positions: p})
	}
	slices.SortFunc(v.Lexemes, func(a, b pgtype.TSVectorLexeme) int { return strings.Compare(a.Word, b.Word) })
	return v
}

// write copies the rows in, and sets the counters.
func (k *keeping) write() error {
	for _, table := range []string{"reader", "outlet", "article", "text", "page", "version", "statement", "vector", "trace", "facet", "doubt"} {
		rows := k.rows[table]
		if len(rows) == 0 {
			continue
		}
		n, err := k.tx.CopyFrom(k.ctx, pgx.Identifier{table}, columns[table], pgx.CopyFromRows(rows))
		if err != nil {
			return err
		}
		if n != int64(len(rows)) {
			return errors.New("the database took fewer rows than it was given")
		}
		delete(k.rows, table)
	}
	var names []string
	var last []int64
	for name, n := range k.last {
		names, last = append(names, name), append(last, n)
	}
	_, err := k.tx.Exec(k.ctx, "UPDATE counter SET last = n.last FROM unnest($1::text[], $2::bigint[]) AS n (name, last) WHERE counter.name = n.name AND counter.last < n.last", names, last)
	return err
}
