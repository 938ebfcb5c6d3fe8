package people

import (
	"math"
	"slices"
	"strings"

	"whosaid/internal/english"
)

// From when on two words of names are taken for spellings of one.
const (
	familyAlike = 0.5
	givenAlike  = 0.55
	knownAlike  = 0.8 // of given names that are both well known
)

// Alike is how likely two names of people are of one person as far as the names
// tell, 0 to 1: one half and more for names that one person can have.
func (n Name) Alike(o Name) float64 {
	if n.Suffix != o.Suffix && n.Suffix != "" && o.Suffix != "" {
		return 0
	}
	switch {
	case n.Only != "" && o.Only != "":
		return whole(Spelled(n.Only, o.Only), familyAlike)
	case n.Only != "" || o.Only != "":
		return 0.45 * max(n.part(o.Only), o.part(n.Only)) // a part of a name is not enough
	}
	family := n.family(o)
	if family == 0 {
		return n.turned(o)
	}
	given := n.given(o)
	if n.Suffix != o.Suffix {
		given *= 0.8
	}
	return math.Sqrt(family * given)
}

// part is how alike a single word is to the family name of n.
func (n Name) part(word string) float64 {
	if word == "" {
		return 0
	}
	return max(whole(Spelled(n.Family, word), familyAlike), whole(Spelled(n.Father, word), familyAlike))
}

// whole stretches what spellings are alike, from a threshold on, over 0.6 to 1;
// below it is 0.
func whole(spelled, threshold float64) float64 {
	if spelled < threshold {
		return 0
	}
	return 0.6 + 0.4*min(1, (spelled-threshold)/(1-threshold))
}

// family is how alike family names and fathers' names are, 0 if they are not.
func (n Name) family(o Name) float64 {
	father := 1.0
	if n.Father != "" && o.Father != "" {
		if father = whole(Spelled(n.Father, o.Father), familyAlike); father == 0 {
			return 0
		}
	}
	switch {
	case n.Family != "" && o.Family != "":
		return min(father, whole(Spelled(n.Family, o.Family), familyAlike))
	case n.Father != "" && o.Father != "":
		return father
	}
	// A forefather's name serves as family name: Osama bin Laden, Laden.
	return 0.9 * whole(Spelled(n.Family+o.Family, n.Father+o.Father), familyAlike)
}

// given is how alike given names are, 0 if they are two people's.
func (n Name) given(o Name) float64 {
	if len(n.Given) == 0 || len(o.Given) == 0 {
		return 0.5
	}
	first := forms(n.Given[0], o.Given[0])
	a, b := n.Given[1:], o.Given[1:]
	if first == 0 {
		// One goes by a middle name: J. Christopher Weir is Chris Weir.
		for _, x := range []struct{ long, short []string }{{n.Given, o.Given}, {o.Given, n.Given}} {
			if len(x.long) > 1 && len(x.short) == 1 && len(x.long[0]) == 1 && len(x.short[0]) > 1 {
				first = 0.8 * forms(x.long[1], x.short[0])
			}
		}
		return first
	}
	for i := range min(len(a), len(b)) {
		if middle := forms(a[i], b[i]); middle == 0 {
			return 0
		}
	}
	if len(a) != len(b) {
		first *= 0.95
	}
	return first
}

// forms is how alike two given names are: spellings of one, a short form, or an
// initial.
func forms(x, y string) float64 {
	switch {
	case x == y:
		return 1
	case len(x) == 1 || len(y) == 1:
		if x[0] == y[0] {
			return 0.5
		}
		return 0
	case short(x, y) || short(y, x):
		return 0.9
	case otherGender(x, y):
		return 0
	}
	least := givenAlike
	_, known := english.GivenName(x)
	if _, other := english.GivenName(y); known && other {
		least = knownAlike // Ada and Ida, Hassan and Hussein
	}
	return whole(Spelled(x, y), least)
}

// short reports whether x is a short form of y, or both are of a third name.
func short(x, y string) bool {
	if len(x) >= 3 && len(y) >= len(x)+2 && strings.HasPrefix(y, x) {
		return true
	}
	return slices.Contains(shortForms[x], y) || slices.ContainsFunc(shortForms[x], func(full string) bool { return slices.Contains(shortForms[y], full) })
}

// otherGender reports whether two given names differ as those of a man and a
// woman do: Erik and Erika, Mario and Maria.
func otherGender(x, y string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if x+"a" == y {
		return true
	}
	n := len(x) - 1
	return len(x) == len(y) && x[:n] == y[:n] && (x[n] == 'a' && y[n] == 'o' || x[n] == 'o' && y[n] == 'a')
}

// turned is how alike two names are if one has its words in the other order, as
// family names of the East are put last for foreigners: 0 if they are not.
func (n Name) turned(o Name) float64 {
	if len(n.Given) == 1 && len(o.Given) == 1 && n.Family == o.Given[0] && o.Family == n.Given[0] && len(n.Family) > 1 && len(o.Family) > 1 {
		return 0.85
	}
	return 0
}

// shortForms are usual short forms of given names.
var shortForms = func() map[string][]string {
	m := map[string][]string{}
	for _, line := range strings.Split(`abby abigail|al albert alan alfred|alex alexander alexandra|andy andrew|art arthur|barb barbara|ben benjamin|bernie bernard|beth elizabeth|betsy elizabeth|
		bill william|billy william|bob robert|bobby robert|cathy catherine|charlie charles|chris christopher christine christian|chuck charles|cindy cynthia|dan daniel|danny daniel|dave david|
		debbie deborah|dick richard|don donald|doug douglas|ed edward edwin edmund|eddie edward|fran frances|frank francis franklin|fred frederick|gabby gabrielle|gene eugene|geoff geoffrey|
		greg gregory|hank henry|harry harold henry|jack john|jake jacob|jeff jeffrey|jen jennifer|jenny jennifer|jerry gerald jerome|jim james|jimmy james|joe joseph|johnny john|jon jonathan|
		kate katherine catherine kathryn|kathy katherine kathleen|katie katherine|ken kenneth|larry lawrence|len leonard|leo leonard|liz elizabeth|lou louis|maggie margaret|matt matthew|meg margaret|
		mike michael|mitch mitchell|nate nathan nathaniel|ned edward|nick nicholas|pam pamela|pat patrick patricia|patty patricia|peggy margaret|pete peter|phil philip phillip|ray raymond|
		rick richard|rob robert|ron ronald|ronnie ronald|rudy rudolph|russ russell|sam samuel samantha|sandy sandra|sasha alexander|stan stanley|steve stephen steven|sue susan|
		ted theodore edward|teddy theodore edward|terry terence|tim timothy|tina christina|tom thomas|tommy thomas|tony anthony|vicky victoria|vince vincent|walt walter|will william|zach zachary`, "|") {
		f := strings.Fields(line)
		m[f[0]] = append(m[f[0]], f[1:]...)
	}
	return m
}()

// Same is from when on Alike says that two names can be one person's.
const Same = 0.5
