package record

import (
	"fmt"
	"math"
	"unicode/utf8"

	"whosaid/internal/news"
)

// Encode turns doc into its record. Every span of doc must pass Check; one
// that does not makes Encode panic.
func Encode(doc *news.Document) Record {
	e := encoder{text: doc.Text, at: news.NewOffsets(doc.Text)}
	return Record{
		Format:     Format,
		Article:    e.article(&doc.Article),
		Statements: list(doc.Statements, e.statement),
		Actors:     list(doc.Actors, e.actor),
		Relations:  list(doc.Relations, e.relation),
		Dates:      list(doc.Dates, e.date),
		OwnVoice:   list(doc.OwnVoice, e.span),
	}
}

// An encoder holds what converting one document needs.
type encoder struct {
	text string
	at   *news.Offsets
}

// list maps in through f; the result is never nil, so that JSON shows [].
func list[T, R any](in []T, f func(T) R) []R {
	out := make([]R, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}

func (e encoder) span(s news.Span) Span {
	return Span{Start: e.at.Rune(s.Start), End: e.at.Rune(s.End), Text: s.Text(e.text)}
}

func (e encoder) maybe(s *news.Span) *Span {
	if s == nil {
		return nil
	}
	out := e.span(*s)
	return &out
}

func (e encoder) article(a *news.Article) Article {
	return Article{
		ID: a.ID, File: a.File, URL: a.URL, Outlet: a.Outlet,
		Title: a.Title, Deck: a.Deck,
		Authors:   append([]string{}, a.Authors...),
		Published: a.Published, Modified: a.Modified,
		Language: a.Language,
		Text:     a.Text,
		Blocks: list(a.Blocks, func(b news.Block) Block {
			return Block{Kind: string(b.Kind), Start: e.at.Rune(b.Start), End: e.at.Rune(b.End)}
		}),
		Repairs: list(a.Repairs, func(r news.Repair) Repair {
			return Repair{Start: e.at.Rune(r.Start), End: e.at.Rune(r.End), Was: r.Was}
		}),
		Chain: list(a.Chain, func(t news.Teller) Teller {
			return Teller{Name: t.Name, Actor: orNull(t.Actor), Evidence: e.maybe(t.Evidence)}
		}),
		Problems: list(a.Problems, func(p news.Problem) Problem {
			return Problem{Code: p.Code, Message: p.Message}
		}),
	}
}

func (e encoder) statement(s news.Statement) Statement {
	out := Statement{
		ID: s.ID, By: string(s.By), Form: string(s.Form), Kind: s.Kind,
		Conditional: s.Conditional, CueStance: s.CueStance,
		Source:  list(s.Source, e.span),
		Cue:     list(s.Cue, e.span),
		Content: list(s.Content, e.span),
		Speakers: list(s.Speakers, func(p news.Speaker) Speaker {
			return Speaker{Actor: p.Actor, Name: p.Name, By: p.By, Confidence: round(p.Confidence)}
		}),
		Addressee:  e.maybe(s.Addressee),
		Venue:      e.maybe(s.Venue),
		Parent:     orNull(s.Parent),
		Confidence: round(s.Confidence),
	}
	if w := s.When; w != nil {
		d := e.date(*w)
		out.When = &When{Text: d.Text, Start: d.Start, End: d.End, Value: d.Value}
	}
	return out
}

func (e encoder) actor(a news.Actor) Actor {
	return Actor{
		ID: a.ID, Name: a.Name, Named: a.Named, Type: a.Type,
		Mentions: list(a.Mentions, func(m news.Mention) Mention {
			return Mention{Span: e.span(m.Span), Form: m.Form}
		}),
		Descriptions: list(a.Descriptions, func(d news.Description) Description {
			return Description{Span: e.span(d.Span), Kind: d.Kind, By: d.By}
		}),
	}
}

func (e encoder) relation(r news.Relation) Relation {
	return Relation{Type: r.Type, From: r.From, To: r.To, Evidence: e.span(r.Evidence), By: r.By}
}

func (e encoder) date(d news.Date) Date {
	s := e.span(d.Span)
	return Date{Text: s.Text, Start: s.Start, End: s.End, Value: d.Value, Kind: d.Kind}
}

// orNull is nil for an empty id.
func orNull(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}

// round keeps four places of a confidence: more would be noise, and digits
// that differ between machines. JSON has no NaN; it counts as no confidence.
func round(p float64) float64 {
	if math.IsNaN(p) {
		return 0
	}
	return math.Round(min(max(p, 0), 1)*1e4) / 1e4
}

// Check says whether doc can be encoded: its text is valid UTF-8, and every
// span lies inside it and cuts no character. Whatever it finds is a bug of the
// stage that made the span.
func Check(doc *news.Document) error {
	if !utf8.ValidString(doc.Text) {
		return fmt.Errorf("the text is not valid UTF-8")
	}
	for what, s := range Spans(doc) {
		if s.Start < 0 || s.End < s.Start || s.End > len(doc.Text) {
			return fmt.Errorf("%s has the range %d to %d in a text of %d bytes", what, s.Start, s.End, len(doc.Text))
		}
		for _, b := range []int{s.Start, s.End} {
			if b < len(doc.Text) && !utf8.RuneStart(doc.Text[b]) {
				return fmt.Errorf("%s cuts a character at byte %d", what, b)
			}
		}
	}
	return nil
}
