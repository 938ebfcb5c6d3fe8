package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sync"

	"github.com/spf13/cobra"

	"whosaid/internal/annotate/standard"
	"whosaid/internal/annotate/statements"
	"whosaid/internal/engine"
	"whosaid/internal/eval/calibration"
	"whosaid/internal/eval/polnear"
	"whosaid/internal/ingest"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

func newEvalCalibrateCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "calibrate FOLDER",
		Short: "Fits the confidence of statements to a corpus",
		Long: example("whosaid eval calibrate corpora/polnear/dev -o models/confidence.json") +
			"Fits the weights of the evidence for a statement so that a confidence says how often it is right, and says how far off it is on articles it was not fitted to.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, off, err := calibrate(cmd, args[0])
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "expected calibration error on articles left out, five-fold: %.3f\n", off)
			b, err := json.Marshal(w)
			if err != nil {
				return err
			}
			return os.WriteFile(out, append(b, '\n'), 0o644)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "confidence.json", "write the weights to this file")
	return cmd
}

// calibrate reads the corpus in dir and returns the weights fitted to all of it,
// and the expected calibration error over ten bins where each fifth of the
// articles is judged by weights fitted to the others.
func calibrate(cmd *cobra.Command, dir string) ([]float64, float64, error) {
	corpus, err := polnear.Load(dir)
	if err != nil {
		return nil, 0, err
	}
	var mu sync.Mutex
	seen := map[string]map[string]statements.Evidence{}
	o, err := stageOptions("quantised")
	if err != nil {
		return nil, 0, err
	}
	o.Statements.All = true
	o.Statements.Observe = func(doc *news.Document, id string, e statements.Evidence) {
		mu.Lock()
		defer mu.Unlock()
		if seen[doc.File] == nil {
			seen[doc.File] = map[string]statements.Evidence{}
		}
		seen[doc.File][id] = e
	}
	pipe, err := standard.New(o)
	if err != nil {
		return nil, 0, err
	}
	e, err := engine.New(engine.Options{Ingest: ingest.Options{AsIs: true}, Pipeline: pipe})
	if err != nil {
		return nil, 0, err
	}
	inputs := make([]string, len(corpus.Articles))
	for i, a := range corpus.Articles {
		inputs[i] = a.Path
	}
	var x [][]float64
	var right []bool
	var fold []int
	err = e.Read(cmd.Context(), inputs, func(r engine.Result) error {
		if r.Err != nil {
			return r.Err
		}
		p := polnear.FromRecord(record.Encode(r.Doc))
		for i, a := range corpus.Articles {
			if a.ID != p.ID {
				continue
			}
			verdicts := polnear.Right(a, p)
			for _, s := range r.Doc.Statements {
				if verdict, ok := verdicts[s.ID]; ok {
					row := seen[r.Doc.File][s.ID]
					x, right, fold = append(x, row[:]), append(right, verdict), append(fold, i%5)
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	off, err := calibration.CrossError(x, right, fold)
	if err != nil {
		return nil, 0, err
	}
	w, err := calibration.Fit(x, right)
	return w, off, err
}
