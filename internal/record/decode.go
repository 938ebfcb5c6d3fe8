package record

import (
	"fmt"
	"unicode/utf8"

	"whosaid/internal/news"
)

// Decode turns a record back into the document that it was made from, without
// what records do not keep (word pieces, sentences, quotation marks). A record
// of another format, with a range outside its text or with a span whose text
// is not that slice is refused.
func Decode(r Record) (*news.Document, error) {
	if r.Format != Format {
		return nil, fmt.Errorf("record %s: its format is %q, and %q is what can be read", r.name(), r.Format, Format)
	}
	if !utf8.ValidString(r.Article.Text) {
		return nil, fmt.Errorf("record %s: the text is not valid UTF-8", r.name())
	}
	d := &decoder{text: r.Article.Text, at: news.NewOffsets(r.Article.Text)}
	d.length = d.at.Rune(len(d.text))
	doc := &news.Document{
		Article:    d.article(r.Article),
		Statements: back(r.Statements, d.statement),
		Actors:     back(r.Actors, d.actor),
		Relations:  back(r.Relations, d.relation),
		Dates:      back(r.Dates, d.date),
		OwnVoice:   back(r.OwnVoice, d.span),
	}
	if d.err != nil {
		return nil, fmt.Errorf("record %s: %w", r.name(), d.err)
	}
	return doc, nil
}

// name is what a message calls the record.
func (r Record) name() string {
	switch {
	case r.Article.File != "":
		return r.Article.File
	case r.Article.ID != "":
		return r.Article.ID
	}
	return "without a file name"
}

// A decoder converts the positions of one record and keeps the first error.
type decoder struct {
	text   string
	at     *news.Offsets
	length int // of text, in code points
	err    error
}

// back maps in through f; an empty list is nil, as stages leave it.
func back[T, R any](in []T, f func(T) R) []R {
	if len(in) == 0 {
		return nil
	}
	return list(in, f)
}

func (d *decoder) bytes(start, end int) news.Span {
	if start < 0 || end < start || end > d.length {
		if d.err == nil {
			d.err = fmt.Errorf("the range %d to %d lies outside the text, which has %d characters", start, end, d.length)
		}
		return news.Span{}
	}
	return news.Span{Start: d.at.Byte(start), End: d.at.Byte(end)}
}

func (d *decoder) span(s Span) news.Span {
	out := d.bytes(s.Start, s.End)
	if d.err == nil && out.Text(d.text) != s.Text {
		d.err = fmt.Errorf("the range %d to %d is said to be %.60q, but the text has %.60q there", s.Start, s.End, s.Text, out.Text(d.text))
	}
	return out
}

func (d *decoder) maybe(s *Span) *news.Span {
	if s == nil {
		return nil
	}
	out := d.span(*s)
	return &out
}

func (d *decoder) article(a Article) news.Article {
	return news.Article{
		ID: a.ID, File: a.File, URL: a.URL, Outlet: a.Outlet,
		Title: a.Title, Deck: a.Deck,
		Authors:   back(a.Authors, func(s string) string { return s }),
		Published: a.Published, Modified: a.Modified,
		Language: a.Language,
		Text:     a.Text,
		Blocks: back(a.Blocks, func(b Block) news.Block {
			return news.Block{Span: d.bytes(b.Start, b.End), Kind: news.BlockKind(b.Kind)}
		}),
		Repairs: back(a.Repairs, func(r Repair) news.Repair {
			return news.Repair{Span: d.bytes(r.Start, r.End), Was: r.Was}
		}),
		Chain: back(a.Chain, func(t Teller) news.Teller {
			return news.Teller{Name: t.Name, Actor: orEmpty(t.Actor), Evidence: d.maybe(t.Evidence)}
		}),
		Problems: back(a.Problems, func(p Problem) news.Problem {
			return news.Problem{Code: p.Code, Message: p.Message}
		}),
	}
}

func (d *decoder) statement(s Statement) news.Statement {
	out := news.Statement{
		ID: s.ID, By: news.By(s.By), Form: news.Form(s.Form), Kind: s.Kind,
		Conditional: s.Conditional, CueStance: s.CueStance,
		Source:  back(s.Source, d.span),
		Cue:     back(s.Cue, d.span),
		Content: back(s.Content, d.span),
		Speakers: back(s.Speakers, func(p Speaker) news.Speaker {
			return news.Speaker{Actor: p.Actor, Name: p.Name, By: p.By, Confidence: p.Confidence}
		}),
		Addressee:  d.maybe(s.Addressee),
		Venue:      d.maybe(s.Venue),
		Parent:     orEmpty(s.Parent),
		Confidence: s.Confidence,
	}
	if w := s.When; w != nil {
		span := d.span(Span{Start: w.Start, End: w.End, Text: w.Text})
		out.When = &news.Date{Span: span, Value: w.Value}
	}
	return out
}

func (d *decoder) actor(a Actor) news.Actor {
	return news.Actor{
		ID: a.ID, Name: a.Name, Named: a.Named, Type: a.Type,
		Mentions: back(a.Mentions, func(m Mention) news.Mention {
			return news.Mention{Span: d.span(m.Span), Form: m.Form}
		}),
		Descriptions: back(a.Descriptions, func(x Description) news.Description {
			return news.Description{Span: d.span(x.Span), Kind: x.Kind, By: x.By}
		}),
	}
}

func (d *decoder) relation(r Relation) news.Relation {
	return news.Relation{Type: r.Type, From: r.From, To: r.To, Evidence: d.span(r.Evidence), By: r.By}
}

func (d *decoder) date(x Date) news.Date {
	span := d.span(Span{Start: x.Start, End: x.End, Text: x.Text})
	return news.Date{Span: span, Value: x.Value, Kind: x.Kind}
}

// orEmpty is the id behind p, or none.
func orEmpty(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}
