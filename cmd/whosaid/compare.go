package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/engine"
	"whosaid/internal/serve/compared"
)

// compareFlags are the flags of compare.
type compareFlags struct {
	archiveFlags
	inputFlags
	format    string
	precision string
}

func newCompareCommand() *cobra.Command {
	var f compareFlags
	cmd := &cobra.Command{
		Use:   "compare ARTICLE... | STATEMENT",
		Short: "Lays articles, or the printings of an utterance, side by side",
		Long: example("whosaid compare post.html courier.html") +
			"Shows what several articles report of the same statements: the fullest report on the left, another on the right, word by word, with each outlet's cue, what it calls the speaker and what it leaves out, and then what one article alone has. < marks words that the right one leaves out, > words that it adds, | words that differ.\n\n" +
			"An article is a file or an address, which is read, or one of the archive: its ID, its address or the number of a version (#12). Two versions of one article show what changed. A statement alone is named by the number that whosaid search prints beside it, and is shown with everybody who reports the same, first printing first.",
		Example: strings.Join([]string{
			"whosaid compare post.html courier.html tribune.html",
			"whosaid compare '#12' '#15'",
			"whosaid compare 318",
			"whosaid compare 318 --format json",
		}, "\n"),
		Args: inputsGiven,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.archiveFlags.register(cmd)
	f.inputFlags.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&f.format, "format", "f", compared.Text, "one of "+strings.Join(compared.Formats, ", "))
	flags.StringVar(&f.precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	return cmd
}

func (f *compareFlags) run(cmd *cobra.Command, args []string) error {
	if !slices.Contains(compared.Formats, f.format) {
		return usagef("there is no format %q: choose from %s", f.format, strings.Join(compared.Formats, ", "))
	}
	look := terminal(cmd.OutOrStdout())
	o := compared.Options{Width: look.Width, Colour: look.Colour}
	if len(args) == 1 {
		n, err := strconv.ParseInt(strings.TrimPrefix(args[0], "u"), 10, 64)
		if err != nil {
			return usagef("%s is one article: give two or more to compare, or the number of a statement, as whosaid search prints it", args[0])
		}
		return f.utterance(cmd, n, o)
	}
	versions, err := f.versions(cmd, args)
	if err != nil {
		return err
	}
	return quiet(compared.Write(cmd.OutOrStdout(), f.format, desk.Compare(versions...), o))
}

// utterance prints all reports of a statement of the archive.
func (f *compareFlags) utterance(cmd *cobra.Command, id int64, o compared.Options) error {
	store, err := f.open(cmd.Context(), true)
	if err != nil {
		return err
	}
	defer store.Close()
	u, err := desk.New(store).Utterance(cmd.Context(), id)
	if errors.Is(err, archive.ErrNotFound) {
		return fmt.Errorf("the archive has no statement %d now; whosaid search prints their numbers", id)
	}
	if err != nil {
		return err
	}
	return quiet(compared.WriteUtterance(cmd.OutOrStdout(), f.format, u, o))
}

// versions are the articles that the arguments name, in their order: files and
// what the archive does not have are read.
func (f *compareFlags) versions(cmd *cobra.Command, args []string) ([]*archive.Version, error) {
	ctx := cmd.Context()
	kept, err := f.kept(ctx, args)
	if err != nil {
		return nil, err
	}
	reader := sync.OnceValues(func() (*engine.Engine, error) {
		pipe, err := newPipeline(f.precision)
		if err != nil {
			return nil, err
		}
		return engine.New(engine.Options{Ingest: f.options(ctx, cmd.InOrStdin()), Pipeline: pipe, Workers: runtime.GOMAXPROCS(0)})
	})
	var out []*archive.Version
	for _, arg := range args {
		if v := kept[arg]; v != nil {
			out = append(out, v)
			continue
		}
		e, err := reader()
		if err != nil {
			return nil, err
		}
		err = e.Read(ctx, []string{arg}, func(r engine.Result) error {
			if r.Err != nil {
				return r.Err
			}
			tellProblems(cmd.ErrOrStderr(), r.Doc)
			out = append(out, desk.NewVersion(r.Doc))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(out) < 2 {
		return nil, usagef("there is one article alone in what was given: give two or more to compare")
	}
	return out, nil
}

// kept are those of the arguments that the archive has, and that are no files.
func (f *compareFlags) kept(ctx context.Context, args []string) (map[string]*archive.Version, error) {
	out := map[string]*archive.Version{}
	files := func(arg string) bool { _, err := os.Stat(arg); return err == nil }
	if !slices.ContainsFunc(args, func(arg string) bool { return !files(arg) }) {
		return out, nil
	}
	store, err := f.open(ctx, true)
	if errors.Is(err, archive.ErrMissing) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	defer store.Close()
	for _, arg := range args {
		if files(arg) {
			continue
		}
		heads, err := store.Find(ctx, arg)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			if number, ok := strings.CutPrefix(arg, "#"); ok && number == strconv.FormatInt(h.ID, 10) || !ok && h.Current {
				if out[arg], err = store.Version(ctx, h.ID); err != nil {
					return nil, err
				}
			}
		}
		if out[arg] == nil && strings.HasPrefix(arg, "#") {
			return nil, fmt.Errorf("version %s: %w", arg, archive.ErrNotFound)
		}
	}
	return out, nil
}
