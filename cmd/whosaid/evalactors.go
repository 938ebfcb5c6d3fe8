package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"whosaid/internal/annotate/actors"
	"whosaid/internal/annotate/standard"
	evalactors "whosaid/internal/eval/actors"
	"whosaid/internal/eval/polnear"
	evalspeakers "whosaid/internal/eval/speakers"
	"whosaid/internal/ingest"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
	"whosaid/internal/record"
)

func newEvalActorsCommand() *cobra.Command {
	var f evalFlags
	var given bool
	var evidence string
	cmd := &cobra.Command{
		Use:   "actors TEXTS LABELS",
		Short: "Measures who an article speaks of against labelled articles",
		Long: example("whosaid eval actors polnear/dev/text actors/dev") +
			"Reads STEM.txt of the first folder for each STEM.json of the second and measures mentions of persons, who is who among them, descriptions and relations.",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			articles, err := evalactors.Load(args[0], args[1])
			if err != nil {
				return err
			}
			if evidence != "" {
				return f.writeEvidence(cmd, articles, evidence)
			}
			return twice(cmd, &f, given, "tags", evalactors.Given(articles), paths(articles), func(records []record.Record) (evalactors.Report, error) {
				return evalactors.Score(articles, records)
			}, func(fromGold, endToEnd evalactors.Report) string {
				return evalactors.Card(filepath.Base(filepath.Clean(args[1])), fromGold, endToEnd)
			})
		},
	}
	f.registerTwice(cmd, &given)
	cmd.Flags().StringVar(&evidence, "evidence", "", "write what was weighed for each pronoun and nominal to this file, for train/links.py, and measure nothing")
	return cmd
}

func newEvalSpeakersCommand() *cobra.Command {
	var f evalFlags
	var given bool
	cmd := &cobra.Command{
		Use:   "speakers FOLDER TABLE",
		Short: "Measures who is said to speak against a table of speakers",
		Long: example("whosaid eval speakers polnear/dev speakers/dev.tsv") +
			"Reads the articles of a folder of PolNeAR that the table lists and measures the names given to their attributions.",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			corpus, err := polnear.Load(args[0])
			if err != nil {
				return err
			}
			gold, err := evalspeakers.Load(args[1])
			if err != nil {
				return err
			}
			var inputs []string
			for _, a := range corpus.Articles {
				if gold[a.ID] != nil {
					inputs = append(inputs, a.Path)
				}
			}
			return twice(cmd, &f, given, "statements", evalspeakers.Given(corpus), inputs, func(records []record.Record) (evalspeakers.Report, error) {
				return evalspeakers.Score(corpus, gold, records)
			}, func(fromGold, endToEnd evalspeakers.Report) string {
				return evalspeakers.Card(corpus.Name, fromGold, endToEnd)
			})
		},
	}
	f.registerTwice(cmd, &given)
	return cmd
}

// registerTwice adds the flags of measurements that can start from what people
// marked.
func (f *evalFlags) registerTwice(cmd *cobra.Command, given *bool) {
	f.register(cmd)
	cmd.Flags().BoolVar(given, "given", false, "start from what people marked, not from the bare text")
	cmd.Flags().StringVar(&f.card, "card", "", "measure both ways and write the scorecard, a page of Markdown, to this file")
}

// A textual report can be printed to a terminal.
type textual interface{ Text() string }

// twice measures the inputs, end to end or with gold put in after the stage
// named, and both ways for a scorecard.
func twice[R textual](cmd *cobra.Command, f *evalFlags, given bool, after string, gold pipeline.Stage, inputs []string,
	score func([]record.Record) (R, error), card func(fromGold, endToEnd R) string,
) error {
	measure := func(given bool) (R, error) {
		f.set = nil
		if given {
			f.set = func(o *standard.Options) { o.After = map[string]pipeline.Stage{after: gold} }
		}
		var records []record.Record
		err := f.each(cmd.Context(), inputs, ingest.Options{AsIs: true}, func(r record.Record) error {
			records = append(records, r)
			return nil
		})
		if err != nil {
			return *new(R), err
		}
		return score(records)
	}
	report, err := measure(given)
	if err != nil {
		return err
	}
	if f.card != "" {
		other, err := measure(!given)
		if err != nil {
			return err
		}
		fromGold, endToEnd := other, report
		if given {
			fromGold, endToEnd = report, other
		}
		if err := os.WriteFile(f.card, []byte(card(fromGold, endToEnd)), 0o644); err != nil {
			return err
		}
	}
	return f.print(cmd.OutOrStdout(), report, report.Text())
}

func paths(articles []evalactors.Article) []string {
	var inputs []string
	for _, a := range articles {
		inputs = append(inputs, a.Path)
	}
	return inputs
}

// writeEvidence writes what was weighed for each pronoun and nominal of the
// labelled articles, with what would have been right.
func (f *evalFlags) writeEvidence(cmd *cobra.Command, articles []evalactors.Article, file string) error {
	who := map[string]map[news.Span]string{}
	for _, a := range articles {
		who[a.Path] = a.Identities()
	}
	out, err := createEvidence(file)
	if err != nil {
		return err
	}
	defer out.Close()
	f.workers = 1
	f.set = func(o *standard.Options) {
		o.After = map[string]pipeline.Stage{"tags": evalactors.Untold(articles)}
		o.Actors.Identify = func(doc *news.Document, m news.Span) string { return who[doc.File][m] }
		o.Actors.Observe = out.write
	}
	if err := f.each(cmd.Context(), paths(articles), ingest.Options{AsIs: true}, func(record.Record) error { return nil }); err != nil {
		return err
	}
	return out.finish()
}

// An evidenceFile takes what was weighed, a JSON object a line.
type evidenceFile struct {
	*os.File
	buffer *bufio.Writer
	json   *json.Encoder
	err    error
}

func createEvidence(file string) (*evidenceFile, error) {
	out, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	e := &evidenceFile{File: out, buffer: bufio.NewWriter(out)}
	e.json = json.NewEncoder(e.buffer)
	return e, nil
}

func (e *evidenceFile) write(v actors.Evidence) {
	if e.err == nil {
		e.err = e.json.Encode(v)
	}
}

// finish closes the file and gives the first error.
func (e *evidenceFile) finish() error {
	return errors.Join(e.err, e.buffer.Flush(), e.Close())
}
