package elsewhere

import (
	"fmt"
	"strings"

	"whosaid/internal/eval/polnear"
)

// A Card is all that is measured: articles, end to end and from their gold
// statements, and the small cases about kinds.
type Card struct {
	Articles, FromGold Report
	Kinds              []KindFile
}

// A KindFile is one file of small cases about kinds.
type KindFile struct {
	Name               string
	Measured, FromGold Report
}

// String is the card as a page of Markdown, to be committed: it holds no date
// and no time, so that it changes only when the program's answers do.
func (c Card) String() string {
	var b strings.Builder
	t := c.Articles.Total
	fmt.Fprintf(&b, "# Whole records on articles of our own\n\n%d articles of `eval/elsewhere`, written before any model read them and never trained on: invented people, on the structure of\n"+
		"news from many countries. In percent, in words; written by `whosaid eval elsewhere`. From gold: with the statements' spans given.\n\n", t.Cases)
	b.WriteString("| measure | end to end | from gold | of |\n|---|---:|---:|---:|\n")
	row := func(name string, of int, value func(Report) float64) {
		fmt.Fprintf(&b, "| %s | %.1f | %.1f | %d |\n", name, value(c.Articles), value(c.FromGold), of)
	}
	s := t.Statements
	fmt.Fprintf(&b, "| statements: precision, recall | %.1f, %.1f | | %d |\n", s.P(), s.R(), s.Gold)
	fmt.Fprintf(&b, "| statements found: F | %.1f | | %d |\n", s.F(), s.Gold)
	fmt.Fprintf(&b, "| all three exact: F | %.1f | | %d |\n", t.Exact.F(), t.Exact.Gold)
	fmt.Fprintf(&b, "| statements in statements found; in the right one | %.1f, %.1f | | %d |\n", t.Nested.Percent(), t.Parents.Percent(), t.Nested.Of)
	row("form right", t.Form.Of, func(r Report) float64 { return r.Total.Form.Percent() })
	row("**speakers right, of those found**", t.RightFound.Of, func(r Report) float64 { return r.Total.RightFound.Percent() })
	row("found, and speakers right", t.FoundRight.Of, func(r Report) float64 { return r.Total.FoundRight.Percent() })
	row("**wrong name**", t.Wrong.Of, func(r Report) float64 { return r.Total.Wrong.Percent() })
	row("never named, and given no name", t.Unnamed.Of, func(r Report) float64 { return r.Total.Unnamed.Percent() })
	for _, by := range []string{"name", "pronoun", "nominal", "implied"} {
		row("speakers right, by "+by, t.By[by].Of, func(r Report) float64 { return r.Total.By[by].Percent() })
	}
	row("**mentions of persons: F**", c.Articles.Actors.Mentions.Gold, func(r Report) float64 { return r.Actors.Mentions.F() })
	row("persons: B³ F", c.Articles.Actors.Mentions.Gold, func(r Report) float64 { return r.Actors.B3() })
	row("descriptions: F", c.Articles.Actors.Descriptions.Gold, func(r Report) float64 { return r.Actors.Descriptions.F() })
	row("kind of description right, of those found", c.Articles.Actors.Descriptions.Gold, func(r Report) float64 { return r.Actors.KindRight() })
	row("relations: F", c.Articles.Actors.Relations.Gold, func(r Report) float64 { return r.Actors.Relations.F() })
	row("**kind right**", t.Kind.Of, func(r Report) float64 { return r.Total.Kind.Percent() })
	row("kind: macro-F", t.Kind.Of, func(r Report) float64 { return Macro(r.Total.Kinds, 5) })
	row("conditional: F", t.Conditional.Gold, func(r Report) float64 { return r.Total.Conditional.F() })
	row("stance: macro-F", len(t.Stances), func(r Report) float64 { return Macro(r.Total.Stances, 1) })
	row("addressee: F", t.Addressee.Gold, func(r Report) float64 { return r.Total.Addressee.F() })
	row("venue: F", t.Venue.Gold, func(r Report) float64 { return r.Total.Venue.F() })
	row("when it was said: F", t.When.Gold, func(r Report) float64 { return r.Total.When.F() })
	row("dates, words and value: F", t.Dates.Gold, func(r Report) float64 { return r.Total.Dates.F() })
	row("dates, words alone: F", t.DateWords.Gold, func(r Report) float64 { return r.Total.DateWords.F() })
	row("own voice: F", t.Own.Gold, func(r Report) float64 { return r.Total.Own.F() })
	b.WriteString(`
Found: contents overlap by half and sources share a word; what is told of a statement is judged over those whose
contents overlap by half. The column "of" counts end to end. Speakers right: exactly those of the article, by name.
Mentions must have the same words; descriptions overlap by 0.6. Addressee, venue and dates overlap by half.

`)
	c.regions(&b)
	c.labels(&b)
	c.kindFiles(&b)
	b.WriteString("## By article\n\n| article | statements | found | exact | spurious | speakers right | wrong names | kinds right |\n|---|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, r := range c.Articles.Cases {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d of %d | %d | %d of %d |\n", r.Name, r.Statements.Gold, r.Statements.Right, r.Exact.Right,
			r.Statements.Predicted-r.Statements.Right, r.RightFound.Right, r.RightFound.Of, r.Wrong.Right, r.Kind.Right, r.Kind.Of)
	}
	return b.String()
}

func (c Card) regions(b *strings.Builder) {
	b.WriteString("## By region\n\n| region | articles | statements | found F | exact F | speakers right, of found | wrong name | mentions F | B³ F | kind right |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, r := range c.Articles.Regions {
		fmt.Fprintf(b, "| %s | %d | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |\n", r.Name, r.Cases, r.Statements.Gold, r.Statements.F(), r.Exact.F(),
			r.RightFound.Percent(), r.Wrong.Percent(), r.Actors.Mentions.F(), r.Actors.B3(), r.Kind.Percent())
	}
	b.WriteByte('\n')
}

func (c Card) labels(b *strings.Builder) {
	b.WriteString("## By kind\n\n| kind | gold | P | R | F | from gold: F |\n|---|---:|---:|---:|---:|---:|\n")
	labels, counts := Labels(c.Articles.Total.Kinds, 1)
	_, gold := Labels(c.FromGold.Total.Kinds, 1)
	for _, l := range labels {
		n := counts[l]
		fmt.Fprintf(b, "| %s | %d | %.1f | %.1f | %.1f | %.1f |\n", l, n.Gold, n.P(), n.R(), n.F(), gold[l].F())
	}
	b.WriteByte('\n')
}

func (c Card) kindFiles(b *strings.Builder) {
	if len(c.Kinds) == 0 {
		return
	}
	b.WriteString("## Small cases about kinds\n\nOne or two sentences each, a third of them near-misses. End to end, then from gold.\n\n")
	b.WriteString("| file | statements | found | kind right | warning P, R, F | conditional P, R, F |\n|---|---:|---:|---:|---:|---:|\n")
	three := func(n polnear.Count) string { return fmt.Sprintf("%.1f, %.1f, %.1f", n.P(), n.R(), n.F()) }
	for _, k := range c.Kinds {
		for i, r := range []Report{k.Measured, k.FromGold} {
			name := []string{k.Name, k.Name + ", from gold"}[i]
			_, counts := Labels(r.Total.Kinds, 1)
			fmt.Fprintf(b, "| %s | %d | %d | %.1f | %s | %s |\n", name, r.Total.Statements.Gold, r.Total.Statements.Right,
				r.Total.Kind.Percent(), three(counts["warning"]), three(r.Total.Conditional))
		}
	}
	b.WriteByte('\n')
}
