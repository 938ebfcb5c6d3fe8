package format

// readText takes plain text as it came.
func readText(f *file) {
	text, ok := f.text("text/plain", false)
	if !ok {
		return
	}
	f.item(Item{Text: text})
}

// readHTML takes a page as it came.
func readHTML(f *file) {
	page, ok := f.text("text/html", true)
	if !ok {
		return
	}
	f.item(Item{HTML: page})
}
