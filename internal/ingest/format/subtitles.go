package format

import (
	"whosaid/internal/ingest/format/transcript"
	"whosaid/internal/news"
)

// readTranscript reads subtitles: a paragraph a turn, which its speaker's name
// opens as it does in print.
func readTranscript(f *file) {
	text, ok := f.text("text/plain", false)
	if !ok {
		return
	}
	title, turns := transcript.Parse(text)
	it := Item{Title: oneLine(title)}
	for _, t := range turns {
		line := t.Text
		if t.Speaker != "" {
			line = t.Speaker + ": " + line
		}
		it.Blocks = addBlock(it.Blocks, news.Paragraph, line)
	}
	if len(it.Blocks) == 0 {
		f.fail("", "it holds no subtitles: a line of times (00:00:01,000 --> 00:00:04,000), and below it what is said")
		return
	}
	f.item(it)
}
