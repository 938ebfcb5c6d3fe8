package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/news"
	"whosaid/internal/serve/found"
)

// queryFlags are the flags that narrow down what is looked for.
type queryFlags struct{ query archive.Query }

func (f *queryFlags) register(flags *pflag.FlagSet) {
	q := &f.query
	flags.StringVar(&q.Speaker, "speaker", "", "said by somebody with these words in the name")
	flags.StringVar(&q.About, "about", "", "speaking of somebody or something of this name")
	flags.StringArrayVar(&q.Outlets, "outlet", nil, "printed by this outlet; may be given several times")
	flags.StringSliceVar(&q.Kinds, "kind", nil, "one of "+strings.Join(news.Kinds, ", ")+"; may be given several times")
	flags.StringSliceVar(&q.Forms, "form", nil, "one of "+strings.Join(forms, ", ")+"; may be given several times")
	flags.StringVar(&q.Since, "since", "", "published on this day, month or year, or later: 2022-01-20, 2022-01, 2022, today, yesterday, 7d for a week ago")
	flags.StringVar(&q.To, "to", "", "published on this day, month or year, or earlier")
}

// read makes the query of the flags and the words beside them.
func (f *queryFlags) read(args []string) error {
	q := &f.query
	q.Words = strings.Join(args, " ")
	q.Since, q.To = dayOf(q.Since, time.Now()), dayOf(q.To, time.Now())
	for _, list := range []struct {
		name      string
		is, known []string
	}{{"kind", q.Kinds, news.Kinds}, {"form", q.Forms, forms}} {
		for _, x := range list.is {
			if !slices.Contains(list.known, x) {
				return usagef("there is no %s %q: choose from %s", list.name, x, strings.Join(list.known, ", "))
			}
		}
	}
	if _, err := q.Parse(); err != nil {
		return usageError{err}
	}
	return nil
}

// daysAgo is a number of days before today.
var daysAgo = regexp.MustCompile(`^(\d{1,5})d$`)

// dayOf is the day that a word for one means now; anything else is as it was.
func dayOf(s string, now time.Time) string {
	n := 0
	switch m := daysAgo.FindStringSubmatch(s); {
	case s == "today":
	case s == "yesterday":
		n = 1
	case m != nil:
		n, _ = strconv.Atoi(m[1])
	default:
		return s
	}
	return now.AddDate(0, 0, -n).Format(time.DateOnly)
}

// empty reports whether everything is looked for.
func (f *queryFlags) empty() bool { return reflect.ValueOf(f.query).IsZero() }

// searchFlags are the flags of search.
type searchFlags struct {
	archiveFlags
	queryFlags
	sort     string
	format   string
	rejected bool
}

// forms are how they may be quoted.
var forms = []string{"direct", "indirect", "mixed"}

func newSearchCommand() *cobra.Command {
	var f searchFlags
	cmd := &cobra.Command{
		Use:   "search [QUERY]",
		Short: "Finds statements in the archive",
		Long: example(`whosaid search 'drones OR "heavy weapons"' --speaker Brandt`) +
			"Finds statements in the archive by their words, and shows each with its speaker, its article, its paragraph, its position in the article's text and its number, by which whosaid compare shows who else reports it, and whosaid fix mends it.\n\n" +
			"Words must all occur, in any of their forms (weapon finds weapons); \"words in quotation marks\" in these very forms, one after another. OR, AND and NOT are written in capitals, brackets group, * stands for any ending. Accents and alphabets do not matter. Without a query, all statements that the flags let through are listed, latest first.",
		Example: strings.Join([]string{
			`whosaid search 'bridge AND (toll OR fee)' --since 2022-01`,
			`whosaid search '"heavy weapons"' --kind warning --sort date`,
			`whosaid search --kind promise,warning --since yesterday`,
			`whosaid search --speaker Brandt --about Kelmere --format csv`,
		}, "\n"),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.archiveFlags.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	f.queryFlags.register(flags)
	q := &f.query
	flags.StringVar(&f.sort, "sort", string(archive.ByRank), "rank (best first) or date (latest first)")
	flags.IntVar(&q.Limit, "limit", 20, "how many to show; 0 for all")
	flags.IntVar(&q.Skip, "skip", 0, "how many to leave out before the first")
	flags.BoolVar(&f.rejected, "rejected", false, "show what would be found if whosaid fix reject had not taken it out, and nothing else")
	flags.StringVarP(&f.format, "format", "f", found.Text, "one of "+strings.Join(found.Formats, ", "))
	return cmd
}

func (f *searchFlags) check(args []string) error {
	q := &f.query
	q.Sort = archive.Order(f.sort)
	if q.Limit < 0 || q.Skip < 0 {
		return usagef("--limit and --skip cannot be negative")
	}
	return f.read(args)
}

func (f *searchFlags) run(cmd *cobra.Command, args []string) error {
	if err := f.check(args); err != nil {
		return err
	}
	look := terminal(cmd.OutOrStdout())
	out, err := found.New(f.format, cmd.OutOrStdout(), found.Options{Width: look.Width, Colour: look.Colour})
	if err != nil {
		return usageError{err}
	}
	ctx := cmd.Context()
	store, err := f.open(ctx, true)
	if err != nil {
		return err
	}
	defer store.Close()
	if f.rejected {
		return f.printRejected(ctx, cmd, desk.New(store), out)
	}
	q, err := desk.New(store).Spell(ctx, f.query)
	if err != nil {
		return err
	}
	if q.Limit > 0 {
		q.Limit++ // to tell whether there are more
	}
	more := false
	for hit, err := range store.Search(ctx, q) {
		if err != nil {
			return err
		}
		if more = f.query.Limit > 0 && out.Count() == f.query.Limit; more {
			break
		}
		if err := out.Print(hit); err != nil {
			return quiet(err)
		}
	}
	if err := out.Close(); err != nil {
		return quiet(err)
	}
	switch {
	case f.format != found.Text:
	case out.Count() == 0 && f.query.Skip > 0:
		fmt.Fprintf(cmd.ErrOrStderr(), "whosaid: nothing was found behind the first %d\n", f.query.Skip)
	case out.Count() == 0:
		advice, err := desk.New(store).Advice(ctx, f.query)
		if err != nil {
			return err
		}
		fmt.Fprintln(cmd.ErrOrStderr(), "whosaid: "+strings.Join(append([]string{"nothing was found"}, advice...), "; "))
	case more:
		fmt.Fprintf(cmd.ErrOrStderr(), "whosaid: there are more; see them with --limit or --skip %d\n", f.query.Skip+f.query.Limit)
	}
	return nil
}

// printRejected prints what was taken out.
func (f *searchFlags) printRejected(ctx context.Context, cmd *cobra.Command, d *desk.Desk, out *found.Printer) error {
	list, err := d.Rejected(ctx, f.query)
	if err != nil {
		return err
	}
	for _, h := range list {
		if err := out.Print(h); err != nil {
			return quiet(err)
		}
	}
	if len(list) == 0 && f.format == found.Text {
		fmt.Fprintln(cmd.ErrOrStderr(), "whosaid: nothing of this kind was rejected; whosaid decisions lists what was decided")
	}
	return quiet(out.Close())
}

// quiet is err unless that says that whoever read the results has enough.
func quiet(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return err
}
