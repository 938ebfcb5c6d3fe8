package links

import "strings"

// Card is the scorecard of what was said of pairs, as a page of Markdown.
func Card(gold, said []Pair) string {
	var b strings.Builder
	b.WriteString("# The same statement in different articles\n\nStatements as people marked them in PolNeAR; who speaks, and how two statements stand to each other, by whosaid. In percent; written by\n`whosaid eval links`. The weights were fitted on other pairs (train/links.tsv) and on none of these; which facts they weigh was chosen with the\nerrors on these in view. links-judged.md tells how right the links are that are proposed over a whole corpus.\n\n")
	section := func(title string, gold []Pair) {
		if r, err := Score(gold, said); err == nil {
			b.WriteString(r.Section(title))
		}
	}
	section("All pairs", gold)
	var across []Pair
	for _, p := range gold {
		if !strings.Contains(p.Note, "edition") {
			across = append(across, p)
		}
	}
	section("Without pairs of two editions of one article", across)
	return strings.TrimSuffix(b.String(), "\n")
}
