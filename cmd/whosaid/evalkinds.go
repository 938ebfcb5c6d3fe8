package main

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"whosaid/internal/annotate/standard"
	"whosaid/internal/eval/kinds"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// evalKindsFlags are the flags of eval kinds besides those of every measurement.
type evalKindsFlags struct {
	evalFlags
	folds    string
	examples string
}

func newEvalKindsCommand() *cobra.Command {
	var f evalKindsFlags
	cmd := &cobra.Command{
		Use:   "kinds FOLDER LABELS.tsv [FOLDER LABELS.tsv]...",
		Short: "Measures kind, condition, stance, addressee and venue of statements",
		Long: example("whosaid eval kinds corpora/polnear/dev corpora/kinds/dev.tsv") +
			"Reads the articles of a folder of PolNeAR that a table labels and measures what is told of each statement: from the gold spans, where only that can be wrong, and end to end.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 || len(args)%2 != 0 {
				return usagef("give folders of PolNeAR, each with the table of its labels")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.card, "card", "", "write the scorecard, a page of Markdown, to this file too")
	cmd.Flags().StringVar(&f.folds, "folds", "", "measure each article with a model that has not seen it, from gold spans: a folder that train/kinds.py --folds wrote")
	cmd.Flags().StringVar(&f.examples, "examples", "", "measure nothing, but write to this folder what train/kinds.py learns from")
	return cmd
}

func (f *evalKindsFlags) run(cmd *cobra.Command, args []string) error {
	var articles []kinds.Article
	for i := 0; i < len(args); i += 2 {
		more, err := kinds.Load(args[i], args[i+1], f.examples != "")
		if err != nil {
			return err
		}
		articles = append(articles, more...)
	}
	o, err := stageOptions(f.precision)
	if err != nil {
		return err
	}
	full, err := standard.New(o)
	if err != nil {
		return err
	}
	o.After = map[string]pipeline.Stage{"statements": kinds.Gold(articles)}
	fromGold, err := standard.New(o)
	if err != nil {
		return err
	}
	if f.examples != "" {
		return f.write(cmd, fromGold, articles)
	}
	if f.folds != "" {
		models, err := kinds.LoadFolds(f.folds)
		if err != nil {
			return err
		}
		report, err := f.measure(cmd, fromGold, articles, models)
		if err != nil {
			return err
		}
		return f.show(cmd, []kinds.Part{{Title: "From gold spans, five-fold by article", Report: report}},
			"# Kinds of statement, five-fold by article\n\nEach article is read with a model that has seen the labels of the other four fifths; the lexicon and the rules are the same for all.\nIn percent; written by `whosaid eval kinds --folds`; intervals from 1,000 resamplings of the articles.\n\n")
	}
	gold, err := f.measure(cmd, fromGold, articles, nil)
	if err != nil {
		return err
	}
	whole, err := f.measure(cmd, full, articles, nil)
	if err != nil {
		return err
	}
	return f.show(cmd, []kinds.Part{{Title: "From gold spans", Report: gold}, {Title: "End to end", Report: whole}},
		"# Kinds of statement\n\nIn percent; written by `whosaid eval kinds`; intervals from 1,000 resamplings of the articles. Two people would agree on 80 to 88 of 100 kinds.\n\n")
}

// measure scores the documents that the pipeline makes; with folds, their kinds
// are told anew by the model of their fold.
func (f *evalKindsFlags) measure(cmd *cobra.Command, p *pipeline.Pipeline, articles []kinds.Article, folds *kinds.Folds) (kinds.Report, error) {
	var r kinds.Report
	err := kinds.Read(cmd.Context(), p, articles, f.workers, func(a kinds.Article, doc *news.Document) error {
		if folds != nil {
			m, err := folds.Model(a.ID)
			if err != nil {
				return err
			}
			m.Tell(doc)
		}
		r.Add(kinds.Score(a, doc))
		return nil
	})
	return r, err
}

// show prints the figures and writes the card.
func (f *evalKindsFlags) show(cmd *cobra.Command, parts []kinds.Part, head string) error {
	text, figures := "", map[string]kinds.Figures{}
	for _, p := range parts {
		head += p.Report.Section(p.Title)
		text += p.Title + ": " + p.Report.Total.Figures().String() + "\n"
		figures[p.Title] = p.Report.Total.Figures()
	}
	if f.card != "" {
		if err := os.WriteFile(f.card, []byte(head), 0o644); err != nil {
			return err
		}
	}
	return f.print(cmd.OutOrStdout(), figures, text)
}

// write makes the two files that train/kinds.py reads.
func (f *evalKindsFlags) write(cmd *cobra.Command, p *pipeline.Pipeline, articles []kinds.Article) (err error) {
	if err := os.MkdirAll(f.examples, 0o755); err != nil {
		return err
	}
	var to [2]*bufio.Writer
	for i, name := range []string{"examples.jsonl", "vectors.f32"} {
		file, err := os.Create(filepath.Join(f.examples, name))
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		to[i] = bufio.NewWriter(file)
	}
	err = kinds.Read(cmd.Context(), p, articles, f.workers, func(a kinds.Article, doc *news.Document) error {
		return kinds.WriteExamples(a, doc, to[0], to[1])
	})
	return errors.Join(err, to[0].Flush(), to[1].Flush())
}
