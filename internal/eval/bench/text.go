package bench

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Text is the report for a person: first what holds for this machine alone,
// then the ratios.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles, %d word pieces, %d statements; %s, %d CPUs\n\n", r.Articles, r.Pieces, r.Statements, r.System, r.CPUs)

	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "precision\tworkers\tarticles/s\tpieces/s\tpasses\t")
	for _, m := range r.Modes {
		fmt.Fprintf(w, "%s\t%d\t%.2f\t%.0f\t%d\t\n", m.Precision, m.Workers, m.ArticlesPerSecond, m.PiecesPerSecond, m.Passes)
	}
	w.Flush()

	for _, m := range r.Modes {
		if m.Stages == nil {
			continue
		}
		fmt.Fprintf(&b, "\n%s, one worker:\n", m.Precision)
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(w, "stage\tms an article\tshare\t")
		for _, s := range m.Stages {
			fmt.Fprintf(w, "%s\t%.2f\t%.1f %%\t\n", s.Name, s.Mean, 100*s.Share)
		}
		w.Flush()
	}

	b.WriteByte('\n')
	for _, e := range r.Encoder {
		fmt.Fprintf(&b, "encoder %s: %.1f of the %.1f billion operations a second that the %s kernel reaches\n", e.Precision, e.Reached, e.Peak, e.Kernel)
	}
	if r.Memory.One > 0 {
		fmt.Fprintf(&b, "memory: %d MB at most with one worker", r.Memory.One>>20)
		if r.Memory.Two > 0 {
			fmt.Fprintf(&b, ", %d MB with two", r.Memory.Two>>20)
		}
		b.WriteByte('\n')
	}
	if r.Program.Size > 0 {
		fmt.Fprintf(&b, "program: %.1f MB; %.2f s to start, read %s and end\n", float64(r.Program.Size)/1e6, r.Program.Cold, r.Program.Article)
	}

	b.WriteString("\nratios, which hold on other machines of the kind:\n")
	for _, e := range r.Encoder {
		fmt.Fprintf(&b, "encoder %s / kernel peak: %.2f\n", e.Precision, e.Efficiency())
	}
	for _, m := range r.Modes {
		one := r.Modes[0]
		switch {
		case m == one:
		case m.Precision == one.Precision:
			fmt.Fprintf(&b, "two workers / one: %.2f\n", m.ArticlesPerSecond/one.ArticlesPerSecond)
		default:
			fmt.Fprintf(&b, "%s / %s: %.2f\n", one.Precision, m.Precision, one.ArticlesPerSecond/m.ArticlesPerSecond)
		}
	}
	return b.String()
}
