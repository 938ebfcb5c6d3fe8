// Package measure times what an archive does, on generated articles: how fast
// it keeps, searches and opens, and how much room it takes.
package measure

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/archive/terms"
)

// Options say what is measured.
type Options struct {
	Sizes   []int // statements, ascending: the archive grows from one to the next
	Queries int   // of each kind
	Seed    uint64

	// Open opens the archive, which is new the first time.
	Open func(ctx context.Context) (archive.Store, error)
	// Say is told how far it has come.
	Say func(string)
}

// A Report is what was measured at each size.
type Report struct {
	System string `json:"system"`
	CPUs   int    `json:"cpus"`
	Sizes  []Size `json:"sizes"`
}

// A Size is what was measured of an archive of one size.
type Size struct {
	Statements int64   `json:"statements"`
	Articles   int64   `json:"articles"`
	Keep       float64 `json:"keep_statements_per_second"`   // from documents, of those added since the size before
	Import     float64 `json:"import_statements_per_second"` // from JSON, of the last of them
	Processor  float64 `json:"import_cpu_us"`                // processor time that importing one took, in microseconds
	Bytes      float64 `json:"bytes_per_statement"`
	Open       Times   `json:"open"`
	Tasks      []Task  `json:"tasks"`
}

// A Task is something that is asked of an archive over and over.
type Task struct {
	Name string  `json:"name"`
	Hits float64 `json:"hits"` // on average
	Times
}

// Times are how long something took, in milliseconds. Where a machine is busy
// with other things, processor time says more than the others.
type Times struct {
	Median    float64 `json:"median_ms"`
	P95       float64 `json:"p95_ms"`
	Most      float64 `json:"most_ms"`
	Processor float64 `json:"cpu_ms"` // time of processors, on average; 0 where the system does not tell
}

// times sums up list, which took processor time in all.
func times(list []time.Duration, processor time.Duration) Times {
	slices.Sort(list)
	at := func(q float64) float64 {
		return float64(list[min(int(q*float64(len(list))), len(list)-1)]) / float64(time.Millisecond)
	}
	return Times{at(0.5), at(0.95), at(1), float64(processor) / float64(len(list)) / float64(time.Millisecond)}
}

// Run measures.
func Run(ctx context.Context, o Options) (Report, error) {
	r := Report{System: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.GOMAXPROCS(0)}
	f := &filler{maker: generated.New(o.Seed)}
	store, err := o.Open(ctx)
	if err != nil {
		return r, err
	}
	defer func() { store.Close() }()
	for _, size := range o.Sizes {
		o.Say(fmt.Sprintf("keeping up to %d statements", size))
		var s Size
		last := min(size/5, mostImported)
		if s.Keep, err = f.keep(ctx, store, size-last); err != nil {
			return r, err
		}
		if s.Import, s.Processor, err = f.load(ctx, store, size); err != nil {
			return r, err
		}
		// Closing moves everything into the file.
		if err := store.Close(); err != nil {
			return r, err
		}
		if store, s.Open, err = open(ctx, o); err != nil {
			return r, err
		}
		stats, err := store.Stats(ctx)
		if err != nil {
			return r, err
		}
		s.Statements, s.Articles = stats.Statements, stats.Articles
		s.Bytes = float64(stats.Bytes-stats.PageBytes) / float64(max(stats.Statements, 1))
		o.Say(fmt.Sprintf("asking %d statements", s.Statements))
		if s.Tasks, err = tasks(ctx, store, f.maker, o); err != nil {
			return r, err
		}
		r.Sizes = append(r.Sizes, s)
	}
	return r, nil
}

// open opens the archive a few times over; the last stays open.
func open(ctx context.Context, o Options) (archive.Store, Times, error) {
	var store archive.Store
	var list []time.Duration
	before := processorTime()
	for range 5 {
		if store != nil {
			if err := store.Close(); err != nil {
				return nil, Times{}, err
			}
		}
		start := time.Now()
		var err error
		if store, err = o.Open(ctx); err != nil {
			return nil, Times{}, err
		}
		list = append(list, time.Since(start))
	}
	return store, times(list, processorTime()-before), nil
}

