package api

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// A cursor holds how far a list was read, and of which list: with another
// query it means nothing.

// next is the cursor behind place at of a list.
func next(at int, list string) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%s", at, sum(list)))
}

// cursor is the place that a cursor says, 0 for none.
func cursor(text, list string) (int, error) {
	if text == "" {
		return 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	at, of, ok := strings.Cut(string(raw), ".")
	n, bad := strconv.Atoi(at)
	if err != nil || !ok || bad != nil || n < 0 || of != sum(list) {
		return 0, huma.Error422UnprocessableEntity("the cursor is not one of this list: begin without one")
	}
	return n, nil
}

func sum(list string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(list))
	return strconv.FormatUint(h.Sum64(), 36)
}
