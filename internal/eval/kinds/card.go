package kinds

import (
	"fmt"
	"strings"

	"whosaid/internal/annotate/kinds"
)

// A Report is the results of several articles.
type Report struct {
	Total    Tally
	Articles []Tally
}

// A Part is a report under the title that it has on a card.
type Part struct {
	Title  string
	Report Report
}

// Add takes in one article's results.
func (r *Report) Add(t Tally) {
	r.Total.add(t)
	r.Articles = append(r.Articles, t)
}

var order = []string{
	"kind, accuracy", "kind, with alternatives", "kind, macro-F", "stance, accuracy", "stance, macro-F", "conditional, F", "addressee, F", "venue, F",
}

// Section is the report as part of a page of Markdown, under a title.
func (r Report) Section(title string) string {
	var b strings.Builder
	f, intervals := r.Total.Figures(), Intervals(r.Articles)
	fmt.Fprintf(&b, "## %s\n\n%d articles, %d labelled relations, %d of them found.\n\n", title, len(r.Articles), f.Total, f.Aligned)
	b.WriteString("| measure | % | 95 % |\n|---|---:|---|\n")
	for _, name := range order {
		fmt.Fprintf(&b, "| %s | %.1f | %.1f to %.1f |\n", name, f.named()[name], intervals[name].Low, intervals[name].High)
	}
	b.WriteString("\n| kind | gold | predicted | P | R | F |\n|---|---:|---:|---:|---:|---:|\n")
	rows(&b, kinds.Kinds, byLabel(r.Total.kinds, 1))
	b.WriteString("\n| stance | gold | predicted | P | R | F |\n|---|---:|---:|---:|---:|---:|\n")
	rows(&b, kinds.Stances, byLabel(r.Total.stances, 1))
	b.WriteString("\n| others | gold | predicted | P | R | F |\n|---|---:|---:|---:|---:|---:|\n")
	rows(&b, []string{"conditional", "addressee", "venue"},
		map[string]Count{"conditional": r.Total.Conditional, "addressee": r.Total.Addressee, "venue": r.Total.Venue})
	b.WriteByte('\n')
	return b.String()
}

func rows(b *strings.Builder, labels []string, counts map[string]Count) {
	for _, label := range labels {
		c, ok := counts[label]
		if !ok {
			continue
		}
		fmt.Fprintf(b, "| %s | %d | %d | %.1f | %.1f | %.1f |\n", label, c.Gold, c.Predicted,
			100*float64(c.Right)/float64(max(1, c.Predicted)), 100*float64(c.Right)/float64(max(1, c.Gold)), c.F())
	}
}
