package tags

import (
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// divide draws names as the data on names do where no mark tells: a town and the state
// or country after it are two places ("Ellery California"), and what says that a body
// is a company belongs to its name ("Orr Shipping, Inc."). tags are in order and stay so.
func divide(doc *news.Document, tags []news.Tag) []news.Tag {
	w := wordsOf{doc}
	out := make([]news.Tag, 0, len(tags))
	taken := -1 // the last piece of the company before
	for _, t := range tags {
		if t.Kind == news.TagOrganisation {
			if t.First <= taken {
				continue // the "Inc." of the company before
			}
			if last := w.ledBy(t); last >= 0 {
				t.Kind, t.Last = news.TagPerson, last
				t.End = doc.Pieces[last].End
			} else if last := w.company(t.Last); last > t.Last {
				t.Last = last
				t.End, taken = doc.Pieces[last].End, last
			}
		}
		if at := w.stateOf(t); at > t.First {
			town, state := t, t
			town.Last = at - 1
			town.End = doc.Pieces[town.Last].End
			state.First, state.Start = at, doc.Pieces[at].Start
			out = append(out, town, state)
			continue
		}
		out = append(out, t)
	}
	return inOrder(out)
}

// ledBy is the last piece of the name of him who leads an administration that was
// tagged as a body, with the word or without ("the Vance administration"), or -1.
func (w wordsOf) ledBy(t news.Tag) int {
	end := w.end(t.First)
	next := end + 1
	if end > t.Last || next >= len(w.Pieces) || !w.apart(next) || w.end(next) < t.Last && end != t.Last || !strings.EqualFold(w.text(next, w.end(next)), "administration") {
		return -1
	}
	name := w.text(t.First, end)
	if lower := strings.ToLower(name); !part(name) || name == strings.ToUpper(name) || english.Place(lower) || english.State(lower) || ofOffice[lower] {
		return -1
	}
	return end
}

// ofOffice are words before "Administration" that are no person's name.
var ofOffice = map[string]bool{
	"veterans": true, "housing": true, "transit": true, "aviation": true, "railroad": true, "highway": true, "drug": true, "energy": true, "maritime": true,
	"trade": true, "security": true, "transitional": true, "civil": true, "federal": true, "military": true, "interim": true, "state": true, "tax": true,
}

// company is the last piece of what says after a comma that a body is a company, or
// last itself where nothing does.
func (w wordsOf) company(last int) int {
	comma := last + 1
	if comma+1 >= len(w.Pieces) || w.Pieces[comma].Text(w.Text) != "," || !w.apart(comma+1) {
		return last
	}
	end := w.end(comma + 1)
	switch strings.TrimSuffix(w.text(comma+1, end), ".") {
	case "Inc", "Ltd", "LLC", "LLP", "Corp", "PLC", "Plc", "GmbH":
	default:
		return last
	}
	if end+1 < len(w.Pieces) && w.Pieces[end+1].Text(w.Text) == "." && w.Pieces[end+1].Start == w.Pieces[end].End {
		end++
	}
	return end
}

// stateOf is the first piece of the state or country that a town's name was tagged
// together with, or -1.
func (w wordsOf) stateOf(t news.Tag) int {
	if t.Kind != news.TagPlace {
		return -1
	}
	last := w.begin(t.Last)
	if last <= t.First || !w.apart(last) || w.end(t.Last) != t.Last {
		return -1
	}
	name := strings.ToLower(w.text(last, t.Last))
	if !english.State(name) && !english.Place(name) && !english.StateCode(w.text(last, t.Last)) {
		return -1
	}
	switch strings.ToLower(w.text(w.begin(last-1), last-1)) {
	case "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "new", "old", "upper", "lower", "greater", "lake", "mount", "fort", "port",
		"of", "the", "and", "for", "in", "de", "la", "downtown", "rural", "saint", "st", ".", "-", "&":
		return -1
	}
	return last
}
