package main

import (
	"context"
	"errors"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"whosaid/internal/annotate/standard"
	"whosaid/internal/eval/names"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

func newEvalNamesCommand() *cobra.Command {
	var f evalFlags
	var join, paragraphs string
	cmd := &cobra.Command{
		Use:   "names FILE.iob2|FOLDER",
		Short: "Measures names against Universal NER",
		Long: example("whosaid eval names corpora/uner-ewt") +
			"Reads the texts of Universal NER's English Web Treebank, those of dev where a folder is given, and measures the names of people, places and organisations found in them.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.names(cmd, args[0], join, paragraphs) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.card, "card", "", "write the scorecard, a page of Markdown, to this file too")
	flags.BoolVar(&f.json, "json", false, "print the figures as JSON")
	flags.StringVar(&join, "join", "space", "what stands between two sentences of a text: space, or line (as if each were measured alone)")
	flags.StringVar(&paragraphs, "paragraphs", "", "where paragraphs begin: the treebank's file .conllu or its folder; a new line stands there, and the scorecard shows the other ways to join too")
	flags.StringVar(&f.precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	return cmd
}

// names measures the texts joined in one way, for a scorecard with paragraphs in the
// others too.
func (f *evalFlags) names(cmd *cobra.Command, path, join, paragraphs string) error {
	between, ok := map[string]string{"space": names.Space, "line": names.Line}[join]
	if !ok {
		return usagef("there is no way %q to join sentences: choose space or line", join)
	}
	how := "a " + join + " between sentences"
	var openings names.Openings
	if paragraphs != "" {
		var err error
		if openings, err = names.Paragraphs(paragraphs); err != nil {
			return err
		}
		how += ", a new line where the treebank begins a paragraph"
	}
	o, err := stageOptions(f.precision)
	if err != nil {
		return err
	}
	pipe, err := standard.New(o)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(pipe.Stages(), func(s pipeline.Stage) bool { return slices.Contains(s.Gives, "tags") }) {
		return errors.New("this program was built without the weights that find names (models/who.safetensors is empty): train them with train/make.sh")
	}
	report, err := namesFound(cmd.Context(), pipe, path, between, openings)
	if err != nil {
		return err
	}
	if f.card != "" {
		if openings != nil {
			for _, other := range []struct{ name, between string }{{"a space between all sentences", names.Space}, {"a new line between all", names.Line}} {
				r, err := namesFound(cmd.Context(), pipe, path, other.between, nil)
				if err != nil {
					return err
				}
				report.Joined = append(report.Joined, names.Group{Name: other.name, Count: r.Total})
			}
		}
		if err := os.WriteFile(f.card, []byte(report.Card(f.precision+" weights, "+how)), 0o644); err != nil {
			return err
		}
	}
	return f.print(cmd.OutOrStdout(), report, report.Text())
}

// namesFound reads text by text, in order: they are short, and the model is most of it.
func namesFound(ctx context.Context, pipe *pipeline.Pipeline, path, between string, openings names.Openings) (names.Report, error) {
	texts, err := names.Load(path, between, openings)
	if err != nil {
		return names.Report{}, err
	}
	tags := make([][]news.Tag, len(texts))
	for i, t := range texts {
		doc := &news.Document{Article: news.Article{File: t.ID, Text: t.Text}, AsIs: true}
		if err := pipe.Run(ctx, doc, nil); err != nil {
			return names.Report{}, err
		}
		tags[i] = doc.Tags
	}
	return names.Score(texts, tags)
}
