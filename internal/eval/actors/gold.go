// Package actors measures who an article is found to speak of: mentions of
// persons, who is who among them, what they are called and how they stand to
// each other, against articles that a reader labelled.
//
// Its figures are those of the project's reference scorer, written in Python; a
// test runs both.
package actors

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Mention is one place where an actor is referred to: a half-open range of
// code points and a form.
type Mention struct {
	Start, End int
	Form       string
}

// UnmarshalJSON reads [start, end, form].
func (m *Mention) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&m.Start, &m.End, &m.Form})
}

// A Description is words by which the article calls an actor.
type Description struct {
	Span [2]int `json:"span"`
	Kind string `json:"kind"`
}

// An Actor is somebody whom the reader found in an article.
type Actor struct {
	Name         string
	Type         string        `json:"type"`
	Mentions     []Mention     `json:"mentions"`
	Descriptions []Description `json:"descriptions"`

	at [2]int // code points of the name, where the labels hold no words
}

// UnmarshalJSON reads an actor whose "name" is words or, where labels may hold
// no text, [start, end].
func (a *Actor) UnmarshalJSON(data []byte) error {
	type fields Actor
	read := struct {
		*fields
		Name json.RawMessage `json:"name"`
	}{fields: (*fields)(a)}
	if err := json.Unmarshal(data, &read); err != nil {
		return err
	}
	if json.Unmarshal(read.Name, &a.Name) == nil {
		return nil
	}
	return json.Unmarshal(read.Name, &a.at)
}

// A Relation is a tie between two actors, by name; To may be words of the text.
type Relation struct {
	Type string `json:"type"`
	From string `json:"from"`
	To   string `json:"to"`
}

// An Article is one labelled text.
type Article struct {
	ID        string // the file's name without its ending
	Path      string // of the text
	Text      string
	Actors    []Actor    `json:"actors"`
	Relations []Relation `json:"relations"`
}

// Load reads the labelled articles of a folder, STEM.json, whose texts lie in
// another, STEM.txt.
func Load(texts, gold string) ([]Article, error) {
	entries, err := os.ReadDir(gold)
	if err != nil {
		return nil, fmt.Errorf("%w; give the folder of the texts and that of the labels, STEM.txt and STEM.json", err)
	}
	var list []Article
	for _, e := range entries {
		stem, ok := strings.CutSuffix(e.Name(), ".json")
		if !ok {
			continue
		}
		a := Article{ID: stem, Path: filepath.Join(texts, stem+".txt")}
		data, err := os.ReadFile(filepath.Join(gold, e.Name()))
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, &a); err != nil {
			return nil, fmt.Errorf("%s holds no labelled actors: %w", filepath.Join(gold, e.Name()), err)
		}
		text, err := os.ReadFile(a.Path)
		if err != nil {
			return nil, err
		}
		a.Text = string(text)
		runes := []rune(a.Text)
		for i := range a.Actors {
			x := &a.Actors[i]
			if x.at[0] < 0 || x.at[0] > x.at[1] || x.at[1] > len(runes) {
				return nil, fmt.Errorf("%s: the name of actor %d lies outside %s", filepath.Join(gold, e.Name()), i+1, a.Path)
			}
			if x.Name == "" {
				x.Name = string(runes[x.at[0]:x.at[1]])
			}
		}
		list = append(list, a)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s holds no labelled article: give a folder of STEM.json", gold)
	}
	slices.SortFunc(list, func(a, b Article) int { return strings.Compare(a.ID, b.ID) })
	return list, nil
}
