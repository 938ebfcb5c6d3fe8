package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"whosaid/internal/annotate/standard"
	"whosaid/internal/annotate/statements"
	"whosaid/internal/engine"
	"whosaid/internal/eval/polnear"
	"whosaid/internal/eval/seed"
	"whosaid/internal/ingest"
	"whosaid/internal/record"
)

func newEvalCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Measures how right the statements are",
		Long: example("whosaid eval polnear corpora/polnear/dev") +
			"Measures what is found against what people found in the same articles.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newEvalPolnearCommand(), newEvalSeedCommand(), newEvalPagesCommand(), newEvalCalibrateCommand(), newEvalElsewhereCommand(), newEvalKindsCommand())
	cmd.AddCommand(newEvalNamesCommand())
	cmd.AddCommand(newEvalActorsCommand(), newEvalSpeakersCommand(), newEvalGapCommand(), newEvalPeopleCommand(), newEvalLinksCommand())
	return cmd
}

// evalFlags are the flags of every measurement.
type evalFlags struct {
	records   string
	card      string
	json      bool
	precision string
	workers   int
	tune      map[string]string

	set func(*standard.Options) // changes how articles are read; may be nil
}

func (f *evalFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.records, "records", "", "measure these records, as read --format jsonl prints them, in place of reading the articles")
	flags.BoolVar(&f.json, "json", false, "print the figures as JSON")
	flags.StringVar(&f.precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	flags.IntVarP(&f.workers, "jobs", "j", runtime.GOMAXPROCS(0), "articles worked on at once")
}

func newEvalPolnearCommand() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "polnear FOLDER",
		Short: "Measures statements against PolNeAR",
		Long: example("whosaid eval polnear corpora/polnear/dev") +
			"Reads the articles of a folder of PolNeAR (text/*.txt) as they are and measures their statements against the first annotator's (attributions/*.ann).",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.polnear(cmd, args[0]) },
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.card, "card", "", "write the scorecard, a page of Markdown, to this file too")
	cmd.Flags().StringToStringVar(&f.tune, "tune", nil, "read with other options: window, margin, reach, least, threshold, second, no-source")
	return cmd
}

func (f *evalFlags) polnear(cmd *cobra.Command, dir string) error {
	corpus, err := polnear.Load(dir)
	if err != nil {
		return err
	}
	inputs := make([]string, len(corpus.Articles))
	for i, a := range corpus.Articles {
		inputs[i] = a.Path
	}
	var predictions []polnear.Prediction
	err = f.each(cmd.Context(), inputs, ingest.Options{AsIs: true}, func(r record.Record) error {
		predictions = append(predictions, polnear.FromRecord(r))
		return nil
	})
	if err != nil {
		return err
	}
	report, err := polnear.Score(corpus, predictions)
	if err != nil {
		return err
	}
	if f.card != "" {
		how := f.precision + " weights"
		if f.records != "" {
			how = "from records"
		}
		if err := os.WriteFile(f.card, []byte(report.Card(how)), 0o644); err != nil {
			return err
		}
	}
	return f.print(cmd.OutOrStdout(), report, report.Text())
}

func newEvalSeedCommand() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "seed GOLD.json [ARTICLE]",
		Short: "Measures the record of one article against a gold record",
		Long: example("whosaid eval seed gold.json article.txt") +
			"Reads one article and says how much of a gold record, which gives texts and not positions, its record holds.",
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error { return f.seed(cmd, args[0], args[1:]) },
	}
	f.register(cmd)
	return cmd
}

func (f *evalFlags) seed(cmd *cobra.Command, goldFile string, inputs []string) error {
	if (f.records == "") == (len(inputs) == 0) {
		return usagef("give either the article after the gold record, or its record with --records")
	}
	gold, err := seed.Load(goldFile)
	if err != nil {
		return err
	}
	var found []record.Record
	err = f.each(cmd.Context(), inputs, ingest.Options{}, func(r record.Record) error {
		found = append(found, r)
		return nil
	})
	if err != nil {
		return err
	}
	if len(found) != 1 {
		return fmt.Errorf("the gold record is about one article, and there are %d: give that one", len(found))
	}
	score := seed.Measure(gold, found[0])
	text := score.String() + "\n"
	for _, missed := range score.Missed {
		text += "missed: " + missed + "\n"
	}
	return f.print(cmd.OutOrStdout(), score, text)
}

// print writes figures as JSON or as text.
func (f *evalFlags) print(w io.Writer, figures any, text string) error {
	if !f.json {
		_, err := io.WriteString(w, text)
		return err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(figures)
}

// each gives the records to measure: those of the file named by --records, or
// those that reading the inputs makes. An input that fails ends it, for its
// absence would be measured as a fault of the model.
func (f *evalFlags) each(ctx context.Context, inputs []string, options ingest.Options, give func(record.Record) error) error {
	if f.records != "" {
		file, err := os.Open(f.records)
		if err != nil {
			return err
		}
		defer file.Close()
		for r, err := range record.Read(file) {
			if err != nil {
				return fmt.Errorf("%s: %w", f.records, err)
			}
			if err := give(r); err != nil {
				return err
			}
		}
		return nil
	}
	o, err := stageOptions(f.precision)
	if err != nil {
		return err
	}
	if err := tune(&o.Statements, f.tune); err != nil {
		return err
	}
	if f.set != nil {
		f.set(&o)
	}
	pipe, err := standard.New(o)
	if err != nil {
		return err
	}
	e, err := engine.New(engine.Options{Ingest: options, Pipeline: pipe, Workers: f.workers})
	if err != nil {
		return err
	}
	return e.Read(ctx, inputs, func(r engine.Result) error {
		if r.Err != nil {
			return r.Err
		}
		return give(record.Encode(r.Doc))
	})
}

// tune sets options of the reader of statements by their names.
func tune(o *statements.Options, settings map[string]string) error {
	for name, value := range settings {
		x, err := strconv.ParseFloat(value, 64)
		if err != nil || x <= 0 {
			return usagef("--tune %s=%s: give a number above 0", name, value)
		}
		switch name {
		case "window":
			o.Window = int(x)
		case "margin":
			o.Margin = int(x)
		case "reach":
			o.Reach = int(x)
		case "least":
			o.Least = x
		case "threshold":
			o.Threshold = x
		case "second":
			o.Second = x
		case "no-source":
			o.NoSource = x
		default:
			return usagef("--tune: there is no option %q: choose window, margin, reach, least, threshold, second or no-source", name)
		}
	}
	return nil
}
