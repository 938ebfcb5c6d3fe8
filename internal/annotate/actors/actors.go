// Package actors finds who an article speaks of: it ties names, parts of names,
// pronouns and nominals to the one person, organisation or place they mean.
//
// Names come first and by their letters alone: full names, then the parts,
// spellings, acronyms and initials that can stand for them. Two full names that
// differ are never made one. Then, in the order of the text, each pronoun and
// nominal is set against the actors named around it: what the coreference head
// of the network says of every earlier mention, summed over an actor's mentions,
// and a dozen plain facts (gender, distance, who is speaking, what stands inside
// quotation marks) are weighed by a log-linear model that chooses one actor or
// nobody. What resolves to nobody is left out: unknown is better than wrong.
package actors

import (
	"cmp"
	"context"
	"sync"

	"whosaid/internal/neural/heads"
	"whosaid/internal/neural/weights"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Options say how an article is read. The zero value of a field means its default.
type Options struct {
	Least      float64 // confidence from which a tag is a mention
	Nominal    float64 // likewise of a nominal
	Recent     float64 // what a person of the same family name gains by having been named just before
	Believe    float64 // probability from which a pronoun is given to an actor
	Nouns      float64 // likewise a nominal
	Window     int     // mentions before one that are looked at
	Candidates int     // actors among them that are weighed

	// Observe is told what was weighed for mentions, to learn from; Identify says
	// who each is known to be: "" for nobody, Unknown where that is not known.
	Observe  func(Evidence)
	Identify func(doc *news.Document, mention news.Span) string
}

// Unknown is whom a mention means of which nothing is known.
const Unknown = "?"

// Defaults are the options that the labelled train articles were tuned to.
var Defaults = Options{Least: 0.25, Nominal: 0.4, Recent: 0.7, Believe: 0.4, Nouns: 0.35, Window: 120, Candidates: 20}

func (o Options) orDefaults() Options {
	o.Least = cmp.Or(o.Least, Defaults.Least)
	o.Nominal = cmp.Or(o.Nominal, Defaults.Nominal)
	o.Recent = cmp.Or(o.Recent, Defaults.Recent)
	o.Believe = cmp.Or(o.Believe, Defaults.Believe)
	o.Nouns = cmp.Or(o.Nouns, Defaults.Nouns)
	o.Window = cmp.Or(o.Window, Defaults.Window)
	o.Candidates = cmp.Or(o.Candidates, Defaults.Candidates)
	return o
}

// A Reader finds actors. Many goroutines may use it at once: each borrows a
// session of the network for the length of one article.
type Reader struct {
	options  Options
	sessions sync.Pool
}

// New makes a reader on the loaded coreference head, which computes at the
// given precision; nil means that plain facts alone decide.
func New(model *heads.Model, precision weights.Precision, options Options) *Reader {
	r := &Reader{options: options.orDefaults()}
	r.sessions.New = func() any {
		if model == nil {
			return (*network)(nil)
		}
		return &network{session: model.NewSession(precision)}
	}
	return r
}

// Stage is the reader as a step of the pipeline.
func (r *Reader) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "actors",
		Doc:   "ties names, parts of names, pronouns and nominals to the one actor they mean: names by their letters, the others by the coreference head and plain facts",
		Needs: []string{"tags", "quotes", "sentences", "statements"},
		Gives: []string{"actors"},
		Run: func(_ context.Context, doc *news.Document) error {
			doc.Actors = r.Read(doc)
			return nil
		},
	}
}

// Read returns the actors of doc, those named first in the text first.
func (r *Reader) Read(doc *news.Document) []news.Actor { return r.read(doc).actors() }

func (r *Reader) read(doc *news.Document) *reading {
	n := r.sessions.Get().(*network)
	defer r.sessions.Put(n)
	work := &reading{doc: doc, text: doc.Text, options: r.options}
	work.collect()
	if n.load(doc, work.mentions) {
		work.net = n
	}
	work.people()
	work.bodies()
	work.resolve()
	return work
}
