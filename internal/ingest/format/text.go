package format

import "strings"

// readText takes plain text as it came, unless it is the export of a news
// database.
func readText(f *file) {
	text, ok := f.text("text/plain", false)
	if !ok {
		return
	}
	if strings.TrimSpace(text) == "" {
		f.fail("", "it is empty")
		return
	}
	if maybeExport(text) {
		if blocks := textBlocks(text); isNexis(blocks) || isFactiva(blocks) {
			f.document(Item{}, blocks)
			return
		}
	}
	f.item(Item{Text: text})
}

// maybeExport is a quick look for the lines that isNexis and isFactiva want.
func maybeExport(text string) bool {
	low := strings.ToLower(text)
	return strings.Contains(low, " words") && (strings.Contains(low, "end of document") || strings.Contains(low, " documents") || strings.Contains(low, "\ndocument "))
}

// readHTML takes a page as it came, unless it is the export of a news database.
func readHTML(f *file) {
	page, ok := f.text("text/html", true)
	if !ok {
		return
	}
	switch {
	case strings.TrimSpace(page) == "":
		f.fail("", "it is empty")
	case f.factivaPage(page):
	default:
		f.item(Item{HTML: page})
	}
}
