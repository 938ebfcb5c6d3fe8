package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"whosaid/internal/eval/elsewhere"
	"whosaid/internal/pipeline"
	"whosaid/internal/record"
)

func newEvalElsewhereCommand() *cobra.Command {
	var precision, card string
	var missed, gold bool
	cmd := &cobra.Command{
		Use:   "elsewhere [FOLDER]",
		Short: "Measures whole records against articles of our own",
		Long: example("whosaid eval elsewhere") +
			"Reads the articles of FOLDER (eval/elsewhere where none is named), which are on the structure of news from many countries and hold what is to be found in them, " +
			"and measures the records made of them. FOLDER/kinds holds small cases about kinds of statement.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := filepath.Join("eval", "elsewhere")
			if len(args) == 1 {
				dir = args[0]
			}
			cases, err := elsewhere.Load(dir)
			if err != nil {
				return err
			}
			if gold {
				for _, c := range cases {
					if err := record.Encode(c.Gold).Write(cmd.OutOrStdout(), false); err != nil {
						return err
					}
				}
				return nil
			}
			pipe, err := newPipeline(precision)
			if err != nil {
				return err
			}
			c, err := measureElsewhere(cmd.Context(), pipe, dir, cases)
			if err != nil {
				return err
			}
			text := c.String()
			if card != "" {
				if err := os.WriteFile(card, []byte(text), 0o644); err != nil {
					return err
				}
			}
			if missed {
				for _, m := range c.Articles.Missed {
					text += "- " + m + "\n"
				}
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), text)
			return err
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&card, "card", "", "write the scorecard, a page of Markdown, to this file too")
	flags.BoolVar(&missed, "missed", false, "list what was missed, spurious or said by another")
	flags.BoolVar(&gold, "gold", false, "print what is to be found, as records, and measure nothing")
	flags.StringVar(&precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	return cmd
}

// measureElsewhere measures the articles and, where dir holds a folder kinds,
// the small cases in it.
func measureElsewhere(ctx context.Context, pipe *pipeline.Pipeline, dir string, cases []elsewhere.Case) (elsewhere.Card, error) {
	var c elsewhere.Card
	var err error
	if c.Articles, c.FromGold, err = measureCases(ctx, pipe, cases); err != nil {
		return c, err
	}
	kinds := filepath.Join(dir, "kinds")
	if _, err := os.Stat(kinds); err != nil {
		return c, nil
	}
	small, err := elsewhere.Load(kinds)
	if err != nil {
		return c, err
	}
	for len(small) > 0 {
		n := 1
		for n < len(small) && small[n].File == small[0].File {
			n++
		}
		k := elsewhere.KindFile{Name: filepath.Base(small[0].File)}
		if k.Measured, k.FromGold, err = measureCases(ctx, pipe, small[:n]); err != nil {
			return c, err
		}
		c.Kinds = append(c.Kinds, k)
		small = small[n:]
	}
	return c, nil
}

// measureCases measures cases end to end and from their gold statements.
func measureCases(ctx context.Context, pipe *pipeline.Pipeline, cases []elsewhere.Case) (measured, fromGold elsewhere.Report, err error) {
	found, err := elsewhere.Run(ctx, pipe, cases)
	if err != nil {
		return
	}
	if measured, err = elsewhere.Score(found); err != nil {
		return
	}
	given, err := elsewhere.WithGold(pipe, cases)
	if err != nil {
		return
	}
	if found, err = elsewhere.Run(ctx, given, cases); err != nil {
		return
	}
	fromGold, err = elsewhere.Score(found)
	return
}
