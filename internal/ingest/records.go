package ingest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"whosaid/internal/record"
)

// longestRecord bounds one record, in bytes: far more than any article's.
const longestRecord = 256 << 20

// A keptRecord is what whosaid prints of an article and, in the export of an
// archive, what that knows beside it.
type keptRecord struct {
	record.Record
	Archive *struct {
		Reader string `json:"reader"`
		AsIs   bool   `json:"as_is"`
	} `json:"archive"`
}

// records hands over articles that were read before, as `whosaid read --format
// jsonl`, `--format json` or the export of an archive have them: one record
// after another, mostly a line each.
func (r *reading) records(ctx context.Context, item string, from io.Reader) error {
	in, done, err := unpacked(from)
	if err != nil {
		return r.miss(&Error{Input: r.input, Item: item, Reason: "its compression is damaged", Err: err})
	}
	defer done()
	lines := bufio.NewReaderSize(in, 64<<10)
	others := 0
	for number := 1; ; {
		at := number
		raw, err := value(lines, &number)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		name := joined(item, fmt.Sprintf("line %d", at))
		switch {
		case errors.Is(err, io.EOF) && len(raw) == 0:
			if others == 0 {
				return nil
			}
			return r.miss(&Error{Input: r.input, Item: item, Reason: fmt.Sprintf("%d of its lines are no articles but people, decisions or feeds of an archive, and were left out", others), Hint: "whosaid import brings in the whole"})
		case errors.Is(err, errLong):
			return r.miss(&Error{Input: r.input, Item: name, Reason: fmt.Sprintf("a record longer than %s begins here", size(longestRecord)), Hint: "the rest was left"})
		case err != nil && !errors.Is(err, io.EOF):
			return r.miss(&Error{Input: r.input, Item: name, Reason: fmt.Sprintf("it cannot be read further (%v)", err), Err: err})
		}
		if bytes.HasPrefix(bytes.Join(bytes.Fields(raw[:min(len(raw), 100)]), nil), []byte(`{"format":"whosaid-archive/`)) {
			others++
			continue
		}
		a, err := readBefore(raw)
		if err != nil {
			err = r.miss(&Error{Input: r.input, Item: name, Reason: err.Error()})
		} else {
			err = r.yield(a)
		}
		if err != nil {
			return err
		}
	}
}

// readBefore is the article of a record with what was found in it.
func readBefore(raw []byte) (Arrival, error) {
	var k keptRecord
	if err := json.Unmarshal(raw, &k); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return Arrival{}, fmt.Errorf("this is no whole record: %w", syntax)
		}
		return Arrival{}, fmt.Errorf("this is no record that can be read: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	doc, err := record.Decode(k.Record)
	if err == nil {
		err = record.Check(doc)
	}
	if err != nil {
		return Arrival{}, fmt.Errorf("this record is not sound: %w", err)
	}
	a := Arrival{Article: doc.Article, Doc: doc}
	if k.Archive != nil {
		a.Reader, doc.AsIs = k.Archive.Reader, k.Archive.AsIs
	}
	return a, nil
}

var errLong = errors.New("too long")

// value is the next JSON object: a line that is whole by itself or, as with
// --format json, the lines up to one that is a closing brace alone. number is
// moved to the line after it.
func value(in *bufio.Reader, number *int) ([]byte, error) {
	var raw []byte
	for {
		start := len(raw)
		for {
			part, err := in.ReadSlice('\n')
			raw = append(raw, part...)
			if len(raw) > longestRecord {
				return nil, errLong
			}
			if errors.Is(err, bufio.ErrBufferFull) {
				continue
			}
			if err != nil {
				return bytes.TrimSpace(raw), err
			}
			break
		}
		*number++
		line := bytes.TrimRight(raw[start:], " \t\r\n")
		switch {
		case len(bytes.TrimSpace(raw)) == 0:
			raw = raw[:0]
		case start == 0 && !bytes.Equal(line, []byte("{")), bytes.Equal(line, []byte("}")):
			return bytes.TrimSpace(raw), nil
		}
	}
}
