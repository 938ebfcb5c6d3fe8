// Package bench measures how fast articles are read and what that costs, on
// the machine at hand. Seconds differ between machines; so it measures the
// machine too, and gives ratios that travel: how much of the kernels' own peak
// the encoder reaches, and how much a second worker brings.
package bench

import (
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"time"

	"whosaid/internal/engine"
	"whosaid/internal/ingest"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
	"whosaid/internal/record"
)

// Options say what is measured.
type Options struct {
	Inputs     []string      // files and folders of articles
	Articles   int           // how many inputs to read over and over, spread evenly over all
	Time       time.Duration // how long to read, over all modes
	Precisions []string      // names of the model's precisions, the default one first
	Pipeline   func(precision string) (*pipeline.Pipeline, error)
	Executable string // the program itself, for its size and its start; not measured if empty
}

// A Mode is one way to read: a precision, and one worker on one core or two on
// two.
type Mode struct {
	Precision string `json:"precision"`
	Workers   int    `json:"workers"`
	Passes    int    `json:"passes"` // over all articles

	ArticlesPerSecond float64 `json:"articles_per_second"` // of the median pass
	PiecesPerSecond   float64 `json:"pieces_per_second"`

	Stages []Stage `json:"stages"` // of one worker

	engine *engine.Engine
	taken  []time.Duration
}

// A Stage is the time that one stage takes of an article, on average.
type Stage struct {
	Name  string  `json:"name"`
	Mean  float64 `json:"ms"`    // for one article
	Share float64 `json:"share"` // of the time from text to JSON, 0 to 1
}

// A Report is everything measured.
type Report struct {
	System     string  `json:"system"`
	CPUs       int     `json:"cpus"`
	Articles   int     `json:"articles"`
	Pieces     int     `json:"pieces"`
	Statements int     `json:"statements"`
	Modes      []*Mode `json:"modes"`

	Encoder []Encoder `json:"encoder"`

	Memory  Memory  `json:"memory"`
	Program Program `json:"program"`
}

// Run measures. Articles are read once before the clock starts, so that the
// files lie in the system's memory and the weights are laid out. The modes take
// turns, pass by pass, so that another program's bursts hit all of them alike.
func Run(ctx context.Context, o Options) (Report, error) {
	inputs, err := choose(o.Inputs, o.Articles)
	if err != nil {
		return Report{}, err
	}
	r := Report{System: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU()}
	var docs []*news.Document
	for i, precision := range o.Precisions {
		pipe, err := o.Pipeline(precision)
		if err != nil {
			return Report{}, err
		}
		for workers := 1; workers <= 2; workers++ {
			if workers == 2 && (i > 0 || r.CPUs < 2) {
				continue
			}
			e, err := engine.New(engine.Options{Pipeline: pipe, Workers: workers})
			if err != nil {
				return Report{}, err
			}
			m := &Mode{Precision: precision, Workers: workers, engine: e}
			for _, s := range pipe.Stages() {
				m.Stages = append(m.Stages, Stage{Name: s.Name})
			}
			if docs, err = m.pass(ctx, inputs, nil); err != nil {
				return Report{}, err
			}
			if i == 0 {
				r.Memory.note(workers)
			}
			r.Modes = append(r.Modes, m)
		}
	}
	r.Articles = len(docs)
	for _, d := range docs {
		r.Pieces += len(d.Pieces)
		r.Statements += len(d.Statements)
	}
	for begin := time.Now(); r.Modes[0].Passes == 0 || time.Since(begin) < o.Time; {
		for _, m := range r.Modes {
			if _, err := m.pass(ctx, inputs, &m.taken); err != nil {
				return Report{}, err
			}
		}
	}
	for _, m := range r.Modes {
		m.finish(r.Articles, r.Pieces)
	}
	if r.Encoder, err = measureEncoder(docs); err != nil {
		return Report{}, err
	}
	if o.Executable != "" {
		if r.Program, err = measureProgram(ctx, o.Executable, inputs[len(inputs)/2]); err != nil {
			return Report{}, err
		}
	}
	return r, nil
}

// choose takes n of the inputs that args name, spread evenly; all of them if
// there are no more.
func choose(args []string, n int) ([]string, error) {
	var all []string
	for in, err := range ingest.Expand(args, ingest.Options{}) {
		if err != nil {
			return nil, err
		}
		all = append(all, in.Name)
	}
	if n <= 0 || n >= len(all) {
		return all, nil
	}
	chosen := make([]string, n)
	for i := range chosen {
		chosen[i] = all[i*len(all)/n]
	}
	return chosen, nil
}

var errNothing = errors.New("none of the inputs holds an article that can be read; give some that do")

// pass reads all inputs, from text to JSON that goes nowhere, on as many cores
// as there are workers. The time is added to taken unless that is nil.
func (m *Mode) pass(ctx context.Context, inputs []string, taken *[]time.Duration) ([]*news.Document, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(m.Workers))
	runtime.GC() // one mode does not pay for what another left
	var docs []*news.Document
	begin := time.Now()
	err := m.engine.Read(ctx, inputs, func(r engine.Result) error {
		if r.Err != nil {
			return r.Err
		}
		if taken != nil {
			for i, t := range r.Timing {
				m.Stages[i].Mean += t.Seconds()
			}
		} else if len(r.Doc.Pieces) > 0 {
			docs = append(docs, r.Doc)
		}
		return record.Encode(r.Doc).Write(io.Discard, false)
	})
	if err != nil {
		return nil, err
	}
	if taken != nil {
		*taken = append(*taken, time.Since(begin))
		m.Passes++
	} else if len(docs) == 0 {
		return nil, errNothing
	}
	return docs, nil
}

// finish turns sums into figures.
func (m *Mode) finish(articles, pieces int) {
	var all time.Duration
	for _, t := range m.taken {
		all += t
	}
	slices.Sort(m.taken)
	median := m.taken[len(m.taken)/2].Seconds()
	m.ArticlesPerSecond = float64(articles) / median
	m.PiecesPerSecond = float64(pieces) / median
	if m.Workers > 1 {
		m.Stages = nil // the times of two workers overlap
		return
	}
	rest := all.Seconds()
	for i := range m.Stages {
		s := &m.Stages[i]
		rest -= s.Mean
		s.Share = s.Mean / all.Seconds()
		s.Mean *= 1000 / float64(articles*m.Passes)
	}
	m.Stages = append(m.Stages, Stage{
		Name: "reading in, JSON", Mean: 1000 * rest / float64(articles*m.Passes), Share: rest / all.Seconds(),
	})
}
