// Package seed scores the record of one article against a gold record that
// gives texts and not positions: who said what, who the actors are, what was
// cleaned away. A text counts as found when its words overlap the given ones
// by half, a name when it is one of the spellings listed.
package seed

import (
	"encoding/json"
	"fmt"
	"os"
)

// Gold is what the record of an article must hold.
type Gold struct {
	Article struct {
		Title     string   `json:"title"`
		Authors   []string `json:"authors"`
		Published string   `json:"published"`
		NotInText []string `json:"not_in_text"`
	} `json:"article"`
	Statements []Statement `json:"statements"`
	OwnVoice   []string    `json:"own_voice"`
	Actors     []Actor     `json:"actors"`
	Relations  []Relation  `json:"relations"`
	Dates      []Date      `json:"dates"`
	Chain      []string    `json:"reporting_chain"`
}

// A Statement is one that must be found.
type Statement struct {
	ID          int      `json:"id"`
	Form        string   `json:"form"`
	Kind        string   `json:"kind"`
	Conditional bool     `json:"conditional"`
	Source      string   `json:"source"`
	Cue         string   `json:"cue"`
	Content     string   `json:"content"`
	Speakers    []string `json:"speakers"`
	Addressee   string   `json:"addressee"`
	Venue       string   `json:"venue"`
}

// An Actor is somebody whom the record must know, by any of the spellings.
type Actor struct {
	Name      string   `json:"name"`
	Spellings []string `json:"spellings"`
	Roles     []string `json:"roles"`
	Labels    []string `json:"labels"`
}

// A Relation is a tie between two actors, by name.
type Relation struct {
	Type string `json:"type"`
	From string `json:"from"`
	To   string `json:"to"`
}

// A Date is words that name a day, and the day.
type Date struct {
	Text  string `json:"text"`
	Value string `json:"value"`
}

// Load reads a gold record.
func Load(file string) (Gold, error) {
	var g Gold
	data, err := os.ReadFile(file)
	if err != nil {
		return g, err
	}
	if err := json.Unmarshal(data, &g); err != nil {
		return g, fmt.Errorf("%s is not a gold record: %w", file, err)
	}
	if len(g.Statements) == 0 {
		return g, fmt.Errorf("%s is not a gold record: it lists no statements", file)
	}
	return g, nil
}
