package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"whosaid/internal/engine"
	"whosaid/internal/news"
	"whosaid/internal/serve/print"
)

// readFlags are the flags of read.
type readFlags struct {
	inputFlags
	filter     filter
	format     string
	workers    int
	output     string
	precision  string
	noProgress bool
}

func newReadCommand() *cobra.Command {
	var f readFlags
	cmd := &cobra.Command{
		Use:   "read INPUT...",
		Short: "Prints the statements that articles report",
		Long: example("whosaid read article.html") +
			"Prints every statement that an article reports: who said it, the words for saying it, and what was said.\n\n" +
			"An input is a file (text, HTML, PDF, DOCX, RTF, e-mail, JSON, CSV, exports of news databases, RSS, Atom and JSON feeds, sitemaps, WARC and WACZ archives, SRT and VTT transcripts, records of whosaid itself, any of them compressed), a folder, a pattern such as 'news/**/*.html', an http(s) address, or - for standard input. A feed or sitemap is followed to its pages, politely: by robots.txt and with a pause between two pages of a site.\n\n" +
			"Exits with 0 if every input was read, 1 if any was not, 2 if the command line is wrong.",
		Example: strings.Join([]string{
			"whosaid read article.html",
			"whosaid read --format jsonl -o statements.jsonl news/",
			"whosaid read --format csv --map text=BODY,date=DAY articles.csv",
			"whosaid read --format html https://example.org/story > story.html",
			"whosaid read --format brat -o annotated/ news/*.txt",
		}, "\n"),
		Args: inputsGiven,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&f.format, "format", "f", print.Text, "one of "+strings.Join(print.Formats, ", "))
	flags.StringVarP(&f.output, "output", "o", "", "write here instead of to standard output; for brat, a folder")
	flags.IntVarP(&f.workers, "jobs", "j", runtime.GOMAXPROCS(0), "articles worked on at once")
	f.filter.register(flags)
	flags.StringVar(&f.precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	flags.BoolVar(&f.noProgress, "no-progress", false, "say nothing of how far it has come")
	return cmd
}

// inputsGiven asks for at least one input.
func inputsGiven(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usagef("no input was named: give files, folders, addresses, or - for standard input; see %s --help", cmd.CommandPath())
	}
	return nil
}

func (f *readFlags) check(args []string) error {
	switch {
	case !slices.Contains(print.Formats, f.format):
		return usagef("there is no format %q: choose one of %s", f.format, strings.Join(print.Formats, ", "))
	case f.workers < 1:
		return usagef("-j %d: at least one worker is needed", f.workers)
	}
	if out, err := os.Stat(f.output); err == nil {
		for _, arg := range args {
			if in, err := os.Stat(arg); err == nil && !in.IsDir() && os.SameFile(in, out) {
				return usagef("%s is both input and output: name another file after -o", arg)
			}
		}
	}
	return f.filter.check()
}

func (f *readFlags) run(cmd *cobra.Command, args []string) (err error) {
	if err := f.check(args); err != nil {
		return err
	}
	pipe, err := newPipeline(f.precision)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	stderr := cmd.ErrOrStderr()
	meter := newMeter(stderr, f.noProgress, f.output == "" && isTerminal(cmd.OutOrStdout()))
	defer meter.close()
	e, err := engine.New(engine.Options{
		Ingest: f.options(ctx, cmd.InOrStdin()), Pipeline: pipe,
		Workers: f.workers, Progress: meter.show,
	})
	if err != nil {
		return err
	}
	out, err := openOutput(f.format, f.output, cmd.OutOrStdout())
	if err != nil {
		return err
	}
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
		f.filter.apply(r.Doc)
		return out.Print(r.Doc)
	})
	if closing := out.Close(); err == nil {
		err = closing
	}
	switch {
	case errors.Is(err, syscall.EPIPE):
		return nil // whoever read the results has enough of them
	case err != nil:
		return err
	case failed:
		return errTold
	}
	return nil
}

// tellProblems prints why doc holds nothing to read, and reports whether that
// is a failure. An article in another language is none: it is kept, and says
// so itself.
func tellProblems(w io.Writer, doc *news.Document) bool {
	failed := false
	for _, p := range doc.Problems {
		if p.Fatal() {
			tell(w, fmt.Errorf("%s: %s", doc.File, p.Message))
			failed = failed || p.Code != news.ProblemLanguage
		}
	}
	return failed
}
