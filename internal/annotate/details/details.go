// Package details finds to whom a statement was made (addressee), where or in
// what it was made (venue), and through whom it came to the page (the reporting
// chain).
//
// All of it is read off the words around the cue: "told reporters", "was asked",
// "in an interview with …", "on Twitter". Noun phrases are read without a
// parser, up to the first word that cannot belong to them. What one sentence
// says of a speech holds for the next if the same speaker goes on.
package details

import (
	"context"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Stage fills Addressee and Venue of every statement and the article's Chain.
func Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "details",
		Doc:   "Addressee and venue of each statement and the article's reporting chain, by rules on the words around the cue.",
		Needs: []string{"text", "blocks", "sentences", "statements"},
		Gives: []string{"details"},
		Run: func(_ context.Context, doc *news.Document) error {
			Find(doc)
			return nil
		},
	}
}

// Find fills the details of the statements of doc, then its chain.
func Find(doc *news.Document) {
	r := &reader{doc: doc}
	for i := range doc.Statements {
		r.statement(i)
	}
	carryOver(doc)
	doc.Chain = chain(doc)
}

// A reader keeps the words of the sentence that was read last: many statements
// share one.
type reader struct {
	doc      *news.Document
	sentence news.Span
	words    []word
}

// statement fills the addressee and the venue of statement i from its own
// sentence.
func (r *reader) statement(i int) {
	s := &r.doc.Statements[i]
	if len(s.Cue) == 0 {
		return
	}
	r.load(s.Cue[0])
	if len(r.words) == 0 {
		return
	}
	c := newScene(r, s)
	s.Venue = c.venue(r.cuesBeside(i))
	if s.Venue == nil {
		s.Venue = remarks(r.doc, s)
	}
	s.Addressee = c.addressee(r.doc, i)
}

// beside is how many statements before and after one may share its sentence.
const beside = 5

// cuesBeside is the cues of other speakers' statements around statement i.
func (r *reader) cuesBeside(i int) []news.Span {
	var cues []news.Span
	all := r.doc.Statements
	for j := max(0, i-beside); j < min(len(all), i+beside+1); j++ {
		if j != i && len(all[j].Cue) > 0 && r.sentence.Contains(all[j].Cue[0]) && !sameSpeaker(r.doc, &all[j], &all[i]) {
			cues = append(cues, all[j].Cue[0])
		}
	}
	return cues
}

// widest is how much of a sentence before and after a cue is looked at, in
// bytes: sentences of news are shorter, and those that are not are no sentences.
const widest = 400

// load reads the words of the sentence around a cue.
func (r *reader) load(cue news.Span) {
	doc := r.doc
	k := sentenceAt(doc, cue.Start)
	if k == len(doc.Sentences) || doc.Sentences[k].Start > cue.Start {
		r.words = nil
		return
	}
	s := doc.Sentences[k]
	if s.Len() > 2*widest {
		s = news.Span{Start: max(s.Start, cue.Start-widest), End: min(s.End, cue.End+widest)}
	}
	if s == r.sentence && r.words != nil {
		return
	}
	r.sentence, r.words = s, wordsOf(doc.Text, s)
}
