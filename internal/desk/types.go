package desk

import (
	"time"

	"whosaid/internal/archive"
)

// What follows is what the doors show of people. The JSON that the command
// line, the API and the pages give is made of these types; days are ISO 8601
// and empty where they are not known, positions are code points of the
// article's text.

// A Listed is a person or an organisation in a list.
type Listed struct {
	ID         int64    `json:"id"`
	Name       string   `json:"name"` // to show
	Type       string   `json:"type"` // as actors have it: person, organisation, place
	Names      []string `json:"names"`
	Articles   int      `json:"articles"`
	Statements int      `json:"statements"`
	First      string   `json:"first,omitempty"` // day of the earliest article
	Last       string   `json:"last,omitempty"`
	Wikidata   string   `json:"wikidata,omitempty"` // as a roster says
	Confidence float64  `json:"confidence"`         // that all of it is one person, 0 to 1
}

// A Person is everything that the page of a person or an organisation shows.
type Person struct {
	Listed
	Offices    []Office   `json:"offices,omitempty"` // as a roster says
	Spellings  []Spelling `json:"spellings"`         // most frequent first
	Roles      []Naming   `json:"roles"`             // roles and titles, latest first
	Labels     []Naming   `json:"labels"`            // most frequent first
	Months     []Month    `json:"months"`            // statements by month and kind, oldest first
	Kinds      []Tally    `json:"kinds"`             // statements by kind, most frequent first
	SpeaksOf   []Other    `json:"speaks_of"`         // most frequent first
	SpokenOfBy []Other    `json:"spoken_of_by"`      // likewise
	Relations  []Tie      `json:"relations"`         // most frequent first
}

// A Spelling is a way in which articles write a name.
type Spelling struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
}

// An Office is something that a person was, by a roster.
type Office struct {
	Title string `json:"title"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

// A Naming is words by which an outlet calls a person.
type Naming struct {
	Kind     string     `json:"kind"` // role, title, label
	Text     string     `json:"text"`
	Outlet   string     `json:"outlet"`
	Own      bool       `json:"own_voice"` // the outlet's own words, not a statement's
	Times    int        `json:"times"`
	First    string     `json:"first,omitempty"`
	Last     string     `json:"last,omitempty"`
	Versions []int64    `json:"versions"` // that have it: the latest few
	Evidence []Evidence `json:"evidence,omitempty"`
}

// A Month counts the statements of a kind in a month.
type Month struct {
	Month string `json:"month"` // 2022-01; empty where the day is not known
	Kind  string `json:"kind"`
	Times int    `json:"times"`
}

// A Tally counts something.
type Tally struct {
	Name  string `json:"name"`
	Times int    `json:"times"`
}

// An Other is another person, with the articles in which one speaks of the
// other.
type Other struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Articles int    `json:"articles"`
}

// A Tie is a relation that articles state.
type Tie struct {
	Type     string     `json:"type"`         // leads, holds-office, member-of, …
	From     bool       `json:"from"`         // this person leads the other, and not the other way round
	Other    int64      `json:"id,omitempty"` // 0 where the other end is nobody known
	Name     string     `json:"name"`         // of the other end
	Own      bool       `json:"own_voice"`
	Times    int        `json:"times"`
	First    string     `json:"first,omitempty"`
	Last     string     `json:"last,omitempty"`
	Versions []int64    `json:"versions"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Evidence is the place in an article on which something rests.
type Evidence struct {
	Article   string `json:"article"` // its ID
	Version   int64  `json:"version"`
	Outlet    string `json:"outlet"`
	Title     string `json:"title"`
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Text      string `json:"text"`   // the words themselves
	Around    string `json:"around"` // the paragraph in which they stand, or the part of it around them
}

// Labels are what outlets call some people: one row an outlet and a person.
type Labels struct {
	People []Listed `json:"people"`
	Rows   []Naming `json:"rows"`   // most frequent first
	Of     []int64  `json:"person"` // whom each row is about
}

// A Period is what was said in a month.
type Period struct {
	Month      string         `json:"month"`
	Kinds      []Tally        `json:"kinds"`
	Roles      []Naming       `json:"roles,omitempty"` // that appear in it for the first time, where a person was named
	Statements []*archive.Hit `json:"-"`               // the latest, where they were asked for
}

// A Decision is something that a person decided about the archive.
type Decision struct {
	ID     int64      `json:"id"`
	Made   time.Time  `json:"made"`
	Who    string     `json:"who"`
	Why    string     `json:"why,omitempty"`
	What   string     `json:"what"`  // merge, split, rename, reject, correct, confirm, import
	About  string     `json:"about"` // a sentence
	Undone *time.Time `json:"undone,omitempty"`
	By     string     `json:"undone_by,omitempty"`

	Article   string `json:"article,omitempty"`            // the ID of the one that it is about, where it is one
	Statement int64  `json:"statement,omitempty"`          // the statement that it is about in the article's current version
	Idle      bool   `json:"applies_to_nothing,omitempty"` // it stands, and what it is about is not in that version
}
