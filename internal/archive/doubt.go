package archive

import (
	"cmp"
	"context"
	"encoding/binary"
	"iter"
	"math"
	"strings"

	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
)

// A Doubt is something in a current version of which its reader was unsure, or
// that somebody should look at because nothing tells how sure it is.
type Doubt struct {
	About      Doubted
	Confidence int   // that it is right, in ten-thousandths; 0 of a label, of which nothing tells it
	Version    int64 // that has it
	Place      int   // of a statement, among those that were read; of a label, where it begins in the text
	Key        int64 // DoubtKey
}

// Doubted is what a doubt is about.
type Doubted uint8

// What can be doubted of a version.
const (
	DoubtedStatement Doubted = iota + 1 // is it one?
	DoubtedSpeaker                      // do they say it?
	DoubtedLabel                        // is it what the article calls them?
)

// UnsureBelow is the confidence below which a statement and its speaker are in
// doubt.
const UnsureBelow = 0.7

// Doubts is the part of a Store that knows what is in doubt. It is made from the
// records, as the index of words is.
type Doubts interface {
	// Doubts yields the doubts of one kind, the greatest first, and those of
	// equal confidence by their versions, the latest first: from from on, which
	// need not be one (any more). The zero Doubt is before all.
	Doubts(ctx context.Context, about Doubted, from Doubt) iter.Seq2[Doubt, error]

	// DoubtedTies yields the ties by which statements are of one utterance and
	// of which it is unsure that they are, the least likely first, from from on,
	// which need not be one (any more). The zero Tie is before all.
	DoubtedTies(ctx context.Context, from Tie) iter.Seq2[Tie, error]
}

// DoubtKey is the same for whatever asks the same thing, also in another reading
// of the article: who is the speaker, or whom the label is of.
func DoubtKey(about Doubted, article, who, words string) int64 {
	sum := digest("doubt", string(rune(about)), article, terms.Fold(who), terms.Fold(words))
	return int64(binary.BigEndian.Uint64(sum)) //nolint:gosec // any 64 bits
}

// Doubts are what is in doubt in v. What somebody has corrected is not, and what
// stands in quotation marks and was given to nobody claims nothing.
func (v *Version) Doubts() []Doubt {
	list := doubtsIn(v.Doc, v.Places, v.Amendments)
	for i := range list {
		list[i].Version = v.ID
	}
	return list
}

func doubtsIn(doc *news.Document, places Places, amendments []Amendment) []Doubt {
	corrected := map[int]bool{}
	for _, a := range amendments {
		if a.Label == nil && !a.Rejected {
			corrected[a.Statement] = true
		}
	}
	var out []Doubt
	for i := range doc.Statements {
		s := &doc.Statements[i]
		if s.By == news.ByMarks || corrected[places.At(i)] {
			continue
		}
		if s.Confidence < UnsureBelow {
			out = append(out, Doubt{DoubtedStatement, parts(s.Confidence), 0, places.At(i), DoubtKey(DoubtedStatement, doc.ID, "", Words(doc, s))})
		}
		for _, p := range s.Speakers {
			if p.Confidence < UnsureBelow && p.Name != "" {
				out = append(out, Doubt{DoubtedSpeaker, parts(p.Confidence), 0, places.At(i), DoubtKey(DoubtedSpeaker, doc.ID, Voices(s), Words(doc, s))})
				break
			}
		}
	}
	return append(out, labelsIn(doc, amendments)...)
}

// labelsIn are the labels of a document, each once: what a decision about one
// says is said of all that are alike. What somebody has corrected is left out.
func labelsIn(doc *news.Document, amendments []Amendment) []Doubt {
	corrected := map[[2]string]bool{} // by actor and words
	for _, a := range amendments {
		if l := a.Label; l != nil {
			corrected[[2]string{cmp.Or(l.To, l.Actor), terms.Fold(cmp.Or(l.Words, l.Text))}] = true
		}
	}
	var out []Doubt
	known, taken := map[int64]bool{}, map[int]bool{}
	for i := range doc.Actors {
		a := &doc.Actors[i]
		for _, d := range a.Descriptions {
			if d.Kind != "label" || corrected[[2]string{a.ID, terms.Fold(d.Text(doc.Text))}] {
				continue
			}
			key := DoubtKey(DoubtedLabel, doc.ID, a.Name, d.Text(doc.Text))
			if known[key] || taken[d.Start] {
				continue
			}
			known[key], taken[d.Start] = true, true
			out = append(out, Doubt{DoubtedLabel, 0, 0, d.Start, key})
		}
	}
	return out
}

// EarlierFrom is the least earlier statement that a tie can have beside from, of
// its likelihood and its later statement, to come with it or behind it.
func EarlierFrom(from Tie, behind bool) int64 {
	if behind {
		return from.Earlier + 1
	}
	return from.Earlier
}

// PlaceFrom is the least place that a doubt can have beside from, in its version
// and of its confidence, to come with it or behind it.
func PlaceFrom(from Doubt, behind bool) int {
	if behind {
		return from.Place + 1
	}
	return from.Place
}

// parts is a share of one in ten-thousandths.
func parts(share float64) int { return int(math.Round(max(0, min(share, 1)) * 1e4)) }

// Words is the content of a statement on one line.
func Words(doc *news.Document, s *news.Statement) string {
	list := make([]string, 0, len(s.Content))
	for _, span := range s.Content {
		list = append(list, strings.Join(strings.Fields(span.Text(doc.Text)), " "))
	}
	return strings.Join(list, " … ")
}

// Voices are the names of the speakers of a statement on one line.
func Voices(s *news.Statement) string {
	names := make([]string, 0, len(s.Speakers))
	for _, p := range s.Speakers {
		names = append(names, p.Name)
	}
	return strings.Join(names, " and ")
}

// DoubtsBy is Onward for doubts.
func DoubtsBy(from Doubt, get func(from Doubt, behind bool) ([]Doubt, error)) iter.Seq2[Doubt, error] {
	if from == (Doubt{}) {
		from.Version = math.MaxInt64
	}
	return Onward(from, get)
}
