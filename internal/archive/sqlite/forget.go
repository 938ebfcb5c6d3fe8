package sqlite

import (
	"context"
	"errors"
	"time"

	"whosaid/internal/archive"
)

// Forget removes articles, a few in each transaction, and then empties the log,
// so that nothing of them is left in the files: what SQLite deletes it
// overwrites (secure_delete), in the index too.
func (s *store) Forget(ctx context.Context, what archive.Target) (archive.Forgotten, error) {
	var out archive.Forgotten
	if what.Outlet != "" {
		if err := s.Entomb(ctx, archive.Tombstone{Key: archive.OutletKey(what.Outlet), What: "outlet", Made: time.Now()}); err != nil {
			return out, err
		}
	}
	for {
		n := 0
		err := s.change(ctx, func(ctx context.Context, w *writer) error {
			ids, err := w.targets(ctx, what)
			n = len(ids)
			for _, id := range ids {
				if err == nil {
					err = w.forget(ctx, id, what.Before.IsZero(), &out)
				}
			}
			return err
		})
		if err != nil {
			return out, err
		}
		if n == 0 {
			break
		}
	}
	if what.Outlet != "" {
		err := s.change(ctx, func(ctx context.Context, w *writer) error {
			clear(w.names)
			return w.exec(ctx, "DELETE FROM outlet WHERE folded = ?", archive.FoldOutlet(what.Outlet))
		})
		if err != nil {
			return out, err
		}
	}
	if what.Person > 0 {
		if err := s.RemovePeople(ctx, what.Person); err != nil {
			return out, err
		}
	}
	return out, s.tell(s.write.checkpoint(ctx))
}

// checkpoint moves what the log holds into the file, and empties the log if
// nobody is reading from it.
func (w *writer) checkpoint(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err := w.conn.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

// targets lists some of the articles that are to be forgotten.
func (w *writer) targets(ctx context.Context, what archive.Target) ([]int64, error) {
	var where string
	var arg any
	switch {
	case archive.Address(what.Article) != "":
		where, arg = "key = ?", archive.AddressKey(what.Article)
	case what.Article != "":
		where, arg = "id IN (SELECT article FROM version WHERE ident = ?)", what.Article
	case what.Outlet != "":
		where, arg = "id IN (SELECT article FROM version WHERE outlet IN (SELECT id FROM outlet WHERE folded = ?))", archive.FoldOutlet(what.Outlet)
	case what.Person > 0:
		where, arg = "id IN (SELECT v.article FROM trace t JOIN version v ON v.id = t.version WHERE t.person = ?)", what.Person
	case !what.Before.IsZero():
		where, arg = "id IN (SELECT article FROM version GROUP BY article HAVING max(kept) < ?)", what.Before.UnixMilli()
	default:
		return nil, nil
	}
	rows, err := w.conn.QueryContext(ctx, "SELECT id FROM article WHERE "+where+" LIMIT 100", arg)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(scan func(...any) error) (id int64, err error) { return id, scan(&id) })
}

// Sites lists the sites that are an outlet's alone. The index of outlets has the
// addresses, of which the scheme and the host are enough.
func (r reading) Sites(ctx context.Context, outlet string) ([]string, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT DISTINCT substr(url, 1, 8 + instr(substr(url, 9) || '/', '/')), outlet IN (SELECT id FROM outlet WHERE folded = ?)
		FROM version WHERE url <> ''`, archive.FoldOutlet(outlet))
	if err != nil {
		return nil, tell(r.path, err)
	}
	list, err := collect(rows, func(scan func(...any) error) (p archive.Printed, err error) { return p, scan(&p.Site, &p.Theirs) })
	return archive.SitesOf(list), tell(r.path, err)
}

// forget removes an article with all its versions.
func (w *writer) forget(ctx context.Context, article int64, tombstone bool, out *archive.Forgotten) error {
	if tombstone {
		var key []byte
		if _, err := w.get(ctx, "SELECT key FROM article WHERE id = ?", []any{article}, &key); err != nil {
			return err
		}
		if err := w.entomb(ctx, archive.Tombstone{Key: key, What: "article", Made: time.Now()}); err != nil {
			return err
		}
	}
	type version struct{ id, text, page, first, statements int64 }
	rows, err := w.conn.QueryContext(ctx, "SELECT id, text, page, first, statements FROM version WHERE article = ?", article)
	if err != nil {
		return err
	}
	versions, err := collect(rows, func(scan func(...any) error) (v version, err error) {
		return v, scan(&v.id, &v.text, &v.page, &v.first, &v.statements)
	})
	if err != nil {
		return err
	}
	for _, v := range versions {
		whole, err := load(ctx, w.conn, v.id)
		switch {
		case errors.Is(err, archive.ErrDamaged):
			// What the index has of it cannot be told any more; it leads nowhere.
			if err := w.exec(ctx, "DELETE FROM doubt WHERE version = ?", v.id); err != nil {
				return err
			}
		case err != nil:
			return err
		default:
			if whole.Current {
				if err := w.unindex(ctx, whole); err != nil {
					return err
				}
				if err := w.undoubt(ctx, whole); err != nil {
					return err
				}
			}
			if err := w.untrace(ctx, whole); err != nil {
				return err
			}
		}
		if err := w.unlink(ctx, v.id, v.first, v.statements); err != nil {
			return err
		}
		for _, step := range []struct {
			text string
			args []any
		}{
			{"DELETE FROM statement WHERE id >= ? AND id < ?", []any{v.first, v.first + v.statements}},
			{"DELETE FROM vector WHERE statement >= ? AND statement < ?", []any{v.first, v.first + v.statements}},
			{"DELETE FROM facet WHERE version = ?", []any{v.id}},
			{"DELETE FROM version WHERE id = ?", []any{v.id}},
			{"DELETE FROM text WHERE id = ? AND NOT EXISTS (SELECT 1 FROM version WHERE text = ?)", []any{v.text, v.text}},
			{"DELETE FROM page WHERE id = ? AND NOT EXISTS (SELECT 1 FROM version WHERE page = ? AND page > 0)", []any{v.page, v.page}},
		} {
			if err := w.exec(ctx, step.text, step.args...); err != nil {
				return err
			}
		}
		out.Versions++
		out.Statements += int(v.statements)
	}
	out.Articles++
	return w.exec(ctx, "DELETE FROM article WHERE id = ?", article)
}
