package actors

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/eval/reference"
	"whosaid/internal/record"
)

// TestSameFiguresAsReference damages the labels of dev at random and asks both
// scorers about the result.
func TestSameFiguresAsReference(t *testing.T) {
	texts, labels := reference.Path(t, "data", "polnear", "dev", "text"), reference.Path(t, "data", "actors", "dev")
	articles, err := Load(texts, labels)
	if err != nil {
		t.Fatal(err)
	}
	for seed, damage := range []float64{0, 0.15, 0.6} {
		t.Run(fmt.Sprint(damage), func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(seed), 9))
			var jsonl bytes.Buffer
			var records []record.Record
			for _, a := range articles {
				if random.Float64() < damage/5 {
					continue
				}
				r := damaged(a, damage, random)
				records = append(records, r)
				if err := r.Write(&jsonl, false); err != nil {
					t.Fatal(err)
				}
			}
			report, err := Score(articles, records)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "records.jsonl")
			if err := os.WriteFile(file, jsonl.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			want := strings.TrimSpace(reference.Run(t, "score_actors.py", "", texts, labels, file))
			got, _, _ := strings.Cut(report.Text(), "\n")
			if got != want {
				t.Errorf("figures\n%s\nthe reference has\n%s", got, want)
			}
			if damage == 0 && (report.Mentions.F() != 100 || report.B3() < 99.9) {
				t.Errorf("gold against itself: %s", got)
			}
		})
	}
}

// damaged makes a record out of the labels of a: mentions are moved, lost and
// given to others, descriptions and relations likewise.
func damaged(a Article, damage float64, random *rand.Rand) record.Record {
	happens := func() bool { return random.Float64() < damage }
	text := []rune(a.Text)
	span := func(start, end int) record.Span {
		if happens() {
			start = max(0, start+random.IntN(9)-4)
		}
		if happens() {
			end += random.IntN(9) - 4
		}
		end = min(max(start, end), len(text))
		start = min(start, end)
		return record.Span{Start: start, End: end, Text: string(text[start:end])}
	}
	r := record.Record{
		Format: record.Format, Article: record.Article{File: a.ID + ".txt", Text: a.Text},
		Statements: []record.Statement{}, Actors: []record.Actor{}, Relations: []record.Relation{},
	}
	ids := map[string]string{}
	for i, x := range a.Actors {
		y := record.Actor{ID: fmt.Sprint("a", i), Name: x.Name, Named: true, Type: x.Type, Mentions: []record.Mention{}, Descriptions: []record.Description{}}
		if happens() && i > 0 {
			y.Name = a.Actors[random.IntN(i)].Name
		}
		if happens() && random.IntN(3) == 0 {
			y.Type = "organisation"
		}
		for _, m := range x.Mentions {
			if !happens() {
				y.Mentions = append(y.Mentions, record.Mention{Span: span(m.Start, m.End), Form: m.Form})
			}
		}
		for _, d := range x.Descriptions {
			if happens() {
				continue
			}
			kind := d.Kind
			if happens() {
				kind = "label"
			}
			y.Descriptions = append(y.Descriptions, record.Description{Span: span(d.Span[0], d.Span[1]), Kind: kind, By: "outlet"})
		}
		ids[x.Name] = y.ID
		r.Actors = append(r.Actors, y)
	}
	if damage > 0 { // mentions of one actor given to another
		for range len(r.Actors) / 4 {
			from, to := &r.Actors[random.IntN(len(r.Actors))], &r.Actors[random.IntN(len(r.Actors))]
			if n := len(from.Mentions); n > 0 {
				to.Mentions = append(to.Mentions, from.Mentions[n-1])
				from.Mentions = from.Mentions[:n-1]
			}
		}
	}
	for _, x := range a.Relations {
		if happens() {
			continue
		}
		to := x.To
		if id, ok := ids[to]; ok && !happens() {
			to = id
		}
		r.Relations = append(r.Relations, record.Relation{Type: x.Type, From: ids[x.From], To: to, Evidence: span(0, 0)})
	}
	return r
}
