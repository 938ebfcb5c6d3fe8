package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"whosaid/internal/annotate/standard"
	"whosaid/internal/engine"
	"whosaid/internal/eval/links"
	"whosaid/internal/eval/polnear"
	evalspeakers "whosaid/internal/eval/speakers"
	"whosaid/internal/ingest"
	"whosaid/internal/pipeline"
)

// evalLinksFlags are the flags of eval links besides those of every measurement.
type evalLinksFlags struct {
	evalFlags
	corpora []string
	out     string
	facts   string
	propose int
}

func newEvalLinksCommand() *cobra.Command {
	var f evalLinksFlags
	cmd := &cobra.Command{
		Use:   "links PAIRS.tsv",
		Short: "Measures which statements are said to report one utterance",
		Long: example("whosaid eval links linking/dev.tsv --corpus polnear/train --corpus polnear/dev") +
			"Reads the articles of PolNeAR that a table of pairs names, with the attributions that people marked, says of each pair how its statements stand to each other, and measures that.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args[0]) },
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.StringArrayVar(&f.corpora, "corpus", nil, "a folder of PolNeAR that has articles of the pairs; may be given several times")
	flags.StringVar(&f.out, "out", "", "write what is said of the pairs to this file, a table like theirs")
	flags.StringVar(&f.card, "card", "", "write the scorecard, a page of Markdown, to this file too")
	flags.StringVar(&f.facts, "facts", "", "write what is known of each pair to this file, for train/utterances.py, and measure nothing")
	flags.IntVar(&f.propose, "propose", 0, "read every article of the corpora, link all their statements, and write to PAIRS.tsv so many of the links, drawn at random; measure nothing")
	return cmd
}

func (f *evalLinksFlags) run(cmd *cobra.Command, file string) error {
	if len(f.corpora) == 0 {
		return usagef("--corpus is missing: name the folders of PolNeAR that hold the articles")
	}
	var pairs []links.Pair
	if f.propose == 0 {
		var err error
		if pairs, err = links.Load(file); err != nil {
			return err
		}
	}
	said, err := f.read(cmd, pairs)
	if err != nil {
		return err
	}
	if f.propose > 0 {
		return writePairs(file, links.Propose(said, f.propose))
	}
	if f.facts != "" {
		return writeFacts(f.facts, said, pairs)
	}
	predicted := said.Relate(pairs)
	report, err := links.Score(pairs, predicted)
	if err != nil {
		return err
	}
	if f.out != "" {
		if err := writePairs(f.out, predicted); err != nil {
			return err
		}
	}
	if f.card != "" {
		if err := os.WriteFile(f.card, []byte(links.Card(pairs, predicted)), 0o644); err != nil {
			return err
		}
	}
	return f.print(cmd.OutOrStdout(), report, report.Text())
}

// read reads the articles that pairs name, or all where there are no pairs.
func (f *evalLinksFlags) read(cmd *cobra.Command, pairs []links.Pair) (links.Said, error) {
	wanted := map[string]bool{}
	for _, p := range pairs {
		wanted[p.A.Stem], wanted[p.B.Stem] = true, true
	}
	said := links.Said{}
	for _, dir := range f.corpora {
		corpus, err := polnear.Load(dir)
		if err != nil {
			return nil, err
		}
		var inputs []string
		for _, a := range corpus.Articles {
			if len(pairs) == 0 || wanted[a.ID] {
				inputs = append(inputs, a.Path)
			}
		}
		o, err := stageOptions(f.precision)
		if err != nil {
			return nil, err
		}
		o.After = map[string]pipeline.Stage{"statements": evalspeakers.Given(corpus)}
		pipe, err := standard.New(o)
		if err != nil {
			return nil, err
		}
		e, err := engine.New(engine.Options{Ingest: ingest.Options{AsIs: true}, Pipeline: pipe, Workers: f.workers})
		if err != nil {
			return nil, err
		}
		err = e.Read(cmd.Context(), inputs, func(r engine.Result) error {
			if r.Err != nil {
				return r.Err
			}
			said.Add(r.Doc)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var missing []string
	for _, p := range pairs {
		for _, place := range []links.Place{p.A, p.B} {
			if _, ok := said[place]; !ok {
				missing = append(missing, place.Stem+" "+place.Relation)
			}
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("the corpora lack %d statements of the pairs, such as %s: name all folders of the corpus with --corpus", len(missing), strings.Join(missing[:min(3, len(missing))], ", "))
	}
	return said, nil
}

func writePairs(file string, pairs []links.Pair) (err error) {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	return links.Write(out, pairs)
}

func writeFacts(file string, said links.Said, pairs []links.Pair) (err error) {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	w := bufio.NewWriter(out)
	e := json.NewEncoder(w)
	for _, x := range said.Examples(pairs) {
		if err := e.Encode(x); err != nil {
			return err
		}
	}
	return w.Flush()
}
