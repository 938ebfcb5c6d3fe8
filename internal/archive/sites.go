package archive

import (
	"maps"
	"slices"
)

// A Printed is a site that something was printed on: how addresses there begin,
// up to the path or further.
type Printed struct {
	Site   string
	Theirs bool // by the outlet that is asked about
}

// SitesOf are the sites, as Host has them, on which an outlet prints and nobody
// else, in order.
func SitesOf(list []Printed) []string {
	alone := map[string]bool{}
	for _, p := range list {
		host := Host(p.Site)
		if host == "" {
			continue
		}
		before, met := alone[host]
		alone[host] = p.Theirs && (before || !met)
	}
	maps.DeleteFunc(alone, func(_ string, is bool) bool { return !is })
	return slices.Sorted(maps.Keys(alone))
}
