package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"whosaid/internal/eval/pages"
)

func newEvalPagesCommand() *cobra.Command {
	var card string
	cmd := &cobra.Command{
		Use:   "pages FOLDER",
		Short: "Measures the reading of pages",
		Long: example("whosaid eval pages $(go list -m -f '{{.Dir}}' github.com/markusmobius/go-trafilatura)") +
			"Reads the pages that come with the source of go-trafilatura, in FOLDER, and measures their text, dates and authors against what people found there.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := pages.Score(args[0])
			if err != nil {
				return err
			}
			if card != "" {
				if err := os.WriteFile(card, []byte(c.String()), 0o644); err != nil {
					return err
				}
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), c.String())
			return err
		},
	}
	cmd.Flags().StringVar(&card, "card", "", "write the scorecard, a page of Markdown, to this file too")
	return cmd
}
