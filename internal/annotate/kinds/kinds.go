// Package kinds tells what the speaker of a statement does (claims, denies,
// warns, promises, …), whether that hangs on a condition, and what the choice
// of cue lends the words.
//
// A lexicon of cues (cues.txt) has the first word: "denied" is a denial,
// whatever was said. After a plain cue ("said") a small classifier reads the
// kind off the content: off words that show it (signs.txt), who will or should
// do what, and the encoder's vectors. Stance is the lexicon's alone, conditions
// are rules.
package kinds

import (
	"context"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Kinds are what a speaker may do, in the order in which the classifier gives
// its scores.
var Kinds = []string{"claim", "denial", "prediction", "warning", "promise", "demand", "question", "praise", "criticism"}

// Stances are what a cue may lend the words: nothing, the outlet's own belief,
// its doubt.
var Stances = []string{"neutral", "endorsing", "doubting"}

// Stage fills Kind, Conditional and CueStance of every statement.
func Stage(m *Model) pipeline.Stage {
	return pipeline.Stage{
		Name:  "kinds",
		Doc:   "Kind, condition and stance of each statement, by a lexicon of cues, and by a classifier on words and vectors where the cue is plain.",
		Needs: []string{"text", "sentences", "pieces", "statements"},
		Gives: []string{"kinds"},
		Run: func(_ context.Context, doc *news.Document) error {
			m.Tell(doc)
			return nil
		},
	}
}

// Tell fills Kind, Conditional and CueStance of the statements of doc.
func (m *Model) Tell(doc *news.Document) {
	for i := range doc.Statements {
		s := &doc.Statements[i]
		f := Describe(doc, s, Standard)
		s.Kind = m.Kind(f)
		s.CueStance = f.Verdict.Stance
		if s.CueStance == "" {
			s.CueStance = Stances[0]
		}
		s.Conditional = hangs(doc, i, s.Kind == "question")
	}
}
