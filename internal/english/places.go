package english

import (
	_ "embed" // the list of places
	"strings"
)

// Countries, their seats of government and the largest towns, by which news also
// means governments ("Riyadh had sent word"). Those that are people's given names
// too (Jordan, Sofia) are left out.
var (
	//go:embed places.txt
	placeNames string
	places     = wordSet(placeNames)
)

// Place reports whether a lower-case word names a country or a well-known town.
func Place(word string) bool { return places[strings.ToLower(word)] }
