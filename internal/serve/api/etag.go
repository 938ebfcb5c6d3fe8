package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
)

// largestTagged is the longest answer, in bytes, that is given an ETag: it is
// held in memory until its end is known.
const largestTagged = 1 << 20

// tagged gives each answer to a GET an ETag of its content, and answers 304
// where whoever asks has it already. Longer answers pass through.
func tagged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		t := &tagging{ResponseWriter: w}
		next.ServeHTTP(t, r)
		t.end(r.Header.Values("If-None-Match"))
	})
}

// tagging holds an answer back.
type tagging struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
	passed bool // what was held back is sent, and the rest is not held
}

func (t *tagging) WriteHeader(status int) {
	if t.status == 0 {
		t.status = status
	}
}

func (t *tagging) Write(p []byte) (int, error) {
	t.WriteHeader(http.StatusOK)
	if !t.passed && t.body.Len()+len(p) <= largestTagged {
		return t.body.Write(p)
	}
	if err := t.pass(); err != nil {
		return 0, err
	}
	return t.ResponseWriter.Write(p)
}

// Flush sends what is held back: whoever streams wants it seen.
func (t *tagging) Flush() {
	t.WriteHeader(http.StatusOK)
	if t.pass() == nil {
		_ = http.NewResponseController(t.ResponseWriter).Flush() // not every writer can
	}
}

func (t *tagging) pass() error {
	if t.passed {
		return nil
	}
	t.passed = true
	t.ResponseWriter.WriteHeader(t.status)
	_, err := t.ResponseWriter.Write(t.body.Bytes())
	return err
}

// end sends what is held back, or that it is as it was. The tag is a weak one:
// on its way the answer may be compressed.
func (t *tagging) end(known []string) {
	if t.passed {
		return
	}
	t.WriteHeader(http.StatusOK)
	if t.status == http.StatusOK {
		sum := sha256.Sum256(t.body.Bytes())
		tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
		t.Header().Set("ETag", "W/"+tag)
		if matches(known, tag) {
			t.Header().Del("Content-Type")
			t.ResponseWriter.WriteHeader(http.StatusNotModified)
			return
		}
	}
	_ = t.pass() // a client that has gone needs no answer
}

func matches(headers []string, tag string) bool {
	list := strings.Split(strings.Join(headers, ","), ",")
	return slices.ContainsFunc(list, func(x string) bool {
		x = strings.TrimSpace(x)
		return x == "*" || strings.TrimPrefix(x, "W/") == tag
	})
}
