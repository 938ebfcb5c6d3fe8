package speakers

import (
	"fmt"
	"slices"
	"strings"
)

// forms are the forms of a source, in the order in which they are printed.
var forms = []string{"name", "nominal", "none", "pronoun"}

// Text is the report for a terminal; its first line has the reference scorer's
// figures.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "named gold %d  found+right %.1f  right|found %.1f  wrong name %.1f", r.FoundRight.Of, r.FoundRight.Percent(), r.RightFound.Percent(), r.Wrong.Percent())
	for _, f := range forms {
		if s, ok := r.Forms[f]; ok {
			fmt.Fprintf(&b, "  %s %.1f (%d)", f, s.Percent(), s.Of)
		}
	}
	b.WriteByte('\n')
	return b.String()
}

// Card is two reports, from gold spans and end to end, as a page of Markdown.
func Card(corpus string, fromGold, endToEnd Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Speakers on PolNeAR %s\n\n", corpus)
	fmt.Fprintf(&b, "%d articles, %d relations with a named speaker; written by `whosaid eval speakers`. From gold spans: statements and mentions\n"+
		"as people marked them where they did (names and pronouns elsewhere by the network), speakers by whosaid. End to end: from the bare text.\n\n", endToEnd.Articles, endToEnd.FoundRight.Of)
	b.WriteString("| measure | from gold spans | end to end |\n|---|---:|---:|\n")
	line := func(name string, a, z Share) {
		fmt.Fprintf(&b, "| %s | %.1f (of %d) | %.1f (of %d) |\n", name, a.Percent(), a.Of, z.Percent(), z.Of)
	}
	line("found and right, of all with a named speaker", fromGold.FoundRight, endToEnd.FoundRight)
	line("right, of those found", fromGold.RightFound, endToEnd.RightFound)
	line("a wrong name, of all found", fromGold.Wrong, endToEnd.Wrong)
	for _, f := range forms {
		line("right of found, source: "+f, fromGold.Forms[f], endToEnd.Forms[f])
	}
	b.WriteString("\n## Not right, end to end\n\n")
	list := slices.Clone(endToEnd.Misses)
	slices.SortStableFunc(list, func(a, b Miss) int { return strings.Compare(a.Article, b.Article) })
	for _, m := range list {
		what := "nobody"
		if len(m.Given) > 0 {
			what = "another"
		}
		fmt.Fprintf(&b, "- %s %s (%s): given %s\n", m.Article, m.Relation, m.Form, what)
	}
	return b.String()
}
