package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/engine"
	"whosaid/internal/ingest"
	"whosaid/internal/ingest/crawl"
	"whosaid/internal/news"
)

// watchFlags are the flags of watch.
type watchFlags struct {
	inputFlags
	archiveFlags
	every, gap time.Duration
	once       bool
	list, drop bool
	workers    int
	precision  string
}

func newWatchCommand() *cobra.Command {
	var f watchFlags
	cmd := &cobra.Command{
		Use:   "watch [FEED...]",
		Short: "Polls feeds and keeps what they lead to in the archive",
		Long: example("whosaid watch https://example.org/rss.xml") +
			"Polls RSS, Atom and JSON feeds and sitemaps, reads the pages that are new or have changed, and keeps them in the archive with the pages as they came, so that whosaid reread can read them again.\n\n" +
			"A feed is an address, or a file with an address a line. Without any, the feeds of earlier runs are watched.\n\n" +
			"It is polite: it asks robots.txt, fetches one page of a site at a time with a pause between two, asks only for what has changed, and stays away for longer each time a server fails. Stop it whenever you like: it goes on where it was.",
		Example: strings.Join([]string{
			"whosaid watch https://example.org/rss.xml https://example.net/news-sitemap.xml",
			"whosaid watch --every 1h feeds.txt",
			"whosaid watch --once",
			"whosaid watch --list",
			"whosaid watch --drop https://example.org/rss.xml",
		}, "\n"),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.archiveFlags.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.DurationVar(&f.every, "every", crawl.DefaultEvery, "poll each feed this often; less often where it asks for that")
	flags.DurationVar(&f.gap, "gap", crawl.DefaultGap, "pause between two pages of a site; longer where its robots.txt asks for that")
	flags.BoolVar(&f.once, "once", false, "poll each feed once and end")
	flags.BoolVar(&f.list, "list", false, "list the feeds of earlier runs, when each is polled next and what is wrong with it, and end")
	flags.BoolVar(&f.drop, "drop", false, "take the feeds that are named off that list, and end; what they brought stays")
	flags.IntVarP(&f.workers, "jobs", "j", runtime.GOMAXPROCS(0), "articles worked on at once")
	flags.StringVar(&f.precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	f.inputFlags.register(cmd)
	return cmd
}

func (f *watchFlags) run(cmd *cobra.Command, args []string) error {
	switch {
	case f.workers < 1:
		return usagef("-j %d: at least one worker is needed", f.workers)
	case f.every < time.Minute:
		return usagef("--every %s: a minute is the least", f.every)
	case f.list && f.drop:
		return usagef("--list and --drop are two things: ask for one")
	case f.list:
		return f.printFeeds(cmd)
	case f.drop:
		return f.dropFeeds(cmd, args)
	}
	pipe, err := newPipeline(f.precision)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	store, err := f.keep(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	state, err := loadFeeds(ctx, store)
	if err != nil {
		return err
	}
	feeds, err := feedsOf(args)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		if feeds = state.urls(); len(feeds) == 0 {
			return usagef("no feed was named, and the archive knows none from earlier runs; see %s --help", cmd.CommandPath())
		}
	}
	options := f.options(ctx, cmd.InOrStdin())
	options.Pages = true
	e, err := engine.New(engine.Options{Ingest: options, Pipeline: pipe, Workers: 1})
	if err != nil {
		return err
	}
	w := &watching{
		store: store, engine: e, made: reader(f.precision),
		slots: make(chan struct{}, f.workers), out: cmd.OutOrStdout(), stderr: cmd.ErrOrStderr(),
	}
	watcher := &crawl.Watcher{
		Client: crawl.NewClient(crawl.Options{Fetch: ingest.Fetching(options), Gap: f.gap}),
		State:  state, Every: f.every,
		Handle: w.handle, Refused: w.forgotten, Log: w.log,
	}
	at, linking := desk.New(store), sync.WaitGroup{}
	background, stop := context.WithCancel(ctx)
	linking.Go(func() {
		at.KeepLinked(background, time.Minute, func(err error) { w.log("comparing what is new", err) })
	})
	err = watcher.Run(ctx, feeds, f.once)
	stop()
	linking.Wait()
	if err == nil {
		err = at.Link(ctx, nil)
	}
	if f.once && (err == nil || errors.Is(err, context.Canceled)) {
		fmt.Fprintln(w.out, w.kept.sum())
	}
	switch {
	case err != nil:
		return err
	case w.failed && f.once:
		return errTold
	}
	return store.Close()
}

// feedsOf are the addresses that arguments name, themselves or in a file.
func feedsOf(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		if low := strings.ToLower(arg); strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://") {
			out = append(out, arg)
			continue
		}
		text, err := os.ReadFile(arg)
		if err != nil {
			return nil, usagef("%s is neither an http address nor a file with one a line", arg)
		}
		for line := range strings.SplitSeq(string(text), "\n") {
			switch line = strings.TrimSpace(line); {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "http://") || strings.HasPrefix(line, "https://"):
				out = append(out, line)
			default:
				return nil, usagef("%s: %.100q is no http address", arg, line)
			}
		}
	}
	return out, nil
}

// feedStates is what an archive remembers of feeds.
type feedStates struct {
	store archive.Store
	mu    sync.Mutex
	data  map[string][]byte
	order []string
}

