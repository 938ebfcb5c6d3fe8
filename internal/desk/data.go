package desk

import (
	"encoding/json"
	"fmt"

	"whosaid/internal/archive"
)

// data is what the desk keeps of a person beside names and type, as JSON.
type data struct {
	Articles   int      `json:"articles,omitempty"`
	Statements int      `json:"statements,omitempty"`
	First      string   `json:"first,omitempty"` // day
	Last       string   `json:"last,omitempty"`
	Confidence float64  `json:"confidence,omitempty"`
	Wikidata   string   `json:"wikidata,omitempty"`
	Offices    []Office `json:"offices,omitempty"`
}

// dataOf reads what is kept of p.
func dataOf(p archive.Person) (data, error) {
	var x data
	if len(p.Data) == 0 {
		return x, nil
	}
	if err := json.Unmarshal(p.Data, &x); err != nil {
		return x, fmt.Errorf("person %d (%s): what is known of them cannot be read: %w", p.ID, p.Name, err)
	}
	return x, nil
}

// listed are people as a list shows them; what cannot be read of one is left
// out of it.
func listed(people []archive.Person) []Listed {
	out := make([]Listed, len(people))
	for i, p := range people {
		x, _ := dataOf(p)
		out[i] = Listed{
			ID: p.ID, Name: p.Name, Type: p.Type, Names: append([]string{}, p.Names...),
			Articles: x.Articles, Statements: x.Statements, First: x.First, Last: x.Last,
			Wikidata: x.Wikidata, Confidence: x.Confidence,
		}
	}
	return out
}
