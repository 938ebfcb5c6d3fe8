package descriptions_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/annotate/descriptions"
	"whosaid/internal/annotate/sentences"
	"whosaid/internal/news"
)

type goldArticle struct {
	Actors []struct {
		Name, Type   string
		Mentions     [][]any
		Descriptions []struct {
			Span []int
			Kind string
		}
	}
}

func TestDump(t *testing.T) {
	out := os.Getenv("DUMP")
	if out == "" {
		t.Skip()
	}
	split := os.Getenv("SPLIT")
	files, _ := filepath.Glob("/work/shared/data/actors/" + split + "/*.json")
	w, _ := os.Create(out)
	defer w.Close()
	for _, f := range files {
		stem := strings.TrimSuffix(filepath.Base(f), ".json")
		data, _ := os.ReadFile(f)
		var g goldArticle
		if err := json.Unmarshal(data, &g); err != nil {
			t.Fatal(err)
		}
		raw, _ := os.ReadFile("/work/shared/data/polnear/" + split + "/text/" + stem + ".txt")
		text := string(raw)
		var bytes []int
		for i := range text {
			bytes = append(bytes, i)
		}
		bytes = append(bytes, len(text))
		points := map[int]int{}
		for i, b := range bytes {
			points[b] = i
		}
		doc := &news.Document{}
		doc.Text = text
		doc.Blocks = []news.Block{{Span: news.Span{Start: 0, End: len(text)}, Kind: news.Paragraph}}
		doc.Sentences = sentences.Split(doc.Text, doc.Blocks)
		num := func(v any) int { return bytes[int(v.(float64))] }
		for i, a := range g.Actors {
			actor := news.Actor{ID: fmt.Sprint("a", i), Name: a.Name, Named: true, Type: a.Type}
			for _, m := range a.Mentions {
				actor.Mentions = append(actor.Mentions, news.Mention{Span: news.Span{Start: num(m[0]), End: num(m[1])}, Form: m[2].(string)})
			}
			for _, d := range a.Descriptions {
				if os.Getenv("GOLDTAGS") != "" {
					doc.Tags = append(doc.Tags, news.Tag{Span: news.Span{Start: bytes[d.Span[0]], End: bytes[d.Span[1]]}, Kind: news.TagKind(d.Kind), Confidence: 1})
				}
			}
			doc.Actors = append(doc.Actors, actor)
		}
		found := descriptions.Find(doc)
		rec := map[string]any{"article": map[string]any{"file": stem + ".txt"}, "relations": []any{}}
		actors := []any{}
		for i, a := range doc.Actors {
			ds, ms := []any{}, []any{}
			for _, d := range found[i] {
				ds = append(ds, map[string]any{"start": points[d.Start], "end": points[d.End], "kind": d.Kind, "text": d.Text(text)})
			}
			for _, m := range a.Mentions {
				ms = append(ms, map[string]any{"start": points[m.Start], "end": points[m.End], "form": m.Form})
			}
			actors = append(actors, map[string]any{"id": a.ID, "name": a.Name, "type": a.Type, "mentions": ms, "descriptions": ds})
		}
		rec["actors"] = actors
		b, _ := json.Marshal(rec)
		fmt.Fprintln(w, string(b))
	}
}
