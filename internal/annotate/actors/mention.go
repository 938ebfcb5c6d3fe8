package actors

import (
	"whosaid/internal/english"
	"whosaid/internal/news"
)

// The kinds of actor, as records call them.
const (
	person       = "person"
	organisation = "organisation"
	place        = "place"
	role         = "role"
	group        = "group"
)

// The forms of a mention, as records call them.
const (
	formName    = "name"
	formShort   = "short"
	formAcronym = "acronym"
	formPronoun = "pronoun"
	formNominal = "nominal"
)

// none is the index of nothing.
const none = -1

// A mention is one place where somebody is referred to, and what is known of
// the place.
type mention struct {
	news.Span
	tag    news.Tag // as the network marked it; of confidence 0 if it did not
	kind   string   // person, organisation, place
	form   string
	name   name            // of a person's name
	pro    english.Pronoun // of a pronoun
	gender english.Gender  // told by the words themselves

	word      int  // of the article's words, the first
	words     int  // how many
	sentence  int  // index, or none
	paragraph int  // number
	headline  bool // stands in a headline, a deck or a heading
	quote     int  // index of the outermost quotation that holds it, or none
	statement int  // index of the innermost statement whose content holds it, or none
	source    int  // index of the statement whose source holds it, or none
	holder    int  // index of the smallest mention around it, or none
	opens     bool // no mention stands before it in its sentence, outside quotations that do not hold it
	owner     bool // followed by a possessive ending
	subject   bool // a verb seems to follow

	actor int // index of its cluster, or none
	why   string
	sure  float64
}

// A cluster is the mentions of one actor.
type cluster struct {
	kind     string
	mentions []int // in the order in which they were linked
	names    []int // of them, those that are names, in the order of the text
	gender   english.Gender
	told     bool // the gender is told by an honorific, a pronoun or a noun, not guessed by a given name
	full     []name
	heads    map[string]float64 // words by which the article calls it, from around its names
}

// A reading is one article being read.
type reading struct {
	doc      *news.Document
	text     string
	words    []news.Span
	folded   []string
	sources  []news.Span // of all statements, sorted
	mentions []mention
	clusters []cluster
	options  Options
	net      *network        // nil: rules alone
	main     int             // the person most named, plus two; 0 until asked for
	firsts   map[int]int     // first person named in each paragraph
	opener   int             // the person named first, plus two; 0 until asked for
	title    map[string]bool // words of the title, folded; nil until asked for
	polling  bool            // pronouns are given out to learn genders only
}
