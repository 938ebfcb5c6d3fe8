package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
)

// forgetFlags are the flags of forget.
type forgetFlags struct {
	archiveFlags
	outlets []string
	people  []string
	before  string
	days    int
}

func newForgetCommand() *cobra.Command {
	var f forgetFlags
	cmd := &cobra.Command{
		Use:   "forget ARTICLE...",
		Short: "Removes articles from the archive for good",
		Long: example("whosaid forget https://example.org/story") +
			"Removes articles from the archive, by their id or address: text, page, index, vectors and all versions. What remains is that there was something to forget, so that neither add nor watch brings it in again. What was decided about them loses its words.\n\n" +
			"--outlet forgets everything that an outlet printed, and all it will. --person forgets somebody with every article in which they act; articles that are new may name them again. --before and --older remove what was kept before a day or so many days ago; that may come again.",
		Example: strings.Join([]string{
			"whosaid forget https://example.org/story 76bef94daf8ca63c",
			"whosaid forget --outlet 'The Velm Courier'",
			"whosaid forget --person 'Ida Brandt'",
			"whosaid forget --older 365",
		}, "\n"),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringArrayVar(&f.outlets, "outlet", nil, "forget everything that this outlet printed")
	flags.StringArrayVar(&f.people, "person", nil, "forget this person, by name or number (#12), and every article in which they act")
	flags.StringVar(&f.before, "before", "", "remove what was kept before this day, month or year: 2022-01-20, 2022-01, 2022")
	flags.IntVar(&f.days, "older", 0, "remove what was kept longer ago than so many days")
	return cmd
}

// targets are what the flags and arguments name, people apart.
func (f *forgetFlags) targets(args []string) ([]archive.Target, error) {
	var out []archive.Target
	for _, ref := range args {
		out = append(out, archive.Target{Article: ref})
	}
	for _, name := range f.outlets {
		if archive.FoldOutlet(name) == "" {
			return nil, usagef("--outlet %q is no name of an outlet", name)
		}
		out = append(out, archive.Target{Outlet: name})
	}
	if f.days < 0 {
		return nil, usagef("--older %d: the number of days cannot be negative", f.days)
	}
	if f.days > 0 {
		out = append(out, archive.Target{Before: time.Now().AddDate(0, 0, -f.days)})
	}
	if f.before != "" {
		day := archive.DayOf(f.before)
		if day == 0 {
			return nil, usagef("--before %s: write a day, month or year as 2022-01-20, 2022-01 or 2022", f.before)
		}
		at, err := time.ParseInLocation(time.DateOnly, day.String(), time.Local)
		if err != nil {
			return nil, usageError{err}
		}
		out = append(out, archive.Target{Before: at})
	}
	if len(out)+len(f.people) == 0 {
		return nil, usagef("name an article by its id or address, or give --outlet, --person, --before or --older")
	}
	return out, nil
}

func (f *forgetFlags) run(cmd *cobra.Command, args []string) error {
	targets, err := f.targets(args)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	store, err := f.change(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	var sum archive.Forgotten
	missing := false
	add := func(got archive.Forgotten) {
		sum.Articles += got.Articles
		sum.Versions += got.Versions
		sum.Statements += got.Statements
	}
	at := desk.New(store)
	for _, t := range targets {
		got, err := at.Forget(ctx, t)
		if err != nil {
			return err
		}
		if got.Articles == 0 && t.Article != "" {
			missing = true
			tell(cmd.ErrOrStderr(), fmt.Errorf("%s: the archive has no such article", t.Article))
		}
		add(got)
	}
	for _, name := range f.people {
		got, err := at.ForgetPerson(ctx, name)
		if err != nil {
			return err
		}
		add(got)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Forgotten: %s in %s, %s.\n", count(sum.Articles, "article"), count(sum.Versions, "version"), count(sum.Statements, "statement"))
	if missing {
		return errTold
	}
	return store.Close()
}
