package sqlite

import (
	"context"
	"fmt"
	"slices"

	"whosaid/internal/archive"
	"whosaid/internal/archive/pack"
	"whosaid/internal/archive/terms"
)

// Keep keeps entries in one transaction.
func (s *store) Keep(ctx context.Context, entries ...*archive.Ready) ([]archive.Outcome, error) {
	out := make([]archive.Outcome, len(entries))
	err := s.change(ctx, func(run context.Context, w *writer) error {
		c, err := w.counters(run)
		if err != nil {
			return err
		}
		k := keeping{writer: w, last: c}
		if _, err := w.get(run, "SELECT EXISTS (SELECT 1 FROM tombstone)", nil, &k.forgets); err != nil {
			return err
		}
		for i, e := range entries {
			if err := ctx.Err(); err != nil {
				return err
			}
			if out[i], err = k.keep(run, e); err != nil {
				return fmt.Errorf("keeping %s: %w", e.Doc.File, err)
			}
		}
		if err := k.flush(run); err != nil {
			return err
		}
		return w.setCounters(run, k.last)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// change runs a transaction, if the archive may be written to.
func (s *store) change(ctx context.Context, do func(ctx context.Context, w *writer) error) error {
	if s.write == nil {
		return fmt.Errorf("archive %s: %w: it was opened for reading", s.path, archive.ErrReadOnly)
	}
	return s.tell(s.write.transaction(ctx, func(ctx context.Context) error { return do(ctx, s.write) }))
}

// A keeping is a transaction that keeps entries.
type keeping struct {
	*writer
	last    counters
	pending []pending
	forgets bool // there are tombstones
}

func (k *keeping) keep(ctx context.Context, e *archive.Ready) (archive.Outcome, error) {
	if k.forgets {
		if gone, err := k.entombed(ctx, e.Key, e.Outlet); err != nil || gone {
			return archive.Outcome{Status: archive.Refused}, err
		}
	}
	reader, err := k.id(ctx, "reader", e.Reader)
	if err != nil {
		return archive.Outcome{}, err
	}

	out := archive.Outcome{Status: archive.New}
	var current int64
	known, err := k.get(ctx, "SELECT id, current FROM article WHERE key = ?", []any{e.Key}, &out.Article, &current)
	if err != nil {
		return out, err
	}
	number, edition, becomes := 1, 1, true
	if known {
		there, err := k.get(ctx, "SELECT id FROM version WHERE article = ? AND digest = ? AND reader = ?", []any{out.Article, e.Digest, reader}, &out.Version)
		if there || err != nil {
			out.Status = archive.Present
			return out, err
		}
		if number, edition, becomes, out.Status, err = k.place(ctx, out.Article, reader, e.TextHash); err != nil {
			return out, err
		}
	} else {
		k.last.article++
		out.Article = k.last.article
	}
	k.last.version++
	out.Version = k.last.version
	if becomes {
		if known {
			if err := k.retire(ctx, current); err != nil {
				return out, err
			}
			err = k.exec(ctx, "UPDATE article SET current = ? WHERE id = ?", out.Version, out.Article)
		} else {
			err = k.exec(ctx, "INSERT INTO article (id, key, current) VALUES (?, ?, ?)", out.Article, e.Key, out.Version)
		}
		if err != nil {
			return out, err
		}
	}
	v := row{
		id: out.Version, article: out.Article, number: number, edition: edition, current: becomes,
		reader: reader, first: k.last.statement + 1,
	}
	k.last.statement += int64(len(e.Doc.Statements))
	return out, k.insert(ctx, &v, e)
}

// place is where a new version of an article stands among those that are
// there. What one reader says of one text twice, and not alike, comes from the
// page: its title or its date has changed.
func (w *writer) place(ctx context.Context, article, reader int64, text []byte) (number, edition int, current bool, status archive.Status, err error) {
	var last, latest int
	if _, err = w.get(ctx, "SELECT max(number), max(edition) FROM version WHERE article = ?", []any{article}, &last, &latest); err != nil {
		return
	}
	var mine bool
	same, err := w.get(ctx, `SELECT v.edition, max(v.reader = ?) FROM version v JOIN text t ON t.id = v.text
		WHERE v.article = ? AND t.hash = ? GROUP BY v.edition`, []any{reader, article, text}, &edition, &mine)
	switch {
	case !same:
		return last + 1, latest + 1, true, archive.Updated, err
	case mine:
		status = archive.Updated
	default:
		status = archive.Reread
	}
	return last + 1, edition, edition == latest, status, err
}

// A row is what a version's row has beside what its entry says.
type row struct {
	id, article, reader, first int64
	number, edition            int
	current                    bool
}

// insert writes a version; what hangs on it is left to flush.
func (k *keeping) insert(ctx context.Context, v *row, e *archive.Ready) error {
	doc := e.Doc
	var outlet, text, page, fetched int64
	var err error
	if doc.Outlet != "" {
		if outlet, err = k.id(ctx, "outlet", doc.Outlet); err != nil {
			return err
		}
	}
	if text, err = k.blob(ctx, "text", e.TextHash, &k.last.text, e.Text); err != nil {
		return err
	}
	if e.Page != nil {
		if page, err = k.blob(ctx, "page", e.PageHash, &k.last.page, e.Page.Type, e.PageBody); err != nil {
			return err
		}
		if !e.Page.Fetched.IsZero() {
			fetched = e.Page.Fetched.UnixMilli()
		}
	}
	amended, err := archive.PackAmendments(e.Amendments)
	if err != nil {
		return err
	}
	err = k.exec(ctx, `INSERT INTO version (id, article, number, edition, current, ident, outlet, file, url, title, deck, published, modified, language,
		day, kept, reader, text, page, fetched, first, statements, digest, findings, people, amended)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		v.id, v.article, v.number, v.edition, v.current, doc.ID, outlet, doc.File, doc.URL, doc.Title, doc.Deck, doc.Published, doc.Modified, doc.Language,
		int64(e.Day), e.Kept.UnixMilli(), v.reader, text, page, fetched, v.first, len(doc.Statements), e.Digest, e.Findings, pack.IDs(e.People), amended)
	if err != nil {
		return err
	}
	k.pending = append(k.pending, pending{*v, outlet, e})
	return nil
}

// blob is the id of a body in table text or page, which is added if it is not
// there.
func (w *writer) blob(ctx context.Context, table string, hash []byte, last *int64, body ...any) (int64, error) {
	var id int64
	if found, err := w.get(ctx, "SELECT id FROM "+table+" WHERE hash = ?", []any{hash}, &id); found || err != nil {
		return id, err
	}
	*last++
	places := "?, ?, ?"
	if len(body) == 2 {
		places += ", ?"
	}
	return *last, w.exec(ctx, "INSERT INTO "+table+" VALUES ("+places+")", append([]any{*last, hash}, body...)...)
}

// id is the id of a name in table outlet or reader, which is added if it is
// not there.
func (w *writer) id(ctx context.Context, table, name string) (int64, error) {
	known := w.names[table]
	if known == nil {
		known = map[string]int64{}
		w.names[table] = known
	}
	if id, ok := known[name]; ok {
		return id, nil
	}
	var id int64
	found, err := w.get(ctx, "SELECT id FROM "+table+" WHERE name = ?", []any{name}, &id)
	if err != nil {
		return 0, err
	}
	if !found {
		if table == "outlet" {
			_, err = w.get(ctx, "INSERT INTO outlet (name, folded) VALUES (?, ?) RETURNING id", []any{name, terms.Fold(name)}, &id)
		} else {
			_, err = w.get(ctx, "INSERT INTO reader (name) VALUES (?) RETURNING id", []any{name}, &id)
		}
		if err != nil {
			return 0, err
		}
	}
	known[name] = id
	return id, nil
}

// entombed reports whether one of the keys was forgotten.
func (w *writer) entombed(ctx context.Context, keys ...[]byte) (bool, error) {
	for _, key := range keys {
		if key == nil {
			continue
		}
		var what string
		if found, err := w.get(ctx, "SELECT what FROM tombstone WHERE key = ?", []any{key}, &what); found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// retire takes a version out of what is searched.
func (k *keeping) retire(ctx context.Context, version int64) error {
	if slices.ContainsFunc(k.pending, func(p pending) bool { return p.id == version }) {
		if err := k.flush(ctx); err != nil {
			return err
		}
	}
	v, err := load(ctx, k.conn, version)
	if err != nil {
		return err
	}
	if err := k.unindex(ctx, v); err != nil {
		return err
	}
	if err := k.untrace(ctx, v); err != nil {
		return err
	}
	if err := k.undoubt(ctx, v); err != nil {
		return err
	}
	return k.exec(ctx, "UPDATE version SET current = 0 WHERE id = ?", version)
}

// unindex removes the words of a current version's statements from the index,
// which has to be told them.
func (w *writer) unindex(ctx context.Context, v *archive.Version) error {
	for i, r := range archive.Rows(v.Doc) {
		if err := w.exec(ctx, "INSERT INTO spoken (spoken, rowid, words, who, about, pairs) VALUES ('delete', ?, ?, ?, ?, ?)", v.Statement(i), r.Words, r.Who, r.About, r.Pairs); err != nil {
			return err
		}
	}
	return nil
}
