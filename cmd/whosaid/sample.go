package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"whosaid/internal/archive"
	"whosaid/internal/archive/location"
	"whosaid/internal/desk"
	"whosaid/internal/serve/sample"
)

// A passing archive is gone once it is closed.
type passing struct {
	archive.Store
	folder string
}

// Close closes and removes it.
func (p passing) Close() error { return errors.Join(p.Store.Close(), os.RemoveAll(p.folder)) }

// openSample makes an archive of the sample, which is gone once it is closed.
func openSample(ctx context.Context) (archive.Store, error) {
	folder, err := os.MkdirTemp("", "whosaid-sample-")
	if err != nil {
		return nil, err
	}
	store, err := location.Open(ctx, filepath.Join(folder, "sample.db"), false)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	p := passing{store, folder}
	if err := sample.Fill(ctx, desk.New(store)); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}
