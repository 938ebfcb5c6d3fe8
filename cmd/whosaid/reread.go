package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/engine"
	"whosaid/internal/ingest"
	"whosaid/internal/news"
)

// rereadFlags are the flags of reread.
type rereadFlags struct {
	archiveFlags
	outlet     string
	workers    int
	precision  string
	all, quiet bool
}

func newRereadCommand() *cobra.Command {
	var f rereadFlags
	cmd := &cobra.Command{
		Use:   "reread [ARTICLE...]",
		Short: "Reads what is in the archive again, with the models of today",
		Long: example("whosaid reread") +
			"Reads articles of the archive again: from the page where that was kept, else from the text. What comes is a version beside the old one, and says which models made it.\n\n" +
			"An article is named by its id, its address or the number of a version (#12). Without any, all that other models have read are read again. Stop it whenever you like: the next run does what is left.",
		Example: strings.Join([]string{
			"whosaid reread",
			"whosaid reread --outlet 'Velm Courier'",
			"whosaid reread https://example.org/story",
		}, "\n"),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.outlet, "outlet", "", "only what this outlet printed")
	flags.BoolVar(&f.all, "all", false, "also what today's models have read already")
	flags.IntVarP(&f.workers, "jobs", "j", runtime.GOMAXPROCS(0), "articles worked on at once")
	flags.StringVar(&f.precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print no line for each article, only how many there were")
	return cmd
}

func (f *rereadFlags) run(cmd *cobra.Command, args []string) error {
	if f.workers < 1 {
		return usagef("-j %d: at least one worker is needed", f.workers)
	}
	pipe, err := newPipeline(f.precision)
	if err != nil {
		return err
	}
	there, err := f.change(cmd.Context())
	if err != nil {
		return err
	}
	store := desk.New(there).Keeper()
	defer store.Close()
	r := &rereading{store: store, made: reader(f.precision), stderr: cmd.ErrOrStderr()}
	r.keeper = keeper{store: store, out: cmd.OutOrStdout(), quiet: f.quiet}
	for i, asIs := range []bool{false, true} {
		r.engines[i], err = engine.New(engine.Options{Ingest: ingest.Options{AsIs: asIs, Pages: true}, Pipeline: pipe, Workers: 1})
		if err != nil {
			return err
		}
	}
	err = r.run(cmd.Context(), f, args)
	if flushing := r.keeper.flush(context.WithoutCancel(cmd.Context())); err == nil {
		err = flushing
	}
	if err == nil {
		err = desk.New(store).Link(cmd.Context(), nil)
	}
	if err == nil || errors.Is(err, context.Canceled) {
		fmt.Fprintln(cmd.OutOrStdout(), r.keeper.sum())
	}
	switch {
	case err != nil:
		return err
	case r.failed:
		return errTold
	}
	return store.Close()
}

// A rereading is one run of reread.
type rereading struct {
	store   archive.Store
	engines [2]*engine.Engine // for texts as they are printed, and as they were given
	made    string

	mu     sync.Mutex
	keeper keeper
	stderr io.Writer
	failed bool
}

// run reads all that is asked for, many at once.
func (r *rereading) run(ctx context.Context, f *rereadFlags, args []string) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan *archive.Version)
	var group sync.WaitGroup
	for range f.workers {
		group.Go(func() {
			for v := range work {
				if ctx.Err() != nil {
					continue
				}
				if err := r.reread(ctx, v); err != nil {
					cancel(err)
				}
			}
		})
	}
	give := func(v *archive.Version) error {
		if v.Reader == r.made && !f.all {
			return nil
		}
		select {
		case work <- v:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := r.list(ctx, f, args, give)
	close(work)
	group.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// list gives the versions that are asked for: the current ones.
func (r *rereading) list(ctx context.Context, f *rereadFlags, args []string, give func(*archive.Version) error) error {
	started := time.Now()
	if len(args) == 0 {
		for v, err := range r.store.Versions(ctx, archive.Selection{Outlet: f.outlet}) {
			if err == nil && !v.Kept.Before(started.Truncate(time.Millisecond)) {
				continue // it came during this run
			}
			if err == nil {
				err = give(v)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	for _, ref := range args {
		heads, err := r.store.Find(ctx, ref)
		if err != nil {
			return err
		}
		found := false
		for _, h := range heads {
			if !h.Current {
				continue
			}
			found = true
			v, err := r.store.Version(ctx, h.ID)
			if err == nil {
				err = give(v)
			}
			if err != nil {
				return err
			}
		}
		if !found {
			r.tell(fmt.Errorf("%s: the archive has no such article; whosaid search shows what it has", ref))
		}
	}
	return nil
}

func (r *rereading) tell(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failed = true
	tell(r.stderr, err)
}

// reread reads one version again.
func (r *rereading) reread(ctx context.Context, v *archive.Version) error {
	page, err := r.store.Page(ctx, v.ID)
	if err != nil {
		return err
	}
	in := ingest.Again(v.Doc.Article)
	if page != nil {
		in = ingest.Given(v.Info.File, ingest.Page{URL: v.Info.URL, Type: page.Type, Body: page.Body, Fetched: page.Fetched}, v.Doc.Article)
	}
	e := r.engines[0]
	if v.Doc.AsIs {
		e = r.engines[1]
	}
	var found *engine.Result
	var failed error
	key := archive.Key(&v.Doc.Article)
	err = e.ReadInputs(ctx, one(in), func(res engine.Result) error {
		if res.Err != nil {
			failed = res.Err
			return nil
		}
		if found == nil || bytes.Equal(archive.Key(&res.Doc.Article), key) {
			found = &res
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case failed != nil:
		r.tell(failed)
		return nil
	case found == nil || !bytes.Equal(archive.Key(&found.Doc.Article), key):
		r.tell(fmt.Errorf("%s: what was kept of it no longer reads as the same article, so its old version stays", v.Info.File))
		return nil
	case lost(v.Doc.Problems, found.Doc.Problems):
		r.tell(fmt.Errorf("%s: its page gives no article any more, so its old version stays", v.Info.File))
		return nil
	}
	kept := archive.Entry{Doc: found.Doc, Reader: r.made, Page: page, Vectors: desk.Vectors(found.Doc)}
	ready, err := archive.Prepare(kept)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.keeper.keep(context.WithoutCancel(ctx), ready)
}

// lost reports whether an article that was sound has become none.
func lost(before, after []news.Problem) bool {
	fatal := func(list []news.Problem) bool {
		for _, p := range list {
			if p.Fatal() {
				return true
			}
		}
		return false
	}
	return fatal(after) && !fatal(before)
}
