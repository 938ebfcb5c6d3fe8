package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"whosaid/internal/engine"
	"whosaid/internal/pipeline"
)

func newStagesCommand() *cobra.Command {
	var f inputFlags
	var precision string
	cmd := &cobra.Command{
		Use:   "stages [INPUT...]",
		Short: "Lists the stages of reading, and how long each takes",
		Long: example("whosaid stages article.html") +
			"Lists the stages that an article goes through, in order: what each finds, what it needs and what it gives. With inputs, it runs them on one worker and says how long each stage took.",
		RunE: func(cmd *cobra.Command, args []string) error {
			pipe, err := newPipeline(precision)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return listStages(cmd.OutOrStdout(), pipe)
			}
			return timeStages(cmd, args, pipe, &f)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	return cmd
}

// listStages prints what each stage does.
func listStages(w io.Writer, pipe *pipeline.Pipeline) error {
	for i, s := range pipe.Stages() {
		if _, err := fmt.Fprintf(w, "%d. %s: %s\n   needs %s, gives %s\n", i+1, s.Name, s.Doc, layers(s.Needs), layers(s.Gives)); err != nil {
			return err
		}
	}
	return nil
}

func layers(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}

// timeStages runs the stages over the inputs and prints what they took.
func timeStages(cmd *cobra.Command, args []string, pipe *pipeline.Pipeline, f *inputFlags) error {
	e, err := engine.New(engine.Options{Ingest: f.options(cmd.Context(), cmd.InOrStdin()), Pipeline: pipe, Workers: 1})
	if err != nil {
		return err
	}
	sum := make(pipeline.Timing, len(pipe.Stages()))
	var all time.Duration
	articles, failed := 0, false
	err = e.Read(cmd.Context(), args, func(r engine.Result) error {
		if r.Err != nil {
			failed = true
			tell(cmd.ErrOrStderr(), r.Err)
			return nil
		}
		failed = tellProblems(cmd.ErrOrStderr(), r.Doc) || failed
		if r.Timing != nil {
			articles++
		}
		for i, d := range r.Timing {
			sum[i] += d
			all += d
		}
		return nil
	})
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "stage\tms\tms an article\tshare\t")
	for i, s := range pipe.Stages() {
		fmt.Fprintf(w, "%s\t%.1f\t%.2f\t%.0f %%\t\n", s.Name, ms(sum[i]), ms(sum[i])/float64(max(articles, 1)), 100*float64(sum[i])/float64(max(all, 1)))
	}
	fmt.Fprintf(w, "all %d articles\t%.1f\t%.2f\t\t\n", articles, ms(all), ms(all)/float64(max(articles, 1)))
	if err := w.Flush(); err != nil {
		return err
	}
	if failed {
		return errTold
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