// A filler keeps articles, made ready by as many workers as there are CPUs
// while a batch is written.
type filler struct {
	maker      *generated.Maker
	articles   int
	statements int
}

// keep keeps articles until there are so many statements, and returns how many
// it kept a second.
func (f *filler) keep(ctx context.Context, store archive.Store, statements int) (float64, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type slot chan generated.Article
	made := make(chan slot, 256)
	go func() { // making them is not what is measured, as far as it goes beside it
		for n := f.articles; ; n++ {
			s := make(slot, 1)
			select {
			case made <- s:
			case <-ctx.Done():
				return
			}
			s <- f.maker.Article(n)
		}
	}()
	start, before := time.Now(), f.statements
	err := archive.Fill(ctx, store, func(yield func(archive.Job) bool) {
		for f.statements < statements {
			a := <-<-made
			f.count(a)
			if !yield(func() (*archive.Ready, error) { return archive.Prepare(a.Entry) }) {
				return
			}
		}
	}, archive.Filling{})
	return float64(f.statements-before) / time.Since(start).Seconds(), err
}

func (f *filler) count(a generated.Article) {
	f.articles++
	f.statements += len(a.Doc.Statements)
}

// mostImported bounds how many statements are made beforehand, in memory.
const mostImported = 50_000

// load imports articles until there are so many statements, and returns how
// many it imported a second, and the microseconds of processor time that one
// took.
func (f *filler) load(ctx context.Context, store archive.Store, statements int) (rate, processor float64, err error) {
	var lines bytes.Buffer
	before := f.statements
	for f.statements < statements {
		a := f.maker.Article(f.articles)
		f.count(a)
		if err := archive.WriteLine(&lines, a.Entry); err != nil {
			return 0, 0, err
		}
	}
	runtime.GC()
	start, busy := time.Now(), processorTime()
	err = archive.Import(ctx, store, &lines, "", archive.Filling{})
	n := float64(f.statements - before)
	return n / time.Since(start).Seconds(), float64(processorTime()-busy) / float64(time.Microsecond) / n, err
}

// tasks measures what is asked of the archive.
func tasks(ctx context.Context, store archive.Store, m *generated.Maker, o Options) ([]Task, error) {
	r := rand.New(rand.NewPCG(o.Seed, 99))
	// What people look for: words with a meaning, from the middle of the
	// range, as often as they are used.
	word := func() string {
		for {
			if k := m.DrawWord(r); k >= 60 {
				return m.Word(k)
			}
		}
	}
	speaker := func() string { return m.Person(m.DrawPerson(r)) }
	phrase := func() string {
		_, words := m.Utterance(r.IntN(generated.Utterances))
		k := r.IntN(len(words) - 3)
		return `"` + strings.Join(words[k:k+2+r.IntN(2)], " ") + `"`
	}
	var out []Task
	for _, t := range []struct {
		name  string
		query func() archive.Query
	}{
		{"two words, a speaker", func() archive.Query {
			return archive.Query{Words: word() + " OR " + word(), Speaker: family(speaker())}
		}},
		{"two words that must both occur", func() archive.Query { return archive.Query{Words: word() + " " + word()} }},
		{"a phrase", func() archive.Query { return archive.Query{Words: phrase()} }},
		{"one word, latest first", func() archive.Query { return archive.Query{Words: word(), Sort: archive.ByDate} }},
		{"one word of one kind in one year", func() archive.Query {
			return archive.Query{Words: word(), Kinds: []string{"warning"}, Since: "2016", To: "2016"}
		}},
		{"a speaker's latest", func() archive.Query { return archive.Query{Speaker: speaker(), Sort: archive.ByDate} }},
		{"warnings of a month", func() archive.Query {
			month := fmt.Sprintf("20%d-%02d", 14+r.IntN(9), 1+r.IntN(12))
			return archive.Query{Kinds: []string{"warning"}, Since: month, To: month}
		}},
	} {
		task, err := ask(o.Queries, t.name, func() (int, error) {
			q := t.query()
			q.Limit = 20
			n := 0
			for _, err := range store.Search(ctx, q) {
				if err != nil {
					return 0, err
				}
				n++
			}
			return n, nil
		})
		if err != nil {
			return out, err
		}
		out = append(out, task)
	}
	task, err := ask(o.Queries, "all there is of a person", func() (int, error) {
		sum, err := archive.Portrait(ctx, store, int64(m.DrawPerson(r))+1)
		return sum.Articles, err
	})
	return append(out, task), err
}

