// Package statements finds what an article reports as said: who (source), by
// which words (cue), and what (content).
//
// The network marks the first piece of every cue, and for each cue the pieces
// of its source, cue and content (internal/neural/encoder). This package reads
// it over windows of a long article, turns its scores into spans, and sets them
// against the quotation marks: direct content begins and ends at its marks, and
// a passage in marks that was given to nobody is listed by its marks.
package statements

import (
	"cmp"
	"context"
	"math"
	"sync"

	"whosaid/internal/neural/encoder"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Options say how an article is read. The zero value of a field means its default.
type Options struct {
	Window    int     // pieces the encoder reads at once
	Margin    int     // pieces at each end of a window that its neighbour reads better
	Reach     int     // pieces before and after a cue in which its source and content are sought
	Least     float64 // probability of a cue from which it is looked at
	Threshold float64 // confidence from which a statement is believed
	Second    float64 // likewise where its content is a quotation that nobody else holds
	NoSource  float64 // probability from which a statement is believed to name no source
	Precision encoder.Precision
	Weights   Evidence // of the confidence

	// All keeps every statement that was looked at, and Observe, if set, is told
	// the evidence for each: whosaid eval calibrate fits the weights to it.
	All     bool
	Observe func(doc *news.Document, statement string, e Evidence)
}

// Defaults are the options that dev was tuned to.
var Defaults = Options{Window: 320, Margin: 24, Reach: 160, Least: 0.2, Threshold: 0.4, Second: 0.15, NoSource: 0.5, Precision: encoder.Quantised}

func (o Options) orDefaults() Options {
	o.Window = cmp.Or(o.Window, Defaults.Window)
	o.Margin = cmp.Or(o.Margin, Defaults.Margin)
	o.Reach = cmp.Or(o.Reach, Defaults.Reach)
	o.Least = cmp.Or(o.Least, Defaults.Least)
	o.Threshold = cmp.Or(o.Threshold, Defaults.Threshold)
	o.Second = cmp.Or(o.Second, Defaults.Second)
	o.NoSource = cmp.Or(o.NoSource, Defaults.NoSource)
	return o
}

// A Reader finds statements. It may be used by many goroutines: each borrows a
// session of the network for the length of one article.
type Reader struct {
	options  Options
	width    int // of the encoder's vectors
	sessions sync.Pool
}

// New makes a reader on a loaded network.
func New(model *encoder.Model, options Options) *Reader {
	r := &Reader{options: options.orDefaults(), width: model.Width()}
	r.sessions.New = func() any { return &session{net: model.NewSession(r.options.Precision)} }
	return r
}

// Width is the number of values in a vector of Document.Vectors.
func (r *Reader) Width() int { return r.width }

// Stage is the reader as a step of the pipeline.
func (r *Reader) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "statements",
		Doc:   "finds statements (source, cue, content) by the network, sets them against the quotation marks and lists the passages in marks that nobody was given",
		Needs: []string{"pieces", "quotes", "sentences"},
		Gives: []string{"statements", "vectors"},
		Run: func(_ context.Context, doc *news.Document) error {
			doc.Statements, doc.Vectors = r.Read(doc)
			return nil
		},
	}
}

// Read returns the statements of doc in the order of the text, and what the
// encoder says of each piece.
func (r *Reader) Read(doc *news.Document) ([]news.Statement, *news.Vectors) {
	s := r.sessions.Get().(*session)
	defer r.sessions.Put(s)
	vectors := newVectors(len(doc.Pieces), r.width)
	found := s.candidates(doc, vectors, r.options)
	if r.options.All {
		return assemble(doc, found, r.options), vectors
	}
	chosen := exclusive(doc, choose(doc, found, r.options))
	return assemble(doc, append(chosen, s.inner(doc, chosen, r.options)...), r.options), vectors
}

// A session is what one worker needs to read one article after another.
type session struct {
	net   *encoder.Session
	input encoder.Input
	chain chain
	at    []int
	start []float32
	tags  []float32
}

