package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// How many times TestKillAdd kills the program:
//
//	go test ./cmd/whosaid -run TestKillAdd -kills 200
var kills = flag.Int("kills", 2, "times that TestKillAdd kills whosaid add")

// TestKillAdd kills whosaid add at random moments. What it said is kept must be
// there, whole; the archive must be sound; and running it again must bring the
// rest, nothing twice.
func TestKillAdd(t *testing.T) {
	inputs, err := filepath.Glob("../../examples/*.txt")
	if err != nil || len(inputs) == 0 {
		t.Fatal(inputs, err)
	}
	inputs = append(inputs, "../../internal/serve/export/testdata/articles.jsonl")
	dir := t.TempDir()
	add := func(store string) *exec.Cmd {
		return exec.Command("whosaid", append([]string{"add", "--no-progress", "--archive", store}, inputs...)...)
	}
	whole := filepath.Join(dir, "whole.db")
	begun := time.Now()
	if out, err := add(whole).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	took, all := time.Since(begun), kept(t, whole)
	if len(all) < 2 {
		t.Fatalf("only %d articles: the test shows nothing", len(all))
	}
	for k := range *kills {
		store := filepath.Join(dir, "killed.db")
		for _, ending := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(store + ending)
		}
		var out bytes.Buffer
		cmd := add(store)
		cmd.Stdout = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(rand.Int64N(int64(took))), func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait() // it may have ended before
		there := kept(t, store)
		lines := strings.Split(out.String(), "\n")
		for _, line := range lines[:len(lines)-1] { // the last may be cut short
			if f := strings.Fields(line); f[0] == "new" && there[f[1]] == "" {
				t.Errorf("kill %d: %s was said to be kept and is not there", k, f[1])
			}
		}
		for id, record := range there {
			if record != all[id] {
				t.Errorf("kill %d: article %s is not the whole one", k, id)
			}
		}
		if out, err := add(store).CombinedOutput(); err != nil {
			t.Errorf("kill %d: running it again: %v: %s", k, err, out)
		}
		if n := len(kept(t, store)); n != len(all) {
			t.Errorf("kill %d: %d articles are there after running it again, want %d", k, n, len(all))
		}
	}
}

// kept are the records of an archive by their article's id, once it was checked;
// none where there is no archive yet.
func kept(t *testing.T, store string) map[string]string {
	t.Helper()
	if _, err := os.Stat(store); err != nil {
		return nil
	}
	if out, err := exec.Command("whosaid", "verify", "--archive", store).CombinedOutput(); err != nil {
		t.Fatalf("verify: %s", out)
	}
	out, err := exec.Command("whosaid", "export", "--archive", store).Output()
	if err != nil {
		t.Fatal(err)
	}
	records := map[string]string{}
	for line := range strings.Lines(string(out)) {
		var r struct {
			Format     string
			Article    struct{ ID string }
			Statements json.RawMessage
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		if r.Format != "whosaid/1" {
			continue
		}
		if records[r.Article.ID] != "" {
			t.Errorf("article %s is there twice", r.Article.ID)
		}
		records[r.Article.ID] = string(r.Statements)
	}
	return records
}
