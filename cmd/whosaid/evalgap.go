package main

import (
	"context"

	"github.com/spf13/cobra"

	"whosaid/internal/annotate/standard"
	"whosaid/internal/eval/gap"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

func newEvalGapCommand() *cobra.Command {
	var f evalFlags
	var given bool
	var evidence string
	cmd := &cobra.Command{
		Use:   "gap TABLE",
		Short: "Measures pronouns against GAP",
		Long: example("whosaid eval gap gap-validation.tsv") +
			"Reads the passages of a table of GAP and measures which of two names their pronouns are taken to stand for, by links between pronoun and name. The title of a passage's page is known, as a reader of the page would know it.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			list, err := gap.Load(args[0])
			if err != nil {
				return err
			}
			o, err := stageOptions(f.precision)
			if err != nil {
				return err
			}
			by := map[string]gap.Example{}
			for _, e := range list {
				by[e.ID] = e
			}
			if given {
				o.After = map[string]pipeline.Stage{"tags": {
					Name: "given-names", Doc: "Marks the pronoun and the two names.",
					Run: func(_ context.Context, doc *news.Document) error {
						by[doc.ID].Mark(doc)
						return nil
					},
				}}
			}
			var out *evidenceFile
			if evidence != "" {
				if out, err = createEvidence(evidence); err != nil {
					return err
				}
				defer out.Close()
				o.Actors.Identify = func(doc *news.Document, m news.Span) string { return by[doc.ID].Identify(m) }
				o.Actors.Observe = out.write
			}
			pipe, err := standard.New(o)
			if err != nil {
				return err
			}
			var report gap.Report
			for _, e := range list {
				doc := e.Document()
				if err := pipe.Run(cmd.Context(), doc, nil); err != nil {
					return err
				}
				report.Add(e, e.Judge(doc))
			}
			if out != nil {
				return out.finish()
			}
			return f.print(cmd.OutOrStdout(), report, report.Text())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&given, "given", false, "start from the two names and the pronoun, as GAP's own task does")
	flags.StringVar(&evidence, "evidence", "", "write what was weighed for each pronoun to this file, for train/links.py, and measure nothing")
	flags.BoolVar(&f.json, "json", false, "print the figures as JSON")
	flags.StringVar(&f.precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	return cmd
}
