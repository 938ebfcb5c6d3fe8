package desk

import (
	"encoding/json"
	"fmt"

	"whosaid/internal/archive"
	"whosaid/internal/relate/people"
)

// data is what the desk keeps of a person beside names and type, as JSON.
type data struct {
	Statements int            `json:"statements,omitempty"`
	Wikidata   string         `json:"wikidata,omitempty"`
	Offices    []Office       `json:"offices,omitempty"`
	Who        *people.Person `json:"who,omitempty"` // what actors of further articles are compared with
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
func listed(list []archive.Person) []Listed {
	out := make([]Listed, len(list))
	for i, p := range list {
		x, _ := dataOf(p)
		l := Listed{ID: p.ID, Name: p.Name, Type: p.Type, Names: append([]string{}, p.Names...), Statements: x.Statements, Wikidata: x.Wikidata}
		if w := x.Who; w != nil && w.Articles > 0 {
			l.Articles, l.Confidence = w.Articles, w.Sure/float64(w.Articles)
			l.First, l.Last = archive.Day(w.First).String(), archive.Day(w.Last).String()
		}
		out[i] = l
	}
	return out
}