// A candidate is a cue that the network saw, with the spans of its statement.
type candidate struct {
	piece int                // the first piece of the cue
	p     float64            // that a cue begins there
	path  [roles]float64     // that each role's spans are these, among all possible
	spans [roles][]news.Span // in bytes
	Evidence
	sure float64 // its confidence
}

// load fills the network's input with pieces and encodes it. What it returns is
// the network's own until the next load.
func (s *session) load(pieces []news.Piece) (encoded []float32) {
	n := len(pieces)
	in := &s.input
	in.IDs, in.Shape, in.Quote, in.Paragraph = grow(in.IDs, n), grow(in.Shape, n), grow(in.Quote, n), grow(in.Paragraph, n)
	for i, p := range pieces {
		in.IDs[i], in.Shape[i], in.Quote[i], in.Paragraph[i] = p.ID, p.Shape, p.Quote, p.Paragraph
	}
	encoded = s.net.Encode(*in)
	s.start = s.net.CueStarts(s.start[:0])
	return encoded
}

// candidates reads the whole article and returns what each cue that is worth a
// look reports, weighed. It fills vectors on the way.
func (s *session) candidates(doc *news.Document, vectors *news.Vectors, o Options) []candidate {
	var found []candidate
	for _, w := range tile(doc.Pieces, o.Window, o.Margin) {
		pieces := doc.Pieces[w.start:w.end]
		keep(vectors, w, s.load(pieces))
		found = append(found, s.cues(doc.Text, pieces, w, o)...)
	}
	held := newHoldings(doc.Quotes)
	found = sign(doc.Text, found, signed(doc, held))
	weigh(doc, found, held, o)
	return found
}

// cues returns the cues among w's own pieces; pieces are those of w, loaded.
func (s *session) cues(text string, pieces []news.Piece, w window, o Options) []candidate {
	var found []candidate
	for c := w.from - w.start; c < w.to-w.start; c++ {
		p := sigmoid(s.start[c])
		if !pieces[c].First || p < o.Least {
			continue
		}
		lo, hi := around(text, pieces, c, o.Reach)
		s.tags = s.net.Tag(s.tags[:0], c, lo, hi)
		s.at = firsts(pieces[lo:hi], s.at)
		found = append(found, s.decode(pieces[lo:hi], c-lo, w.start+lo, p, o.NoSource))
	}
	return found
}

// decode turns the scores of the cue that begins at pieces[c] into spans; base
// is the place of pieces[0] in the article.
func (s *session) decode(pieces []news.Piece, c, base int, p, noSource float64) candidate {
	found := candidate{piece: base + c, p: p}
	for role := range roles {
		none := 1.0
		if role == source {
			none = noSource
		}
		found.path[role] = s.chain.best(s.tags, role, s.at, none)
		found.spans[role] = runs(pieces, s.at, s.chain.in)
	}
	if len(found.spans[cue]) == 0 {
		end := c + 1
		for end < len(pieces) && !pieces[end].First {
			end++
		}
		found.spans[cue] = []news.Span{{Start: pieces[c].Start, End: pieces[end-1].End}}
	}
	return found
}

// runs joins neighbouring words that are in into spans. at lists the pieces
// that begin a word; a word ends where the next begins.
func runs(pieces []news.Piece, at []int, in []bool) []news.Span {
	var spans []news.Span
	for k, begin := range at {
		if !in[k] {
			continue
		}
		next := len(pieces)
		if k+1 < len(at) {
			next = at[k+1]
		}
		span := news.Span{Start: pieces[begin].Start, End: pieces[next-1].End}
		if k > 0 && in[k-1] {
			spans[len(spans)-1].End = span.End
		} else {
			spans = append(spans, span)
		}
	}
	return spans
}

func sigmoid(x float32) float64 { return 1 / (1 + math.Exp(-float64(x))) }
