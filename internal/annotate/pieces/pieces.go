// Package pieces cuts the parts of an article in which statements are looked
// for into word pieces, and tells of each what the encoder is told beside the
// piece itself.
package pieces

import (
	"context"
	"fmt"
	"unicode/utf8"

	"whosaid/internal/neural/wordpiece"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Stage fills Document.Pieces.
func Stage(t *wordpiece.Tokenizer) pipeline.Stage {
	return pipeline.Stage{
		Name:  "pieces",
		Doc:   "Word pieces of the encoder, the shape of their words, and which stand in quotation marks.",
		Needs: []string{"text", "blocks"},
		Gives: []string{"pieces"},
		Run: func(_ context.Context, doc *news.Document) error {
			doc.Pieces = Cut(t, doc)
			end := min(len(doc.Text), longest)
			if len(doc.Pieces) == most {
				end = doc.Pieces[most-1].End
			}
			if end < len(doc.Text) {
				doc.Problems = append(doc.Problems, news.Problem{Code: news.ProblemLong, Message: fmt.Sprintf(
					"Its text is %d bytes long; statements were looked for in the first %d only. If it holds several articles, divide it.", len(doc.Text), end)})
			}
			return nil
		},
	}
}

// longest is how many bytes of a text are read for statements: some 180,000
// words, which no article has and which takes minutes.
const longest = 1_000_000

// most is how many pieces of a text are read: more than prose of the longest
// length has, fewer than as many single signs have. Each costs memory and time.
const most = 300_000

// Cut gives the word pieces of doc with their features.
func Cut(t *wordpiece.Tokenizer, doc *news.Document) []news.Piece {
	runs := worded(doc.Text, shorten(doc.Text, Runs(doc)))
	var pieces []news.Piece
	for _, r := range runs {
		pieces = t.Append(pieces, r.Text(doc.Text), r.Start)
	}
	pieces = pieces[:min(len(pieces), most)]
	shape, quote, paragraph := Features(doc.Text, runs, pieces)
	for i := range pieces {
		pieces[i].Shape, pieces[i].Quote, pieces[i].Paragraph = shape[i], quote[i], paragraph[i]
	}
	return pieces
}

// Runs are the stretches of doc that the encoder reads, each from the first to
// the last of some blocks in a row in which statements are looked for. A
// document that is to be read as it is, is one run.
func Runs(doc *news.Document) []news.Span {
	if doc.AsIs {
		if doc.Text == "" {
			return nil
		}
		return []news.Span{{Start: 0, End: len(doc.Text)}}
	}
	var runs []news.Span
	following := false
	for _, b := range doc.Blocks {
		switch {
		case !b.Kind.Speech():
			following = false
		case following:
			runs[len(runs)-1].End = b.End
		default:
			runs = append(runs, b.Span)
			following = true
		}
	}
	return runs
}

// shorten ends runs where a text has become longer than is read.
func shorten(text string, runs []news.Span) []news.Span {
	end := min(len(text), longest)
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	for i := range runs {
		if runs[i].Start >= end {
			return runs[:i]
		}
		runs[i].End = min(runs[i].End, end)
	}
	return runs
}

// barren is how many bytes in a row without a letter or a digit are no part of
// any prose. The encoder would take minutes over a million quotation marks.
const barren = 1000

// worded cuts from runs what is barren, but for the marks next to the words.
func worded(text string, runs []news.Span) []news.Span {
	var kept []news.Span
	for _, run := range runs {
		at, word := run.Start, run.Start // where what is kept begins; the end of the last word
		for i, r := range run.Text(text) {
			if !alphanumeric(r) {
				continue
			}
			i += run.Start
			if i-word > barren {
				if word > run.Start {
					kept = append(kept, news.Span{Start: at, End: near(text, word, 1)})
				}
				at = near(text, i, -1)
			}
			word = i + utf8.RuneLen(r)
		}
		switch {
		case run.End-word <= barren:
			kept = append(kept, news.Span{Start: at, End: run.End})
		case word > run.Start:
			kept = append(kept, news.Span{Start: at, End: near(text, word, 1)})
		}
	}
	return kept
}

// near is the beginning of a code point some bytes from at, before it or, if
// step is 1, after it: room for the marks that stand at a word.
func near(text string, at, step int) int {
	at += step * barren / 10
	for !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
