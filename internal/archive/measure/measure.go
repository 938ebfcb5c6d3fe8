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

	// Open opens the archive, which is new the first time, or holds what was
	// kept here before: it is filled up to each size.
	Open func(ctx context.Context) (archive.Store, error)
	// Link, if it is set, links the statements that are new.
	Link func(ctx context.Context, s archive.Store, told func(articles int)) error
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
	Links      Linking `json:"linking"`
	Open       Times   `json:"open"`
	Warm       float64 `json:"warm_ms"` // by the clock: reading ahead what searches count by, as a server does before it is asked
	Tasks      []Task  `json:"tasks"`
}

// A Linking is how fast statements were linked to those that were there.
type Linking struct {
	Statements int64   `json:"statements"`            // that were new; 0 where nothing was linked
	Rate       float64 `json:"statements_per_second"` // by the clock, what was found written
	Processor  float64 `json:"cpu_us"`                // processor time of one, in microseconds
	Memory     float64 `json:"heap_mb"`               // the most that was seen in use
	Planted    int     `json:"planted"`               // reports looked at that another article near in time has too
	Found      float64 `json:"planted_found"`         // of 100 of them
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
	Processor float64 `json:"cpu_ms"`     // time of processors, on average; 0 where the system does not tell
	Busy95    float64 `json:"cpu_p95_ms"` // of 95 of 100
}

// A span is how long one try took, by the clock and of processors.
type span struct{ clock, processor time.Duration }

// try times what do does.
func try(do func() error) (span, error) {
	start, before := time.Now(), processorTime()
	err := do()
	return span{time.Since(start), processorTime() - before}, err
}

// times sums up list.
func times(list []span) Times {
	var clock, busy []time.Duration
	sum := time.Duration(0)
	for _, s := range list {
		clock, busy = append(clock, s.clock), append(busy, s.processor)
		sum += s.processor
	}
	at := func(list []time.Duration, q float64) float64 {
		slices.Sort(list)
		return float64(list[min(int(q*float64(len(list))), len(list)-1)]) / float64(time.Millisecond)
	}
	return Times{at(clock, 0.5), at(clock, 0.95), at(clock, 1), float64(sum) / float64(len(list)) / float64(time.Millisecond), at(busy, 0.95)}
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
		stats, err := store.Stats(ctx)
		if err != nil {
			return r, err
		}
		if f.articles, f.statements = int(stats.Articles), int(stats.Statements); f.statements < size {
			if s.Keep, err = f.keep(ctx, store, size-min(size/5, mostImported)); err != nil {
				return r, err
			}
			if s.Import, s.Processor, err = f.load(ctx, store, size); err != nil {
				return r, err
			}
		}
		if s.Links, err = link(ctx, store, f.maker, o); err != nil {
			return r, err
		}
		// Closing moves everything into the file.
		if err := store.Close(); err != nil {
			return r, err
		}
		if store, s.Open, err = open(ctx, o); err != nil {
			return r, err
		}
		if stats, err = store.Stats(ctx); err != nil {
			return r, err
		}
		s.Statements, s.Articles = stats.Statements, stats.Articles
		s.Bytes = float64(stats.Bytes-stats.PageBytes) / float64(max(stats.Statements, 1))
		if w, ok := store.(archive.Warmer); ok {
			took, err := try(func() error { return w.Warm(ctx) })
			if err != nil {
				return r, err
			}
			s.Warm = float64(took.clock.Microseconds()) / 1000
		}
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
	var list []span
	for range 5 {
		if store != nil {
			if err := store.Close(); err != nil {
				return nil, Times{}, err
			}
		}
		took, err := try(func() (err error) {
			store, err = o.Open(ctx)
			return err
		})
		if err != nil {
			return nil, Times{}, err
		}
		list = append(list, took)
	}
	return store, times(list), nil
}

