package ingest

import (
	"slices"
	"testing"
)

func TestParagraphs(t *testing.T) {
	for in, want := range map[string][]string{
		"<p>One <b>bold</b> word.</p><p>Two.</p>":             {"One bold word.", "Two."},
		"A &amp; B<br/>C<script>var x = '<p>no</p>'</script>": {"A & B", "C"},
		"<ul><li>a<li>b</ul>":                                 {"a", "b"},
		"":                                                    nil,
		"<p> </p><style>p{}</style>":                          nil,
	} {
		if got := paragraphs(in); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
