package gap

import (
	"os"
	"path/filepath"
	"testing"
)

// table is a passage in the form of GAP, about nobody there is.
const table = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n" +
	"test-1\tLena Aster met Ines Calloway before she left.\tshe\t36\tLena Aster\t0\tTRUE\tInes Calloway\t15\tFALSE\thttp://en.wikipedia.org/wiki/Lena_Ast%C3%A9r_(painter)\n"

func TestLoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gap.tsv")
	if err := os.WriteFile(file, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	e := list[0]
	if e.Title != "Lena Astér" {
		t.Errorf("the title is %q, not the page's without what stands in brackets", e.Title)
	}
	if got := e.Names[1].Text(e.Text); got != "Ines Calloway" {
		t.Errorf("B is %q", got)
	}
	doc := e.Document()
	if doc.Title != e.Title {
		t.Errorf("the document's title is %q", doc.Title)
	}
	if who := e.Identify(e.Pronoun); who != "A" {
		t.Errorf("the pronoun is %q", who)
	}
}
