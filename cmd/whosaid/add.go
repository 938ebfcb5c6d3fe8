package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/engine"
	"whosaid/internal/news"
)

// addFlags are the flags of add.
type addFlags struct {
	inputFlags
	archiveFlags
	workers    int
	precision  string
	quiet      bool
	noProgress bool
}

func newAddCommand() *cobra.Command {
	var f addFlags
	cmd := &cobra.Command{
		Use:   "add INPUT...",
		Short: "Reads articles and keeps them in the archive",
		Long: example("whosaid add news/") +
			"Reads articles as whosaid read does and keeps them in the archive, where whosaid search finds what was said in them.\n\n" +
			"A line tells what became of each article once it is kept for good. The same page twice is one article; a page that has changed is a new version of it. Run it again after it was interrupted: what is there already is not kept twice.",
		Example: strings.Join([]string{
			"whosaid add article.html",
			"whosaid add --archive campaign.db 'news/**/*.html'",
			"whosaid add https://example.org/story",
		}, "\n"),
		Args: inputsGiven,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.archiveFlags.register(cmd)
	f.inputFlags.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVarP(&f.workers, "jobs", "j", runtime.GOMAXPROCS(0), "articles worked on at once")
	flags.StringVar(&f.precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print no line for each article, only how many there were")
	flags.BoolVar(&f.noProgress, "no-progress", false, "say nothing of how far it has come")
	return cmd
}

func (f *addFlags) run(cmd *cobra.Command, args []string) error {
	if f.workers < 1 {
		return usagef("-j %d: at least one worker is needed", f.workers)
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
	meter := newMeter(cmd.ErrOrStderr(), f.noProgress, !f.quiet && isTerminal(cmd.OutOrStdout()))
	defer meter.close()
	options := f.options(ctx, cmd.InOrStdin())
	options.Pages = true
	made := reader(f.precision)
	e, err := engine.New(engine.Options{
		Ingest: options, Pipeline: pipe,
		Workers: f.workers, Progress: meter.show, Known: known(store, made),
	})
	if err != nil {
		return err
	}
	k := &keeper{store: store, out: cmd.OutOrStdout(), quiet: f.quiet}
	failed := false
	err = e.Read(ctx, args, func(r engine.Result) error {
		if r.Err != nil {
			failed = true
			tell(meter.log(), r.Err)
			return nil
		}
		if tellProblems(meter.log(), r.Doc) {
			failed = true
		}
		if r.Known {
			return k.told([]*archive.Ready{{Entry: entry(r, made)}}, []archive.Outcome{{Status: archive.Present}})
		}
		return k.add(ctx, entry(r, made))
	})
	// What was read before an interrupt is kept.
	if flushing := k.flush(context.WithoutCancel(ctx)); err == nil {
		err = flushing
	}
	if err == nil {
		err = desk.New(store).Link(ctx, nil)
	}
	if err == nil || errors.Is(err, context.Canceled) || len(k.count) > 0 {
		fmt.Fprintln(cmd.OutOrStdout(), k.sum())
	}
	switch {
	case err != nil:
		return err
	case failed:
		return errTold
	}
	return store.Close()
}

// entry is what is kept of a result. A record that was read before keeps the
// name of what read it.
func entry(r engine.Result, made string) archive.Entry {
	e := archive.Entry{Doc: r.Doc, Reader: made, Vectors: desk.Vectors(r.Doc)}
	if r.Before {
		e.Reader = cmp.Or(r.Reader, "whosaid, not known which")
	}
	if r.Page != nil {
		e.Page = &archive.Page{Body: r.Page.Body, Type: r.Page.Type, Fetched: r.Page.Fetched}
	}
	return e
}

// known tells which articles the archive has as the same program has read them,
// so that adding a folder again reads only what is new in it.
func known(store archive.Store, made string) func(context.Context, *news.Article) bool {
	return func(ctx context.Context, a *news.Article) bool {
		heads, err := store.Find(ctx, a.ID) // it says where the article is from, and its text
		if err != nil {
			return false // keeping it will tell
		}
		return slices.ContainsFunc(heads, func(h archive.Head) bool {
			is := h.Info
			return h.Reader == made && is.ID == a.ID && is.Outlet == a.Outlet && is.Title == a.Title && is.Deck == a.Deck &&
				is.Published == a.Published && is.Modified == a.Modified && is.Language == a.Language
		})
	}
}

// A keeper keeps entries in batches: a transaction is as dear for one as for
// many.
type keeper struct {
	store archive.Store
	out   io.Writer
	quiet bool

	batch      []*archive.Ready
	rows       int // statements in the batch
	begun      time.Time
	count      map[archive.Status]int
	statements int // kept
}

// How much a batch holds, and how long it may wait.
const (
	batchEntries = 500
	batchRows    = 4000
	batchWait    = 500 * time.Millisecond
)

func (k *keeper) add(ctx context.Context, e archive.Entry) error {
	ready, err := archive.Prepare(e)
	if err != nil {
		return err
	}
	return k.keep(ctx, ready)
}

func (k *keeper) keep(ctx context.Context, ready *archive.Ready) error {
	if len(k.batch) == 0 {
		k.begun = time.Now()
	}
	k.batch = append(k.batch, ready)
	k.rows += len(ready.Rows)
	if len(k.batch) < batchEntries && k.rows < batchRows && time.Since(k.begun) < batchWait {
		return nil
	}
	return k.flush(ctx)
}

// flush keeps the batch, and tells what became of each entry once that is sure.
func (k *keeper) flush(ctx context.Context) error {
	if len(k.batch) == 0 {
		return nil
	}
	outcomes, err := k.store.Keep(ctx, k.batch...)
	if err == nil {
		err = k.told(k.batch, outcomes)
	}
	k.batch, k.rows = nil, 0
	return err
}

// told prints what became of entries that are kept for good.
func (k *keeper) told(entries []*archive.Ready, outcomes []archive.Outcome) error {
	var b strings.Builder
	for i, o := range outcomes {
		doc := entries[i].Doc
		k.tally(o.Status, doc)
		fmt.Fprintf(&b, "%-7s  %s  %s\n", o.Status, doc.ID, line(doc.File, doc.Title))
	}
	if k.quiet {
		return nil
	}
	_, err := io.WriteString(k.out, b.String())
	return err
}

// tally counts what became of an article.
func (k *keeper) tally(s archive.Status, doc *news.Document) {
	if k.count == nil {
		k.count = map[archive.Status]int{}
	}
	k.count[s]++
	if s != archive.Present && s != archive.Refused {
		k.statements += len(doc.Statements)
	}
}

// line is a file's name and a title on one line.
func line(file, title string) string {
	return strings.Join(strings.Fields(file+": "+title), " ")
}

// sum is what became of all entries, in a sentence.
func (k *keeper) sum() string {
	var parts []string
	for _, s := range []struct {
		status archive.Status
		words  string
	}{
		{archive.New, "%d new"},
		{archive.Updated, "%d updated"},
		{archive.Reread, "%d read anew"},
		{archive.Present, "%d there already"},
		{archive.Refused, "%d refused, for they were forgotten"},
	} {
		if n := k.count[s.status]; n > 0 {
			parts = append(parts, fmt.Sprintf(s.words, n))
		}
	}
	if len(parts) == 0 {
		return "Nothing was kept."
	}
	return fmt.Sprintf("Kept %s; articles: %s.", count(k.statements, "statement"), strings.Join(parts, ", "))
}
