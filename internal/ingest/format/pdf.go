package format

import (
	"errors"

	"whosaid/internal/ingest/format/pdftext"
	"whosaid/internal/news"
)

// readPDF reads the text layer of a PDF.
func readPDF(f *file) {
	d, err := pdftext.Read(f.data, f.opt.maxUnpacked())
	letters := 0
	for _, p := range d.Pages {
		for _, l := range p.Lines {
			letters += len(l.Text)
		}
	}
	if letters == 0 {
		switch {
		case errors.Is(err, pdftext.ErrTooLarge):
			f.fail("", "it unpacks to more than %s: not read further (a larger limit can be set)", size(f.opt.maxUnpacked()))
		case err != nil:
			f.fail("", "%v", err)
		case d.Lost > 0:
			f.fail("", "the fonts of this PDF do not say which letters they show; print it to a new PDF or run text recognition (OCR) over it")
		default:
			f.fail("", "this PDF has no text layer, only pictures of its pages; run text recognition (OCR) over it first")
		}
		return
	}
	flow := newPDFFlow(d)
	blocks := flow.blocks()
	meta := Item{Title: usableTitle(d.Title), URL: flow.url}
	if author := oneLine(d.Author); isName(author) {
		meta.Authors = namesIn(author)
	}
	for _, b := range blocks {
		if b.Kind == news.Headline {
			meta.Title = ""
		}
	}
	f.document(meta, blocks)
	if err != nil {
		f.fail("", "its text breaks off: %v", err)
	}
}
