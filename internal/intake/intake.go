// Package intake reads what a visitor of the server hands in: an address or a
// text. It loads the model when the first comes, so that a server starts at
// once, and reads a few at a time, whoever asks, so that reading does not take
// the machine from those who search.
package intake

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/engine"
	"whosaid/internal/ingest"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Options say how it is read.
type Options struct {
	Pipeline func() (*pipeline.Pipeline, error) // called once, when the first is read
	Reader   func() string                      // what reads it, as the archive is told; likewise
	Ingest   ingest.Options

	// Keep keeps what Add reads.
	Keep func(context.Context, ...*archive.Ready) ([]archive.Outcome, error)

	// Vectors, if set, are kept with the statements of a document.
	Vectors func(*news.Document) []archive.Vector

	AtOnce int           // read at the same time; 1 if 0
	Wait   time.Duration // for others to be done; DefaultWait if 0
}

// DefaultWait is how long somebody waits for those before them.
const DefaultWait = 30 * time.Second

// Errors that Read and Add return, told by errors.Is; others are about what was
// handed in.
var (
	ErrBusy    = errors.New("others are being read and there is no room yet; try again in a minute")
	ErrNothing = errors.New("hand in an address or a text, and one of them only")
)

// An Input is an address, or a text with what is known of it.
type Input struct {
	URL  string // http or https; it leads to no private address
	Text string
	HTML bool         // Text is a page's source
	Info news.Article // Title, Outlet, Authors, Published, Language and, of a text, URL
}

// Kept is an article that was added.
type Kept struct {
	Doc *news.Document
	archive.Outcome
}

// An Intake reads for many at once.
type Intake struct {
	o    Options
	room chan struct{}
	load func() (*engine.Engine, error)
	name func() string
}

// New makes one; nothing is loaded yet.
func New(o Options) *Intake {
	if o.Wait <= 0 {
		o.Wait = DefaultWait
	}
	o.Ingest.Pages = true
	return &Intake{
		o:    o,
		room: make(chan struct{}, max(o.AtOnce, 1)),
		name: sync.OnceValue(o.Reader),
		load: sync.OnceValues(func() (*engine.Engine, error) {
			p, err := o.Pipeline()
			if err != nil {
				return nil, err
			}
			return engine.New(engine.Options{Ingest: o.Ingest, Pipeline: p, Workers: 1})
		}),
	}
}

// Read reads what is handed in and keeps nothing of it.
func (i *Intake) Read(ctx context.Context, in Input) ([]*news.Document, error) {
	var out []*news.Document
	err := i.read(ctx, in, func(r engine.Result) error {
		out = append(out, r.Doc)
		return nil
	})
	return out, err
}

// Add reads what is handed in and keeps it, each article once it is read. What
// is read when ctx ends is kept still.
func (i *Intake) Add(ctx context.Context, in Input) ([]Kept, error) {
	var out []Kept
	err := i.read(ctx, in, func(r engine.Result) error {
		e := archive.Entry{Doc: r.Doc, Reader: i.name()}
		if i.o.Vectors != nil {
			e.Vectors = i.o.Vectors(r.Doc)
		}
		if r.Before {
			e.Reader = r.Reader
		}
		if r.Page != nil {
			e.Page = &archive.Page{Body: r.Page.Body, Type: r.Page.Type, Fetched: r.Page.Fetched}
		}
		ready, err := archive.Prepare(e)
		if err != nil {
			return err
		}
		outcomes, err := i.o.Keep(context.WithoutCancel(ctx), ready)
		if err != nil {
			return err
		}
		out = append(out, Kept{r.Doc, outcomes[0]})
		return nil
	})
	return out, err
}

// read hands on the articles of an input. An input that gives none is an error.
func (i *Intake) read(ctx context.Context, in Input, yield func(engine.Result) error) error {
	input, err := in.input()
	if err != nil {
		return err
	}
	wait, cancel := context.WithTimeout(ctx, i.o.Wait)
	defer cancel()
	select {
	case i.room <- struct{}{}:
		defer func() { <-i.room }()
	case <-wait.Done():
		if err := ctx.Err(); err != nil {
			return err
		}
		return ErrBusy
	}
	e, err := i.load()
	if err != nil {
		return err
	}
	var failed []error
	got := 0
	err = e.ReadInputs(ctx, input, func(r engine.Result) error {
		if r.Err != nil {
			failed = append(failed, r.Err)
			return nil
		}
		got++
		return yield(r)
	})
	if err == nil && got == 0 {
		return &InputError{errors.Join(failed...)}
	}
	return err
}

// An InputError is what is wrong with what was handed in.
type InputError struct{ Err error }

func (e *InputError) Error() string {
	if e.Err == nil {
		return "no article was found in it"
	}
	return strings.ReplaceAll(e.Err.Error(), "\n", "; ")
}

// Unwrap gives the causes.
func (e *InputError) Unwrap() error { return e.Err }

func (in Input) input() (iter.Seq2[ingest.Input, error], error) {
	switch {
	case (in.URL == "") == (in.Text == ""):
		return nil, &InputError{ErrNothing}
	case in.URL != "":
		low := strings.ToLower(in.URL)
		if !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") {
			return nil, &InputError{fmt.Errorf("%.200q is no http or https address", in.URL)}
		}
		return ingest.Expand([]string{in.URL}, ingest.Options{}), nil
	}
	kind := "text/plain; charset=utf-8"
	if in.HTML {
		kind = "text/html; charset=utf-8"
	}
	page := ingest.Page{URL: in.Info.URL, Type: kind, Body: []byte(in.Text)}
	return func(yield func(ingest.Input, error) bool) {
		yield(ingest.Given("text", page, in.Info), nil)
	}, nil
}
