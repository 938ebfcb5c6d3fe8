package english

import "strings"

// Case is the grammatical case of a pronoun.
type Case int8

// The cases. "Her" and "his" are ambiguous: "her" counts as possessive where a
// word of its noun phrase follows, which OfHer tells.
const (
	Subject Case = iota
	Object
	Possessive
	Reflexive
)

// A Pronoun is a personal pronoun.
type Pronoun struct {
	Person int // 1, 2 or 3
	Plural bool
	Gender Gender
	Case   Case
}

var pronouns = map[string]Pronoun{
	"i": {Person: 1}, "me": {Person: 1, Case: Object}, "my": {Person: 1, Case: Possessive},
	"mine": {Person: 1, Case: Possessive}, "myself": {Person: 1, Case: Reflexive},
	"we": {Person: 1, Plural: true}, "us": {Person: 1, Plural: true, Case: Object}, "our": {Person: 1, Plural: true, Case: Possessive},
	"ours": {Person: 1, Plural: true, Case: Possessive}, "ourselves": {Person: 1, Plural: true, Case: Reflexive},
	"you": {Person: 2}, "your": {Person: 2, Case: Possessive}, "yours": {Person: 2, Case: Possessive}, "yourself": {Person: 2, Case: Reflexive},
	"he": {Person: 3, Gender: Masculine}, "him": {Person: 3, Gender: Masculine, Case: Object}, "his": {Person: 3, Gender: Masculine, Case: Possessive},
	"himself": {Person: 3, Gender: Masculine, Case: Reflexive},
	"she":     {Person: 3, Gender: Feminine}, "her": {Person: 3, Gender: Feminine, Case: Possessive}, "hers": {Person: 3, Gender: Feminine, Case: Possessive},
	"herself": {Person: 3, Gender: Feminine, Case: Reflexive},
	"they":    {Person: 3, Plural: true}, "them": {Person: 3, Plural: true, Case: Object}, "their": {Person: 3, Plural: true, Case: Possessive},
	"theirs": {Person: 3, Plural: true, Case: Possessive}, "themselves": {Person: 3, Plural: true, Case: Reflexive}, "themself": {Person: 3, Plural: true, Case: Reflexive},
}

// PronounOf looks a word up, whatever its capitals.
func PronounOf(word string) (Pronoun, bool) {
	if len(word) > len("themselves") {
		return Pronoun{}, false
	}
	p, ok := pronouns[strings.ToLower(word)]
	return p, ok
}

// IsNeuter reports whether word is "it" or one of its forms, or points at a
// thing: never a person.
func IsNeuter(word string) bool {
	switch strings.ToLower(word) {
	case "it", "its", "itself", "this", "that", "which":
		return true
	}
	return false
}
