package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"whosaid/internal/archive"
)

// An Article is one version of an article, and what other versions there are.
type Article struct {
	*archive.Version
	History []archive.Head // all versions of it, oldest first
}

// Article is an article by its ID, its address or a version's number in the
// archive ("#12"); number chooses one of its versions, from 1, and 0 the
// current one. It is archive.ErrNotFound where there is no such thing.
func (d *Desk) Article(ctx context.Context, ref string, number int) (*Article, error) {
	heads, err := d.store.Find(ctx, ref)
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		if number == h.Number || number == 0 && h.Current {
			v, err := d.store.Version(ctx, h.ID)
			if err != nil {
				return nil, err
			}
			return &Article{Version: v, History: heads}, nil
		}
	}
	if len(heads) > 0 && number != 0 {
		return nil, fmt.Errorf("version %d of article %s: %w: it has %d", number, ref, archive.ErrNotFound, len(heads))
	}
	return nil, fmt.Errorf("article %s: %w", ref, archive.ErrNotFound)
}

// PageHash is the SHA-256, in hexadecimal digits, of the page that a version
// was read from, by which anybody who has the page can tell that it is the
// same. It is empty where the page was not kept.
func (d *Desk) PageHash(ctx context.Context, version int64) (string, error) {
	page, err := d.store.Page(ctx, version)
	if err != nil || page == nil {
		return "", err
	}
	sum := sha256.Sum256(page.Body)
	return hex.EncodeToString(sum[:]), nil
}