func loadFeeds(ctx context.Context, store archive.Store) (*feedStates, error) {
	s := &feedStates{store: store, data: map[string][]byte{}}
	for feed, err := range store.Feeds(ctx) {
		if err != nil {
			return nil, err
		}
		s.data[feed.URL] = feed.State
		s.order = append(s.order, feed.URL)
	}
	return s, nil
}

func (s *feedStates) urls() []string { return s.order }

func (s *feedStates) Load(_ context.Context, feed string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data := s.data[feed]
	delete(s.data, feed) // a feed is loaded once
	return data, nil
}

func (s *feedStates) Save(ctx context.Context, feed string, due time.Time, data []byte) error {
	return s.store.PutFeed(ctx, archive.Feed{URL: feed, Due: due, State: data})
}

// watching keeps what a watcher finds.
type watching struct {
	store  archive.Store
	engine *engine.Engine
	made   string
	slots  chan struct{} // room for articles being read

	mu     sync.Mutex
	out    io.Writer
	stderr io.Writer
	failed bool
	kept   keeper // counts what became of articles

	gone   map[string]bool // keys of tombstones
	asked  time.Time       // when they were asked for
	asking sync.Mutex
}

// log tells what went wrong with a feed.
func (w *watching) log(feed string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failed = true
	tell(w.stderr, fmt.Errorf("%s: %w", feed, err))
}

// tombstonesFor is how long the list of what was forgotten is good for.
const tombstonesFor = time.Minute

// forgotten reports whether the page of an address was forgotten, or everything
// of its outlet.
func (w *watching) forgotten(address, outlet string) bool {
	w.asking.Lock()
	defer w.asking.Unlock()
	if w.gone == nil || time.Since(w.asked) > tombstonesFor {
		w.gone, w.asked = map[string]bool{}, time.Now()
		for t, err := range w.store.Tombstones(context.Background()) {
			if err != nil {
				break // Keep refuses it too
			}
			w.gone[string(t.Key)] = true
		}
	}
	return w.gone[string(archive.AddressKey(address))] || w.gone[string(archive.HostKey(archive.Host(address)))] ||
		outlet != "" && w.gone[string(archive.OutletKey(outlet))]
}

// handle reads a page and keeps it.
func (w *watching) handle(ctx context.Context, v crawl.Visit) error {
	select {
	case w.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-w.slots }()
	in := ingest.Given(v.Page.URL, ingest.Page{URL: v.Page.URL, Type: v.Page.ContentType, Body: v.Page.Body, Fetched: v.Fetched}, news.Article{
		Title: v.Hints.Title, Outlet: v.Hints.Outlet, Authors: v.Hints.Authors,
		Published: v.Hints.Published, Modified: v.Hints.Modified, Language: v.Hints.Language,
	})
	return w.engine.ReadInputs(ctx, one(in), func(r engine.Result) error {
		if r.Err != nil {
			w.log(v.Feed, r.Err)
			return nil
		}
		w.mu.Lock()
		tellProblems(w.stderr, r.Doc)
		w.mu.Unlock()
		ready, err := archive.Prepare(entry(r, w.made))
		if errors.Is(err, archive.ErrNoRecord) {
			w.log(v.Feed, err)
			return nil
		}
		if err != nil {
			return err
		}
		// What is read by now is kept, even if somebody interrupts.
		outcomes, err := w.store.Keep(context.WithoutCancel(ctx), ready)
		if err != nil {
			return err
		}
		return w.print(ctx, r.Doc, outcomes[0])
	})
}

// one is a sequence of one input.
func one(in ingest.Input) iter.Seq2[ingest.Input, error] {
	return func(yield func(ingest.Input, error) bool) { yield(in, nil) }
}

// print tells what became of an article, and how it has changed.
func (w *watching) print(ctx context.Context, doc *news.Document, o archive.Outcome) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-7s  %s  %s\n", o.Status, doc.ID, line(doc.File, doc.Title))
	if o.Status == archive.Updated {
		before, err := previous(ctx, w.store, doc.URL, o.Version)
		if err != nil {
			return err
		}
		if before != nil {
			for _, c := range changes(&before.Article, &doc.Article) {
				fmt.Fprintf(&b, "         %s\n", c)
			}
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.kept.tally(o.Status, doc)
	_, err := io.WriteString(w.out, b.String())
	return err
}

// previous is the version of an article before another; nil if there is none.
func previous(ctx context.Context, store archive.Store, ref string, version int64) (*news.Document, error) {
	heads, err := store.Find(ctx, ref)
	if err != nil {
		return nil, err
	}
	for i := len(heads) - 1; i >= 0; i-- {
		if heads[i].ID < version {
			v, err := store.Version(ctx, heads[i].ID)
			if err != nil {
				return nil, err
			}
			return v.Doc, nil
		}
	}
	return nil, nil
}

// changes are the blocks of two texts of an article that are not in both: those
// that went, after "-", and those that came, after "+".
func changes(before, after *news.Article) []string {
	only := func(a, b *news.Article, sign string) []string {
		there := map[string]int{}
		for _, block := range b.Blocks {
			there[block.Text(b.Text)]++
		}
		var out []string
		for _, block := range a.Blocks {
			text := block.Text(a.Text)
			if there[text]--; there[text] < 0 {
				out = append(out, sign+" "+strings.Join(strings.Fields(text), " "))
			}
		}
		return out
	}
	return append(only(before, after, "-"), only(after, before, "+")...)
}
