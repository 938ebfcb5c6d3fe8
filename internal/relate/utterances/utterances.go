// Package utterances tells which statements of different articles report one
// act of speaking, and how their words differ.
//
// It is algorithms alone: it keeps nothing and reads nothing. New sets a
// statement into words; Relate compares two of them; an Index offers those
// among many that may be related to a new one; Copies finds articles that are
// printings of one text. The relations are those of the record's contract:
// between two statements of one utterance verbatim, truncated, altered, partial
// and reported, between two occasions same-claim.
package utterances

import (
	"whosaid/internal/english"
	"whosaid/internal/names"
	"whosaid/internal/news"
)

// A Relation is how two statements of different articles stand to each other.
type Relation string

// The relations. The first five are between statements that report one
// utterance.
const (
	Verbatim  Relation = "verbatim"   // the same quoted words
	Truncated Relation = "truncated"  // one quotes a part of what the other quotes
	Altered   Relation = "altered"    // quoted words differ
	Partial   Relation = "partial"    // the quotations overlap, and each has words of its own
	Reported  Relation = "reported"   // one or both are indirect: the same claim on the same occasion
	SameClaim Relation = "same-claim" // the same speaker and claim on another occasion
	Different Relation = "different"  // neither
	Echo      Relation = "different-speaker"
)

// Linked reports whether r ties two statements together.
func (r Relation) Linked() bool { return r != Different && r != Echo && r != "" }

// OneUtterance reports whether r is between two reports of one act of speaking.
func (r Relation) OneUtterance() bool { return r.Linked() && r != SameClaim }

// A Statement is what linking looks at of one statement.
type Statement struct {
	ID      int64  // who asks tells statements apart by it
	Article int64  // statements of one article are never compared
	Day     int    // days since the year 1 (archive.Day), 0 where it is not known
	Kind    string // of the statement, as records have it
	Cue     uint32 // stem of the word of its cue that tells most, 0 where none tells more than "said"
	Against bool   // its cue tells of refusing or opposing
	Habit   bool   // its cue tells of something said more than once, or on no day ("has vowed", "keeps saying")

	Speakers []Speaker
	Words    []Word
	Vector   Vector
}

// A Speaker is who is said to have said it.
type Speaker struct {
	Person int64    // across articles, 0 where nobody has told
	Words  []string // of the name or the description, as names.Words has them
	Named  bool     // it is a name

	Guessed  bool // told from a pronoun or a description
	Doubtful bool // told from a description that is no name

	Called []uint32 // words of the description that stands for it here, where one does, or of the name of a body
	Roles  []uint32 // words of the offices that the article gives it
}

// New sets statement i of a document. people says who each actor of the
// document is, or is empty.
func New(doc *news.Document, i int, people []int64) Statement {
	s := &doc.Statements[i]
	out := Statement{Kind: s.Kind, Cue: cue(doc.Text, s), Habit: habit(doc.Text, s), Against: against(doc.Text, s), Words: Words(doc.Text, s)}
	for _, p := range s.Speakers {
		spoken := Speaker{Words: nameWords(p.Name), Named: p.By != "nominal" || p.Actor != "", Guessed: p.By != "name", Doubtful: p.By == "nominal" && p.Actor != ""}
		if p.By == "nominal" {
			for _, span := range s.Source {
				spoken.Called = described(spoken.Called, span.Text(doc.Text))
			}
		}
		for k := range doc.Actors {
			if a := &doc.Actors[k]; a.ID == p.Actor && p.Actor != "" {
				spoken.Words, spoken.Named = nameWords(a.Name), a.Named
				spoken.Roles = roles(doc, a)
				if a.Type == "organisation" && len(spoken.Called) == 0 {
					spoken.Called = described(nil, a.Name)
				}
				if len(people) == len(doc.Actors) {
					spoken.Person = people[k]
				}
			}
		}
		if spoken.Named {
			spoken.Words = withoutHonorific(spoken.Words)
		}
		if len(spoken.Words) > 0 {
			out.Speakers = append(out.Speakers, spoken)
		}
	}
	if len(out.Speakers) == 0 {
		for _, span := range s.Source {
			if words := nameWords(span.Text(doc.Text)); len(words) > 0 {
				out.Speakers = append(out.Speakers, Speaker{Words: words})
			}
		}
	}
	return out
}

// nameWords are the words of a name, accents aside.
func nameWords(name string) []string {
	words := names.Words(name)
	for i, w := range words {
		if bare := fold(w); bare != "" {
			words[i] = bare
		}
	}
	return words
}

// withoutHonorific are the words of a name without the "Mr." before them.
func withoutHonorific(words []string) []string {
	if len(words) > 1 {
		if gender, _ := english.Honorific(words[0]); gender != english.Unmarked {
			return words[1:]
		}
	}
	return words
}
