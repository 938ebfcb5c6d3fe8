package main

import (
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
	var join string
	cmd := &cobra.Command{
		Use:   "names FILE.iob2|FOLDER",
		Short: "Measures names against Universal NER",
		Long: example("whosaid eval names corpora/uner-ewt") +
			"Reads the texts of Universal NER's English Web Treebank, those of dev where a folder is given, and measures the names of people, places and organisations found in them.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.names(cmd, args[0], join) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.card, "card", "", "write the scorecard, a page of Markdown, to this file too")
	flags.BoolVar(&f.json, "json", false, "print the figures as JSON")
	flags.StringVar(&join, "join", "space", "what stands between two sentences of a text: space, or line (as if each were measured alone)")
	flags.StringVar(&f.precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	return cmd
}

// names reads text by text, in order: they are short, and the model is most of it.
func (f *evalFlags) names(cmd *cobra.Command, path, join string) error {
	between, ok := map[string]string{"space": names.Space, "line": names.Line}[join]
	if !ok {
		return usagef("there is no way %q to join sentences: choose space or line", join)
	}
	texts, err := names.Load(path, between)
	if err != nil {
		return err
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
	tags := make([][]news.Tag, len(texts))
	for i, t := range texts {
		doc := &news.Document{Article: news.Article{File: t.ID, Text: t.Text}, AsIs: true}
		if err := pipe.Run(cmd.Context(), doc, nil); err != nil {
			return err
		}
		tags[i] = doc.Tags
	}
	report, err := names.Score(texts, tags)
	if err != nil {
		return err
	}
	if f.card != "" {
		if err := os.WriteFile(f.card, []byte(report.Card(f.precision+" weights, a "+join+" between sentences")), 0o644); err != nil {
			return err
		}
	}
	return f.print(cmd.OutOrStdout(), report, report.Text())
}
