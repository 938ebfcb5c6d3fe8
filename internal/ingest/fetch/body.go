package fetch

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxWindow is the largest window, in bytes, that a zstd body may ask for: the
// bound that RFC 9659 sets for Content-Encoding.
const maxWindow = 8 << 20

func tooLarge(most int64) *Error {
	return &Error{Reason: fmt.Sprintf("the page is longer than %.4g MB, the most that is read", float64(most)/(1<<20)), Hint: "raise the limit with --max-input"}
}

// bounded passes on at most left bytes; one more is an error.
type bounded struct {
	r          io.Reader
	left, most int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, tooLarge(b.most)
	}
	return n, err
}

// unpack reads a body to its end and takes its Content-Encoding off.
func unpack(r io.Reader, encoding string, most int64) ([]byte, error) {
	packed := true
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, damaged("gzip", err)
		}
		r = z
	case "zstd":
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, damaged("zstd", err)
		}
		defer z.Close()
		r = z
	case "", "identity":
		packed = false
	default:
		return nil, &Error{Reason: fmt.Sprintf("the server packed the page in a way that was not asked for (%s)", encoding), Hint: "save the page in a browser and give the file"}
	}
	body, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil && packed {
		return nil, damaged(encoding, err)
	}
	if err == nil && int64(len(body)) > most {
		return nil, &Error{Reason: fmt.Sprintf("the page unpacks to more than %.4g MB", float64(most)/(1<<20)), Hint: "raise the limit with --max-unpacked"}
	}
	return body, err
}

// damaged says that packed data is broken, unless the fault is of another kind:
// the network's, or a bound that was reached.
func damaged(encoding string, err error) error {
	var own *Error
	var timeout interface{ Timeout() bool }
	if errors.As(err, &own) || errors.As(err, &timeout) {
		return err
	}
	var corrupt flate.CorruptInputError
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt) || encoding == "zstd" {
		return &Error{Reason: fmt.Sprintf("the page's %s compression is damaged", encoding), Hint: "try again", Err: err}
	}
	return err
}

// An idle cancels a fetch when nothing has come for a while.
type idle struct {
	patience time.Duration
	timer    *time.Timer
	over     atomic.Bool
}

// newIdle waits a third of the whole time for the next bytes.
func newIdle(cancel func(), whole time.Duration) *idle {
	i := &idle{patience: whole / 3}
	i.timer = time.AfterFunc(i.patience, func() {
		i.over.Store(true)
		cancel()
	})
	return i
}

// Write is told what came.
func (i *idle) Write(p []byte) (int, error) {
	i.timer.Reset(i.patience)
	return len(p), nil
}

func (i *idle) stop()         { i.timer.Stop() }
func (i *idle) expired() bool { return i.over.Load() }
