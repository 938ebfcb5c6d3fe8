package main

import (
	"encoding/json"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"whosaid/internal/eval/bench"
)

func newBenchCommand() *cobra.Command {
	var articles int
	var seconds float64
	var precision string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "bench INPUT...",
		Short: "Measures how fast articles are read on this machine",
		Long: example("whosaid bench news/") +
			"Reads articles over and over, from text to JSON, and prints how many it reads a second, where the time goes, how much of the machine's own peak the network reaches, what a second worker brings, and how much memory it takes. Run it while nothing else runs.",
		Args: inputsGiven,
		RunE: func(cmd *cobra.Command, args []string) error {
			precisions := []string{"quantised", "float32"}
			if precision != "" {
				precisions = []string{precision}
			}
			if articles < 0 || seconds < 0 {
				return usagef("--articles and --seconds cannot be negative")
			}
			executable, err := os.Executable()
			if err != nil {
				return err
			}
			report, err := bench.Run(cmd.Context(), bench.Options{
				Inputs: args, Articles: articles, Time: time.Duration(seconds * float64(time.Second)),
				Precisions: precisions, Pipeline: newPipeline, Executable: executable,
			})
			if err != nil {
				return err
			}
			if asJSON {
				e := json.NewEncoder(cmd.OutOrStdout())
				e.SetIndent("", "  ")
				return e.Encode(report)
			}
			_, err = io.WriteString(cmd.OutOrStdout(), report.Text())
			return err
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVar(&articles, "articles", 20, "how many of the inputs to read, spread evenly over them; 0 for all")
	flags.Float64Var(&seconds, "seconds", 60, "how long to read, in all")
	flags.StringVar(&precision, "precision", "", "measure one alone: quantised or float32")
	flags.BoolVar(&asJSON, "json", false, "print the figures as JSON")
	cmd.AddCommand(newBenchArchiveCommand())
	return cmd
}
