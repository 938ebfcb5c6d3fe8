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

// states are the states of the United States that one word names, Washington and
// Georgia aside: they are a city and a country too.
var states = wordSet(`alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas kentucky louisiana maine
maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming`)

// State reports whether a lower-case word names a state of the United States.
func State(word string) bool { return states[word] }

// codes are the post's letters for the states, but those that are words in names of
// places elsewhere (Isla La ..., Porto De ..., Al ...).
var codes = wordSet(`ak ar az ca co ct dc fl ga hi ia id il ks ky ma md mi mn mo ms mt nc nd ne nh nj nm nv ny oh ok pa ri sc sd tn tx ut va vt wa wi wv wy`)

// StateCode reports whether a word with a capital is what the post calls a state of
// the United States ("NY", "Ca").
func StateCode(word string) bool { return Capitalised(word) && codes[strings.ToLower(word)] }
