package main

import (
	"os"

	"github.com/spf13/cobra"

	"whosaid/internal/eval/people"
)

func newEvalPeopleCommand() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "people NAMES.tokens POLNEAR_FOLDER",
		Short: "Measures who is who across articles",
		Long: example("whosaid eval people corpora/arabic-names/wd_arabic.normalized.aligned.tokens corpora/polnear/train") +
			"Measures on names of arabic-names that were held back whether two spellings are of one name, and on pairs of names in PolNeAR's train articles whether they are of one person.",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			var report people.Report
			var err error
			if report.Spellings, err = people.MeasureSpellings(args[0]); err != nil {
				return err
			}
			if report.Pairs, err = people.MeasurePairs(args[1]); err != nil {
				return err
			}
			if f.card != "" {
				if err := os.WriteFile(f.card, []byte(report.Card()), 0o644); err != nil {
					return err
				}
			}
			return f.print(cmd.OutOrStdout(), report, report.Text())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.card, "card", "", "write the scorecard, a page of Markdown, to this file too")
	flags.BoolVar(&f.json, "json", false, "print the figures as JSON")
	return cmd
}
