package charset

import (
	"cmp"
	"slices"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// sampleSize is how many bytes the detector looks at.
const sampleSize = 1 << 16

// detect guesses the charset of b, which is not UTF-8 and names none itself.
func detect(b []byte, html bool) (encoding.Encoding, string) {
	sample := b[:min(len(b), sampleSize)]
	if westernPunctuation(sample) {
		return charmap.Windows1252, "windows-1252"
	}
	detector := chardet.NewTextDetector()
	if html {
		detector = chardet.NewHtmlDetector()
	}
	results, err := detector.DetectAll(sample)
	if err != nil {
		return charmap.Windows1252, "windows-1252"
	}
	// The detector runs its recognisers at the same time, so the order of
	// those that are equally sure would change from run to run.
	slices.SortFunc(results, func(a, b chardet.Result) int {
		return cmp.Or(b.Confidence-a.Confidence, cmp.Compare(a.Charset, b.Charset))
	})
	for _, r := range results {
		label := r.Charset
		switch label {
		case "ISO-8859-8-I":
			label = "windows-1255"
		case "GB-18030":
			label = "gb18030"
		}
		enc, err := htmlindex.Get(label)
		if err != nil {
			continue // UTF-32 and EBCDIC, which no news comes in
		}
		name, err := htmlindex.Name(enc)
		if err != nil || name == "utf-8" || name == "replacement" {
			continue
		}
		if text, _, err := decodeAs(enc, name, sample); err == nil && credible(text) {
			return enc, name
		}
	}
	return charmap.Windows1252, "windows-1252"
}

// westernPunctuation reports whether all bytes of b above ASCII are the
// quotation marks, dashes and signs of windows-1252 that English text holds. A
// detector by letters has nothing to go on there.
func westernPunctuation(b []byte) bool {
	found := false
	for _, c := range b {
		switch {
		case c < 0x80:
		case c == 0x80, c == 0x85, 0x91 <= c && c <= 0x97, c == 0x99, c == 0xA0, c == 0xA3, c == 0xA9, c == 0xAB, c == 0xAE, c == 0xB0, c == 0xB7, c == 0xBB, c == 0xBD:
			found = true
		default:
			return false
		}
	}
	return found
}
