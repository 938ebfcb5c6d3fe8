package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// layers is how often a file may be compressed over.
const layers = 2

// maxWindow is the largest window that a zstd frame may ask for, in bytes:
// what `zstd --ultra -22 --long=27` makes.
const maxWindow = 128 << 20

// Unpack takes the gzip or zstd compression off b, twice over at most, and
// gives the name without its ending. Bytes that are not compressed come back
// as they are. More than limit bytes out is an error (a limit of zero is
// DefaultMaxUnpacked); so is data that is cut short or damaged.
func Unpack(name string, b []byte, limit int64) (inner string, data []byte, err error) {
	if limit <= 0 {
		limit = DefaultMaxUnpacked
	}
	inner, data = name, b
	for range layers {
		kind := compression(data)
		if kind == "" {
			break
		}
		if data, err = inflate(kind, data, limit); err != nil {
			return inner, nil, &Error{File: name, Reason: err.Error()}
		}
		inner = trimCompression(inner)
	}
	return inner, data, nil
}

// compression tells by its first bytes how b is compressed.
func compression(b []byte) Kind {
	switch {
	case bytes.HasPrefix(b, []byte{0x1F, 0x8B, 0x08}):
		return Gzip
	case bytes.HasPrefix(b, []byte{0x28, 0xB5, 0x2F, 0xFD}):
		return Zstd
	}
	return ""
}

// inflate takes the compression off b. It reads b twice over, to count before
// anything is kept: a bomb costs time then and no memory.
func inflate(kind Kind, b []byte, limit int64) ([]byte, error) {
	var unpacked bytes.Buffer
	for _, to := range []io.Writer{io.Discard, &unpacked} {
		r, err := inflater(kind, b)
		if err != nil {
			return nil, fmt.Errorf("its %s compression is damaged: %w", kind, err)
		}
		n, err := io.Copy(to, io.LimitReader(r, limit+1))
		r.Close()
		switch {
		case n > limit:
			return nil, fmt.Errorf("it unpacks to more than %s: not read further (a larger limit can be set)", size(limit))
		case errors.Is(err, io.ErrUnexpectedEOF):
			return nil, fmt.Errorf("its %s data is cut short", kind)
		case err != nil:
			return nil, fmt.Errorf("its %s data is damaged: %w", kind, err)
		}
		if to == io.Discard {
			unpacked.Grow(int(n) + bytes.MinRead)
		}
	}
	return unpacked.Bytes(), nil
}

func inflater(kind Kind, b []byte) (io.ReadCloser, error) {
	if kind == Gzip {
		return gzip.NewReader(bytes.NewReader(b))
	}
	z, err := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, err
	}
	return z.IOReadCloser(), nil
}

func trimCompression(name string) string {
	ext := path.Ext(name)
	switch strings.ToLower(ext) {
	case ".gz", ".gzip", ".zst", ".zstd":
		return strings.TrimSuffix(name, ext)
	case ".tgz":
		return strings.TrimSuffix(name, ext) + ".tar"
	}
	return name
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
