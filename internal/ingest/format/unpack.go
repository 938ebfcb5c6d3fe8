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

func inflate(kind Kind, b []byte, limit int64) ([]byte, error) {
	var r io.Reader
	switch kind {
	case Gzip:
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, fmt.Errorf("its gzip compression is damaged: %w", err)
		}
		r = z
	default:
		z, err := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, fmt.Errorf("its zstd compression is damaged: %w", err)
		}
		defer z.Close()
		r = z
	}
	out, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(out)) > limit:
		return nil, fmt.Errorf("it unpacks to more than %s: not read further (a larger limit can be set)", size(limit))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("its %s data is cut short", kind)
	case err != nil:
		return nil, fmt.Errorf("its %s data is damaged: %w", kind, err)
	}
	return out, nil
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
