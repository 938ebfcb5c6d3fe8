package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/archive/location"
	"whosaid/internal/archive/measure"
	"whosaid/internal/desk"
)

func newBenchArchiveCommand() *cobra.Command {
	var sizes []int
	var queries int
	var where string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "archive",
		Short: "Measures how fast an archive keeps and finds on this machine",
		Long: example("whosaid bench archive --sizes 10000,100000") +
			"Fills a new archive with articles that nobody wrote, and prints how many statements it keeps and links a second, how long searches and the facts of a person take, how much room a statement takes, and how all of it grows. Run it while nothing else runs.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.IsSorted(sizes) || len(sizes) == 0 || sizes[0] < 1 || queries < 1 {
				return usagef("--sizes takes ascending numbers of statements, and --queries a number above 0")
			}
			if where == "" {
				dir, err := os.MkdirTemp("", "whosaid-bench-")
				if err != nil {
					return err
				}
				defer os.RemoveAll(dir)
				where = filepath.Join(dir, "archive.db")
			}
			report, err := measure.Run(cmd.Context(), measure.Options{
				Sizes: sizes, Queries: queries, Seed: 1,
				Open: func(ctx context.Context) (archive.Store, error) { return location.Open(ctx, where, false) },
				Link: func(ctx context.Context, s archive.Store, told func(int)) error { return desk.New(s).Link(ctx, told) },
				Say:  func(what string) { fmt.Fprintln(cmd.ErrOrStderr(), "whosaid: "+what) },
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
	flags.IntSliceVar(&sizes, "sizes", []int{10_000, 100_000, 1_000_000}, "statements to measure at, ascending")
	flags.IntVar(&queries, "queries", 200, "how many of each kind")
	flags.StringVar(&where, "archive", "", "an archive to fill, or one that this filled before, which is left there; by default one that is deleted again")
	flags.BoolVar(&asJSON, "json", false, "print the figures as JSON")
	return cmd
}
