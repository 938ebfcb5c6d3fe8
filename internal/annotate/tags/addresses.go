package tags

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// outsideAddresses drops names that are parts of addresses and names of files:
// "ilse.brandvold@harbour.example", "www.ellery.example", "Orr_letter.doc".
func outsideAddresses(doc *news.Document, tags []news.Tag) []news.Tag {
	return slices.DeleteFunc(tags, func(t news.Tag) bool {
		if !isName(t) && t.Kind != news.TagPersonName {
			return false
		}
		before, after := doc.Text[:t.Start], doc.Text[t.End:]
		return strings.HasPrefix(after, "_") || strings.HasSuffix(before, "_") || strings.HasPrefix(after, "://") ||
			strings.HasSuffix(before, "://") || joined(after) || joinedTo(before) ||
			strings.HasPrefix(after, "@") && strings.HasSuffix(before, ".")
	})
}

// joined reports whether after goes on with a full stop and a small letter, as no
// sentence does.
func joined(after string) bool {
	rest, ok := strings.CutPrefix(after, ".")
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && unicode.IsLower(r)
}

// joinedTo reports whether before ends in a letter or digit and a full stop or "@".
func joinedTo(before string) bool {
	bare := strings.TrimRight(before, ".@")
	r, _ := utf8.DecodeLastRuneInString(bare)
	if bare == before || len(before)-len(bare) > 1 || !unicode.IsLower(r) && !unicode.IsDigit(r) {
		return false
	}
	return strings.HasSuffix(before, "@") || unicode.IsLower(r) && strings.LastIndexAny(bare, " \n\t(") < strings.LastIndexAny(bare, "@/.")
}
