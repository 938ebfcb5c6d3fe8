package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"

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

// unpack takes the Content-Encoding off a body. It reads the body twice over,
// to count before anything is kept: a bomb costs time then and no memory.
func unpack(body []byte, encoding string, most int64) ([]byte, error) {
	var open func() (io.ReadCloser, error)
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "gzip", "x-gzip":
		open = func() (io.ReadCloser, error) { return gzip.NewReader(bytes.NewReader(body)) }
	case "zstd":
		open = func() (io.ReadCloser, error) {
			z, err := zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
			if err != nil {
				return nil, err
			}
			return z.IOReadCloser(), nil
		}
	case "", "identity":
		return body, nil
	default:
		return nil, &Error{Reason: fmt.Sprintf("the server packed the page in a way that was not asked for (%s)", encoding), Hint: "save the page in a browser and give the file"}
	}
	var unpacked bytes.Buffer
	for _, to := range []io.Writer{io.Discard, &unpacked} {
		r, err := open()
		if err != nil {
			return nil, damaged(encoding, err)
		}
		n, err := io.Copy(to, io.LimitReader(r, most+1))
		r.Close()
		if n > most {
			return nil, &Error{Reason: fmt.Sprintf("the page unpacks to more than %.4g MB", float64(most)/(1<<20)), Hint: "raise the limit with --max-unpacked"}
		}
		if err != nil {
			return nil, damaged(encoding, err)
		}
		if to == io.Discard {
			unpacked.Grow(int(n) + bytes.MinRead)
		}
	}
	return unpacked.Bytes(), nil
}

// damaged says what is wrong with packed data.
func damaged(encoding string, err error) *Error {
	what := "damaged"
	if errors.Is(err, io.ErrUnexpectedEOF) {
		what = "cut short"
	}
	return &Error{Reason: fmt.Sprintf("the page's %s compression is %s", encoding, what), Hint: "try again", Err: err}
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
