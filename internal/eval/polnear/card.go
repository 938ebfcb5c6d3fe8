package polnear

import (
	"fmt"
	"strings"
)

// Text is the report for a terminal: the figures alone, one metric a line.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles", r.Docs)
	if r.Missing > 0 {
		fmt.Fprintf(&b, ", %d of them without a record", r.Missing)
	}
	b.WriteByte('\n')
	for m := range metricCount {
		c := r.Total[m]
		if m == QuoteSpeaker {
			if c.Gold > 0 {
				fmt.Fprintf(&b, "%-14s                  R %5.1f  of %d\n", m, c.R(), c.Gold)
			}
			continue
		}
		fmt.Fprintf(&b, "%-14s P %5.1f  R %5.1f  F %5.1f  of %d", m, c.P(), c.R(), c.F(), c.Gold)
		if i, ok := r.Interval[m]; ok {
			fmt.Fprintf(&b, "  (95%%: %.1f to %.1f)", i.Low, i.High)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "quoted passages of %d words or more in a statement: %d of %d\n", leastWords, r.Passages.Covered, r.Passages.Passages)
	fmt.Fprintf(&b, "expected calibration error: %.3f\n", r.Calibration.Error)
	return b.String()
}

// Card is the report as a page of Markdown, to be committed: it holds no date
// and no time, so that it changes only when the program's answers do. how says
// in a few words how the statements were found ("int8 weights").
func (r Report) Card(how string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Statements on PolNeAR %s\n\n", r.Corpus)
	fmt.Fprintf(&b, "%d articles, %d attributions by the first annotator, %d found; %s. In percent, in words;\n",
		r.Docs, r.Total[Strict].Gold, r.Total[Strict].Predicted, how)
	b.WriteString("written by `whosaid eval polnear`. Two trained annotators agree with F 74.8 in content50 and 59.9 in all three exact.\n\n")

	b.WriteString("| measure | P | R | F | of | 95 % of F |\n|---|---:|---:|---:|---:|---|\n")
	for m := range metricCount {
		c := r.Total[m]
		if m == QuoteSpeaker {
			fmt.Fprintf(&b, "| %s | | %.1f | | %d | |\n", titles[m], c.R(), c.Gold)
			continue
		}
		interval := ""
		if i, ok := r.Interval[m]; ok {
			interval = fmt.Sprintf("%.1f to %.1f", i.Low, i.High)
		}
		fmt.Fprintf(&b, "| %s | %.1f | %.1f | %.1f | %d | %s |\n", titles[m], c.P(), c.R(), c.F(), c.Gold, interval)
	}
	b.WriteString(`
content50: contents overlap by half and sources share a word. Quotation with its right source: of the
attributions that are wholly in quotation marks, those found (overlap of 0.8) with a source that shares a word.
The intervals come from 1,000 resamplings of the articles.

`)
	groups(&b, "outlet", r.Outlets)
	groups(&b, "length", r.Lengths)
	r.cardForms(&b)
	r.cardPassages(&b)
	r.cardConfidence(&b)
	return b.String()
}

var titles = [metricCount]string{
	"source, by word", "cue, by word", "content, by word", "source exact", "cue exact", "content exact",
	"all three exact", "content50", "quotation with its right source",
}

// groups is one breakdown, in F, quotations in recall.
func groups(b *strings.Builder, by string, list []Group) {
	fmt.Fprintf(b, "## By %s\n\n", by)
	fmt.Fprintf(b, "| %s | articles | gold | content50 | all exact | source | cue | content | quotation |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n", by)
	for _, g := range list {
		t := g.Tally
		fmt.Fprintf(b, "| %s | %d | %d |", g.Name, g.Articles, t[Strict].Gold)
		for _, m := range []Metric{Content50, Strict, ExactSource, ExactCue, ExactContent} {
			fmt.Fprintf(b, " %.1f |", t[m].F())
		}
		fmt.Fprintf(b, " %.1f |\n", t[QuoteSpeaker].R())
	}
	b.WriteByte('\n')
}

func (r Report) cardForms(b *strings.Builder) {
	b.WriteString("## By form\n\nOf the content's words: all in quotation marks, some, none.\n\n")
	b.WriteString("| form | gold | found (content50) | all exact | predicted | right (content50) |\n|---|---:|---:|---:|---:|---:|\n")
	for _, f := range r.Forms {
		fmt.Fprintf(b, "| %s | %d | %.1f | %.1f | %d | %.1f |\n", f.Form, f.Gold,
			100*ratio(f.Found, f.Gold), 100*ratio(f.Exact, f.Gold), f.Predicted, 100*ratio(f.Right, f.Predicted))
	}
	b.WriteByte('\n')
}

func (r Report) cardPassages(b *strings.Builder) {
	p := r.Passages
	fmt.Fprintf(b, "## Quoted passages\n\n%d of %d passages of %d words or more in quotation marks lie in some statement",
		p.Covered, p.Passages, leastWords)
	if len(p.Lost) == 0 {
		b.WriteString(".\n\n")
		return
	}
	b.WriteString(". Lost (code points):\n\n")
	for _, l := range p.Lost {
		fmt.Fprintf(b, "- %s, %d to %d\n", l.Article, l.Start, l.End)
	}
	b.WriteByte('\n')
}

func (r Report) cardConfidence(b *strings.Builder) {
	fmt.Fprintf(b, "## Confidence\n\nExpected calibration error %.3f, in ten bins of equal count.\n\n", r.Calibration.Error)
	b.WriteString("| statements | mean confidence | right (content50) |\n|---:|---:|---:|\n")
	for _, bin := range r.Calibration.Bins {
		fmt.Fprintf(b, "| %d | %.3f | %.3f |\n", bin.Count, bin.Confidence, bin.Right)
	}
}
