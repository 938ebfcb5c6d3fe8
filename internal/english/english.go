// Package english holds the small closed word lists and the shallow grammar
// that several stages share: pronouns, honorifics, words that tell a person's
// gender, given names, and where the head of a noun phrase stands. It reads
// words and phrases, never whole articles, and knows no one in particular.
package english

// Gender is what a word tells of a person's gender.
type Gender int8

// The genders that English marks; zero where a word tells nothing.
const (
	Unmarked  Gender = 0
	Masculine Gender = 1
	Feminine  Gender = 2
)

// Clashes reports whether both genders are told and differ.
func (g Gender) Clashes(o Gender) bool { return g != Unmarked && o != Unmarked && g != o }
