package format

import (
	"regexp"
	"strings"
)

// markup holds for text that is a piece of a page.
var markup = regexp.MustCompile(`(?i)</(?:p|div|span|a|em|strong|b|i|h[1-6]|li|html|body|article)\s*>|<(?:p|br)\s*/?>`)

// setBody sets the item's body from a field of text and one of HTML: the text
// if there is one. Text that holds tags is taken for HTML.
func (it *Item) setBody(text, html string) {
	switch {
	case strings.TrimSpace(text) == "":
		it.HTML = html
	case markup.MatchString(text):
		it.HTML = text
	default:
		it.Text = text
	}
}

// empty reports whether nothing is there to be read.
func (it *Item) empty() bool {
	return len(it.Blocks) == 0 && strings.TrimSpace(it.Text) == "" && strings.TrimSpace(it.HTML) == ""
}
