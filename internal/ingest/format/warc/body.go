package warc

import (
	"bytes"
	"fmt"
	"io"
	"net/http/httputil"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// dechunked takes the chunked transfer encoding off a body, or gives the body
// as it is if it has none.
func dechunked(b []byte) []byte {
	out, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(b)))
	if err != nil && len(out) == 0 {
		return b
	}
	return out
}

// decoded takes the content encoding off a body. Crawlers often store a body
// without the encoding that the header still names.
func decoded(b []byte, encoding string, most int64) ([]byte, error) {
	var r io.Reader
	var err error
	switch encoding = strings.ToLower(strings.TrimSpace(encoding)); encoding {
	case "", "identity":
		return b, nil
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(b, []byte{0x1F, 0x8B}) {
			return b, nil
		}
		r, err = gzip.NewReader(bytes.NewReader(b))
	case "deflate":
		if bytes.HasPrefix(bytes.TrimSpace(b), []byte("<")) {
			return b, nil
		}
		if r, err = zlib.NewReader(bytes.NewReader(b)); err != nil {
			r, err = flate.NewReader(bytes.NewReader(b)), nil
		}
	case "zstd":
		if !bytes.HasPrefix(b, []byte{0x28, 0xB5, 0x2F, 0xFD}) {
			return b, nil
		}
		var z *zstd.Decoder
		if z, err = zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20)); err == nil {
			defer z.Close()
			r = z
		}
	default:
		if bytes.HasPrefix(bytes.TrimSpace(b), []byte("<")) {
			return b, nil
		}
		return nil, fmt.Errorf("the page is packed in a way that is not read (%.20s)", encoding)
	}
	if err != nil {
		return nil, fmt.Errorf("the page's %s compression is damaged", encoding)
	}
	out, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case int64(len(out)) > most:
		return nil, fmt.Errorf("the page unpacks to more than %d MB; raise the limit with --max-unpacked", most>>20)
	case err != nil && len(out) == 0:
		return nil, fmt.Errorf("the page's %s compression is damaged", encoding)
	case err != nil:
		return nil, fmt.Errorf("the page's %s compression is cut short", encoding)
	}
	return out, nil
}