// link links the articles that were not linked yet.
func link(ctx context.Context, store archive.Store, m *generated.Maker, o Options) (l Linking, err error) {
	if o.Link == nil {
		return l, nil
	}
	articles, from := int64(0), int64(0)
	for {
		list, err := store.Unlinked(ctx, from, 10_000)
		if err != nil {
			return l, err
		}
		if len(list) == 0 {
			break
		}
		articles += int64(len(list))
		from = list[len(list)-1].Version + 1
	}
	stats, err := store.Stats(ctx)
	if err != nil || articles == 0 {
		return l, err
	}
	l.Statements = articles * stats.Statements / stats.Articles // about: articles have much the same number
	o.Say(fmt.Sprintf("linking %d statements", l.Statements))
	took, err := try(func() error {
		return o.Link(ctx, store, func(int) {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			l.Memory = max(l.Memory, float64(now.HeapInuse)/(1<<20))
		})
	})
	l.Rate, l.Processor = float64(l.Statements)/took.clock.Seconds(), float64(took.processor)/float64(time.Microsecond)/float64(l.Statements)
	if err != nil {
		return l, err
	}
	var found int
	l.Planted, found, err = planted(ctx, store, m, stats.Articles)
	l.Found = 100 * float64(found) / float64(max(l.Planted, 1))
	return l, err
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
	var list []span
	sum := 0
	for range n {
		took, err := try(func() error {
			hits, err := do()
			sum += hits
			return err
		})
		if err != nil {
			return t, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, took)
	}
	t.Hits, t.Times = float64(sum)/float64(max(n, 1)), times(list)
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
	if r.Sizes != nil && r.Sizes[0].Links.Statements > 0 {
		row("linked a second", func(s Size) string { return fmt.Sprintf("%.0f", s.Links.Rate) })
		row("processor time of linking one, µs", func(s Size) string { return fmt.Sprintf("%.0f", s.Links.Processor) })
		row("memory in use while linking, MB", func(s Size) string { return fmt.Sprintf("%.0f", s.Links.Memory) })
		row("planted reports found, of 100", func(s Size) string { return fmt.Sprintf("%.1f of %d", s.Links.Found, s.Links.Planted) })
	}
	row("open, ms", func(s Size) string { return fmt.Sprintf("%.1f", s.Open.Median) })
	row("read ahead, ms", func(s Size) string { return fmt.Sprintf("%.0f", s.Warm) })
	b.WriteString("\nmilliseconds by the clock: median, 95 of 100; of processors: mean, 95 of 100\n")
	if len(r.Sizes) == 0 {
		return b.String()
	}
	for i, t := range r.Sizes[0].Tasks {
		row(t.Name, func(s Size) string {
			t := s.Tasks[i]
			return fmt.Sprintf("%.1f %.1f %6.1f %.1f", t.Median, t.P95, t.Processor, t.Busy95)
		})
	}
	if len(r.Sizes) > 1 {
		b.WriteString("\ngrows with the number of statements to the power of: 95 of 100 by the clock, of processors; mean of processors\n")
		first, last := r.Sizes[0], r.Sizes[len(r.Sizes)-1]
		for i, t := range first.Tasks {
			fmt.Fprintf(&b, "%-36s%12.2f%8.2f%8.2f\n", t.Name, slope(first, last, func(s Size) float64 { return s.Tasks[i].P95 }),
				slope(first, last, func(s Size) float64 { return s.Tasks[i].Busy95 }), slope(first, last, func(s Size) float64 { return s.Tasks[i].Processor }))
		}
		if first.Links.Statements > 0 && last.Links.Statements > 0 {
			fmt.Fprintf(&b, "%-36s%12.2f%16.2f\n", "time to link one", slope(first, last, func(s Size) float64 { return 1 / s.Links.Rate }),
				slope(first, last, func(s Size) float64 { return s.Links.Processor }))
		}
		fmt.Fprintf(&b, "%-36s%12.2f%16.2f\n", "time to import one", slope(first, last, func(s Size) float64 { return 1 / s.Import }),
			slope(first, last, func(s Size) float64 { return s.Processor }))
	}
	return b.String()
}

// slope is the exponent by which a measure grows between two sizes.
func slope(a, b Size, of func(Size) float64) float64 {
	x, y := float64(b.Statements)/float64(a.Statements), cmp.Or(of(b), 1e-9)/max(of(a), 1e-9)
	return math.Log(y) / math.Log(x)
}
