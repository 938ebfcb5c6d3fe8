package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"whosaid/internal/annotate/speakers"
	"whosaid/internal/annotate/standard"
	"whosaid/internal/engine"
	"whosaid/internal/news"
	"whosaid/internal/serve/print"
)

func newExplainCommand() *cobra.Command {
	var f inputFlags
	var precision string
	cmd := &cobra.Command{
		Use:   "explain INPUT:OFFSET",
		Short: "Says why a word was taken as it was",
		Long: example("whosaid explain article.txt:312") +
			"Says how the model saw one word of an article: how likely a cue begins there, which cues claim the word, as what, and what became of each of them; whom it means, if it is a mention of somebody, and why; and why the statements that hold it have their speakers.\n\n" +
			"OFFSET counts characters of the article's text from 0, as the start and end of a record do (whosaid read --format json).",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("name one word, as in %s article.txt:312", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return explain(cmd, args[0], precision, &f) },
	}
	f.register(cmd)
	cmd.Flags().StringVar(&precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	return cmd
}

// explain explains the word that arg names.
func explain(cmd *cobra.Command, arg, precision string, f *inputFlags) error {
	input, number, _ := cutLast(arg, ":")
	offset, err := strconv.Atoi(number)
	if err != nil || input == "" || offset < 0 {
		return usagef("%q names no word: write the input, a colon and a position, as in article.txt:312", arg)
	}
	options, err := stageOptions(precision)
	if err != nil {
		return err
	}
	doc, err := readOne(cmd, input, precision, f)
	if err != nil {
		return err
	}
	at := news.NewOffsets(doc.Text)
	if n := at.Rune(len(doc.Text)); offset >= n {
		return fmt.Errorf("%s has %d characters, so there is none at %d", input, n, offset)
	}
	reader, err := standard.Reader(options)
	if err != nil {
		return err
	}
	e, ok := reader.Explain(doc, at.Byte(offset))
	if !ok {
		return fmt.Errorf("no word that was read stands at %d of %s: choose a position inside a word of the headline or a paragraph", offset, input)
	}
	if err := print.Explanation(cmd.OutOrStdout(), doc, e); err != nil {
		return err
	}
	who, err := standard.Actors(options)
	if err != nil {
		return err
	}
	return print.Who(cmd.OutOrStdout(), doc, e.Word, who.Explain(doc), speakers.Explain(doc, who.Read(doc)))
}

// cutLast is strings.Cut at the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// readOne reads an input that holds one article.
func readOne(cmd *cobra.Command, input, precision string, f *inputFlags) (*news.Document, error) {
	pipe, err := newPipeline(precision)
	if err != nil {
		return nil, err
	}
	e, err := engine.New(engine.Options{Ingest: f.options(cmd.Context(), cmd.InOrStdin()), Pipeline: pipe})
	if err != nil {
		return nil, err
	}
	var docs []*news.Document
	err = e.Read(cmd.Context(), []string{input}, func(r engine.Result) error {
		if r.Err != nil {
			return r.Err
		}
		for _, p := range r.Doc.Problems {
			if p.Fatal() {
				return fmt.Errorf("%s: %s", r.Doc.File, p.Message)
			}
		}
		docs = append(docs, r.Doc)
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case len(docs) != 1:
		return nil, fmt.Errorf("%s holds %d articles: a word can be explained in a file of one", input, len(docs))
	}
	return docs[0], nil
}
