package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/news"
)

// perPage is how many hits a page shows.
const perPage = 20

// mostPages bounds how far one can turn: a page costs what all before it cost.
const mostPages = 100

// forms are how a statement may be quoted.
var forms = []string{"direct", "indirect", "mixed"}

// asked is a query as an address has it. The zero asked asks for nothing.
type asked struct {
	archive.Query
	page int // from 1
}

// readAsked reads the parameters of an address. What is not there is not asked
// for; what cannot be understood is an error.
func readAsked(q url.Values) (asked, error) {
	a := asked{page: 1}
	list := func(name string) []string {
		var out []string
		for _, x := range q[name] {
			if x = strings.TrimSpace(x); x != "" && !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
		return out
	}
	one := func(name string) string { return strings.TrimSpace(q.Get(name)) }
	a.Query = archive.Query{
		Words: one("q"), Speaker: one("speaker"), About: one("about"), Outlets: list("outlet"), Kinds: list("kind"), Forms: list("form"),
		Since: one("since"), To: one("to"), Sort: archive.Order(one("sort")),
	}
	for _, x := range list("person") {
		id, err := strconv.ParseInt(x, 10, 64)
		if err != nil {
			return a, badRequest{fmt.Errorf("%q is nobody: a person is a number here", x)}
		}
		a.People = append(a.People, id)
	}
	for _, c := range []struct {
		name      string
		is, known []string
	}{{"kind", a.Kinds, news.Kinds}, {"form", a.Forms, forms}} {
		for _, x := range c.is {
			if !slices.Contains(c.known, x) {
				return a, badRequest{fmt.Errorf("there is no %s %q: choose from %s", c.name, x, strings.Join(c.known, ", "))}
			}
		}
	}
	if p := one("page"); p != "" {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || n > mostPages {
			return a, badRequest{fmt.Errorf("there is no page %q: they go from 1 to %d; what lies deeper is found by asking more narrowly", p, mostPages)}
		}
		a.page = n
	}
	a.Limit, a.Skip = perPage, (a.page-1)*perPage
	_, err := a.Parse()
	return a, err
}

// values are the parameters of the address of a.
func (a asked) values() url.Values {
	q := url.Values{}
	one := func(name, x string) {
		if x != "" {
			q.Set(name, x)
		}
	}
	one("q", a.Words)
	one("speaker", a.Speaker)
	one("about", a.About)
	one("since", a.Since)
	one("to", a.To)
	one("sort", string(a.Sort))
	for _, x := range []struct {
		name string
		list []string
	}{{"outlet", a.Outlets}, {"kind", a.Kinds}, {"form", a.Forms}} {
		if len(x.list) > 0 {
			q[x.name] = x.list
		}
	}
	for _, id := range a.People {
		q.Add("person", strconv.FormatInt(id, 10))
	}
	if a.page > 1 {
		q.Set("page", strconv.Itoa(a.page))
	}
	return q
}

// empty reports whether a asks for nothing.
func (a asked) empty() bool {
	a.page, a.Sort = 1, ""
	return len(a.values()) == 0
}

// with is the address of a where a parameter has one value more, or, if it has
// that already, one less; of those that can have one value it is the other.
func (a asked) with(name, value string) string {
	q := a.values()
	q.Del("page")
	switch {
	case slices.Contains(q[name], value):
		q[name] = slices.DeleteFunc(slices.Clone(q[name]), func(x string) bool { return x == value })
	case name == "outlet" || name == "kind" || name == "form":
		q[name] = append(slices.Clone(q[name]), value)
	default:
		q.Set(name, value)
	}
	if len(q[name]) == 0 {
		q.Del(name)
	}
	return string(here("/search", q))
}

// exported is the address at which all that a finds comes as a file: the API's.
func (a asked) exported(format string) string {
	q := a.values()
	q.Del("page")
	q.Set("format", format)
	return string(here("/api/v1/export", q))
}

// turned is the address of another page of a.
func (a asked) turned(page int) string {
	a.page = page
	return string(here("/search", a.values()))
}