func family(name string) string {
	words := terms.Name(name)
	return words[len(words)-1]
}

func ask(n int, name string, do func() (int, error)) (Task, error) {
	t := Task{Name: name}
	var list []time.Duration
	sum := 0
	before := processorTime()
	for range n {
		start := time.Now()
		hits, err := do()
		if err != nil {
			return t, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, time.Since(start))
		sum += hits
	}
	t.Hits, t.Times = float64(sum)/float64(max(n, 1)), times(list, processorTime()-before)
	return t, nil
}

// Text is the report for a person.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %d CPUs\n", r.System, r.CPUs)
	row := func(name string, cell func(Size) string) {
		fmt.Fprintf(&b, "%-36s", name)
		for _, s := range r.Sizes {
			fmt.Fprintf(&b, "%22s", cell(s))
		}
		b.WriteByte('\n')
	}
	row("statements", func(s Size) string { return fmt.Sprint(s.Statements) })
	row("articles", func(s Size) string { return fmt.Sprint(s.Articles) })
	row("kept a second", func(s Size) string { return fmt.Sprintf("%.0f", s.Keep) })
	row("imported a second", func(s Size) string { return fmt.Sprintf("%.0f", s.Import) })
	row("processor time of one, µs", func(s Size) string { return fmt.Sprintf("%.0f", s.Processor) })
	row("bytes a statement", func(s Size) string { return fmt.Sprintf("%.0f", s.Bytes) })
	row("open, ms", func(s Size) string { return fmt.Sprintf("%.1f", s.Open.Median) })
	b.WriteString("\nmilliseconds: median, 95 of 100, processor time\n")
	if len(r.Sizes) == 0 {
		return b.String()
	}
	for i, t := range r.Sizes[0].Tasks {
		row(t.Name, func(s Size) string {
			return fmt.Sprintf("%.1f %6.1f %6.1f", s.Tasks[i].Median, s.Tasks[i].P95, s.Tasks[i].Processor)
		})
	}
	if len(r.Sizes) > 1 {
		b.WriteString("\ngrows with the number of statements to the power of: 95 of 100, processor time\n")
		first, last := r.Sizes[0], r.Sizes[len(r.Sizes)-1]
		for i, t := range first.Tasks {
			fmt.Fprintf(&b, "%-36s%16.2f%8.2f\n", t.Name, slope(first, last, func(s Size) float64 { return s.Tasks[i].P95 }),
				slope(first, last, func(s Size) float64 { return s.Tasks[i].Processor }))
		}
		fmt.Fprintf(&b, "%-36s%16.2f%8.2f\n", "time to import one", slope(first, last, func(s Size) float64 { return 1 / s.Import }),
			slope(first, last, func(s Size) float64 { return s.Processor }))
	}
	return b.String()
}

// slope is the exponent by which a measure grows between two sizes.
func slope(a, b Size, of func(Size) float64) float64 {
	x, y := float64(b.Statements)/float64(a.Statements), cmp.Or(of(b), 1e-9)/max(of(a), 1e-9)
	return math.Log(y) / math.Log(x)
}
