// Package sample is a small archive for a first look: ten articles of four
// outlets about a pier. Every person, place and outlet in them is invented. The
// articles are examples/kelmere.jsonl; what was read in them is kept here
// (records.jsonl, made by `whosaid read --format jsonl kelmere.jsonl`), so that
// no model needs to be loaded to show it.
package sample

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/record"
)

//go:embed records.jsonl
var records []byte

// Fill keeps the articles in an archive. Each counts as kept on the morning
// after it was printed.
func Fill(ctx context.Context, d *desk.Desk) error {
	var list []*archive.Ready
	for lines := json.NewDecoder(bytes.NewReader(records)); ; {
		var r record.Record
		err := lines.Decode(&r)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("the sample: %w", err)
		}
		doc, err := record.Decode(r)
		if err != nil {
			return fmt.Errorf("the sample: %w", err)
		}
		day, err := time.Parse(time.DateOnly, doc.Published)
		if err != nil {
			return fmt.Errorf("the sample: %s: %w", doc.Title, err)
		}
		ready, err := archive.Prepare(archive.Entry{Doc: doc, Reader: "whosaid, for the sample", Kept: day.Add(31 * time.Hour)})
		if err != nil {
			return fmt.Errorf("the sample: %w", err)
		}
		list = append(list, ready)
	}
	if _, err := d.Keep(ctx, list...); err != nil {
		return err
	}
	return d.Link(ctx, nil)
}
