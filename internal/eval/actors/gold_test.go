package actors

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Labels that may hold no text give a name as code points of the article.
func TestLoadNames(t *testing.T) {
	texts, labels := t.TempDir(), t.TempDir()
	write := func(folder, name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(texts, "ferry.txt", "“Zoë Brandt” of the Harbour Board met Tomas Okell.")
	write(labels, "ferry.json", `{"actors":[{"name":[1,11],"type":"person","mentions":[[1,11,"name"]]},{"name":"Tomas Okell","type":"person"}]}`)
	list, err := Load(texts, labels)
	if err != nil {
		t.Fatal(err)
	}
	got := list[0].Actors
	if len(got) != 2 || got[0].Name != "Zoë Brandt" || got[0].Type != "person" || got[0].Mentions[0] != (Mention{1, 11, "name"}) || got[1].Name != "Tomas Okell" {
		t.Errorf("got %+v", got)
	}
	write(labels, "ferry.json", `{"actors":[{"name":[40,99],"type":"person"}]}`)
	if _, err := Load(texts, labels); err == nil || !strings.Contains(err.Error(), "ferry.json") {
		t.Errorf("a name outside the text gave the error %v", err)
	}
}
