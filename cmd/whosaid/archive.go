package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/archive/location"
	"whosaid/internal/desk"
	"whosaid/models"
)

// archiveFlags name the archive.
type archiveFlags struct{ where string }

func (f *archiveFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.where, "archive", "", "the archive: a file, or postgres://... ("+location.Variable+"; by default a file in your data folder)")
}

// path is the archive that was named, or the default one.
func (f *archiveFlags) path() (string, error) {
	if f.where != "" {
		return f.where, nil
	}
	return location.Default()
}

// open opens it; what it returns must be closed.
func (f *archiveFlags) open(ctx context.Context, readOnly bool) (archive.Store, error) {
	where, err := f.path()
	if err != nil {
		return nil, err
	}
	return location.Open(ctx, where, readOnly)
}

// change opens for writing an archive that must be there already: a name that is
// mistyped makes no new one. What it returns must be closed.
func (f *archiveFlags) change(ctx context.Context) (archive.Store, error) {
	store, err := f.open(ctx, true)
	if errors.Is(err, archive.ErrMissing) {
		return nil, err
	}
	if err == nil {
		store.Close()
	}
	return f.open(ctx, false)
}

// keep opens it for articles to be added: what is kept in it goes through the
// desk. What it returns must be closed.
func (f *archiveFlags) keep(ctx context.Context) (archive.Store, error) {
	store, err := f.open(ctx, false)
	if err != nil {
		return nil, err
	}
	return desk.New(store).Keeper(), nil
}

// reader names what reads articles here: this program, its models and how they
// are run. A version in an archive says by it what made it.
func reader(precision string) string {
	h := sha256.New()
	for _, part := range [][]byte{models.Encoder, models.Heads, []byte(models.Vocabulary), models.Confidence} {
		sum := sha256.Sum256(part)
		_, _ = h.Write(sum[:])
	}
	return "whosaid " + version() + ", models " + hex.EncodeToString(h.Sum(nil)[:6]) + ", " + precision
}
