package ingest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"whosaid/internal/ingest/format"
	"whosaid/internal/ingest/format/warc"
)

// sniffed is how much of an input tells whether it is a collection, in bytes.
const sniffed = 8 << 10

// collection reads an input as a stream if it is one of those that grow too
// large for memory: web archives, and records of whosaid. It reports whether
// it was. What it has read of standard input by then stays in in.
func (r *reading) collection(ctx context.Context, in *Input) (bool, error) {
	var from io.Reader
	var f *os.File
	switch in.kind {
	case file:
		var err error
		if f, err = os.Open(in.Name); err != nil {
			return false, nil // load says what is wrong
		}
		defer f.Close()
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			return false, nil // a pipe can be read only once
		}
		from = f
	case stdin:
		if r.o.Stdin == nil {
			return false, nil
		}
		from = r.o.Stdin
	default:
		return false, nil
	}
	b := bufio.NewReaderSize(from, sniffed)
	head, _ := b.Peek(sniffed)
	if in.kind == stdin {
		r.o.Stdin = b
	}
	switch format.DetectPacked(in.Name, head) {
	case format.WARC:
		return true, r.warc(ctx, "", b)
	case format.Records:
		return true, r.records(ctx, "", b)
	case format.WACZ:
		if f == nil {
			return false, nil
		}
		info, err := f.Stat()
		if err != nil {
			return true, fail(in.Name, err)
		}
		return true, r.wacz(ctx, "", f, info.Size())
	}
	return false, nil
}

// held is collection for what is in memory already.
func (r *reading) held(ctx context.Context, s *source) (bool, error) {
	kind := format.DetectPacked(s.name, s.data[:min(len(s.data), sniffed)])
	if r.depth >= maxLists {
		return false, nil
	}
	r.depth++
	defer func() { r.depth-- }()
	switch in := bytes.NewReader(s.data); kind {
	case format.WARC:
		return true, r.warc(ctx, s.item, in)
	case format.WACZ:
		return true, r.wacz(ctx, s.item, in, in.Size())
	case format.Records:
		return true, r.records(ctx, s.item, in)
	}
	return false, nil
}

func (r *reading) warc(ctx context.Context, item string, in io.Reader) error {
	var stop error
	warc.Read(in, r.archived(), func(p warc.Page, err error) bool {
		stop = r.page(ctx, item, p, err)
		return stop == nil
	})
	return stop
}

func (r *reading) wacz(ctx context.Context, item string, in io.ReaderAt, size int64) error {
	var stop error
	warc.ReadWACZ(in, size, r.archived(), func(p warc.Page, err error) bool {
		stop = r.page(ctx, item, p, err)
		return stop == nil
	})
	return stop
}

func (r *reading) archived() warc.Options {
	return warc.Options{MaxPage: r.o.MaxInput, MaxUnpacked: r.o.MaxUnpacked}
}

// page reads a page of a web archive, or notes what is wrong with it.
func (r *reading) page(ctx context.Context, item string, p warc.Page, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var wrong *warc.Error
	if errors.As(err, &wrong) {
		e := &Error{Input: r.input, Item: item, Reason: wrong.Reason, Err: err}
		if wrong.Record > 0 {
			e.Item = joined(item, recordName(wrong.Record, wrong.URL))
		}
		return r.miss(e)
	}
	return r.read(ctx, &source{
		input: r.input, name: pageName(p.URL, p.Type), url: p.URL, contentType: p.Type, data: p.Body,
		item: joined(item, recordName(p.Record, p.URL)), fetched: p.Date,
	})
}

func recordName(n int, url string) string {
	if url == "" {
		return fmt.Sprintf("record %d", n)
	}
	return fmt.Sprintf("record %d (%.200s)", n, url)
}

// unpacked takes the compression off a stream, once.
func unpacked(in io.Reader) (io.Reader, func(), error) {
	b := bufio.NewReaderSize(in, 64<<10)
	head, _ := b.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}):
		z, err := gzip.NewReader(b)
		return z, func() {}, err
	case bytes.HasPrefix(head, []byte{0x28, 0xB5, 0x2F, 0xFD}):
		z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(128<<20))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	}
	return b, func() {}, nil
}
