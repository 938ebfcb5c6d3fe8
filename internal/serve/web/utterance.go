package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"whosaid/internal/desk"
	"whosaid/internal/relate/utterances"
)

// An utteranceView is what the page of an utterance shows: one act of speaking
// by all who print it.
type utteranceView struct {
	Who, WhoPath string
	Fullest      string   // the words, where they are the fullest
	Facts        []string // how many print it, and when
	Printings    []printingView
	Path         []stepView
	Again        []againView
}

// A printingView is one article's report, beside the fullest.
type printingView struct {
	ID, Outlet, When string
	Title, Path      string
	Place            string
	Who, Cue         string
	Called           string // what the outlet calls the speaker
	Standing         string // how it stands to the fullest
	Unsure           string // why it may not belong here
	Form             string
	Runs             []utterances.Run
	LeftOut          string
	Wire             bool // the article is one of several printings of one text
}

// A stepView is how the utterance came to an outlet.
type stepView struct{ ID, Outlet, When, Later, From string }

// An againView is the same claim on another occasion.
type againView struct{ Path, Words, Where string }

// utterance is the page of the utterance that a statement belongs to.
func (s *site) utterance(r *http.Request) (*page, error) {
	id, err := strconv.ParseInt(r.PathValue("statement"), 10, 64)
	if err != nil || id < 1 {
		return nil, badRequest{fmt.Errorf("%q is no statement: it is a number here", r.PathValue("statement"))}
	}
	u, err := s.desk.Utterance(r.Context(), id)
	if err != nil {
		return nil, err
	}
	v := newUtterance(u)
	return &page{Title: v.Who + ": " + short(u.Printings[u.Fullest].Content), Body: utterancePage(v)}, nil
}

// utterancePath is the page of the utterance that a statement belongs to.
func utterancePath(statement int64) string {
	return "/utterance/" + strconv.FormatInt(statement, 10)
}

// standings say how a printing's words stand to those of the fullest.
var standings = map[utterances.Relation]string{
	utterances.Verbatim: "the same quotation", utterances.Truncated: "a part of the quotation", utterances.Altered: "a quotation with other words",
	utterances.Partial: "a quotation of other parts", utterances.Reported: "told, not quoted",
}

// newUtterance fills the page of an utterance.
func newUtterance(u *desk.Utterance) utteranceView {
	v := utteranceView{Who: cmp.Or(oneLine(u.Speaker), "Somebody"), Fullest: cmp.Or(oneLine(u.Printings[u.Fullest].Content), nothing), Facts: []string{plural(len(u.Printings), "printing", "printings")}}
	if u.Person != 0 {
		v.WhoPath = personPath(u.Person)
	}
	for i := range u.Printings {
		p := &u.Printings[i]
		w := printingView{
			ID: printingID(i), Outlet: outletOf(p), When: moment(p.Published), Title: titled(p.Title),
			Path: statementPath(p.Article.ID, p.Number-1, startOf(&p.Record)),
			Who:  teller(p), Cue: p.Cue, Called: calledBy(p), Standing: standings[p.Relation], Form: p.Record.Form, Runs: p.Runs, LeftOut: strings.Join(p.LeftOut(), " … "), Wire: p.Copy != 0,
		}
		if p.Paragraph > 0 {
			w.Place = "¶" + number(p.Paragraph)
		}
		if !slices.ContainsFunc(p.Runs, func(r utterances.Run) bool { return r.Change != utterances.Kept }) {
			w.Runs = []utterances.Run{{Change: utterances.Kept, Text: cmp.Or(p.Content, nothing)}} // with the marks around it
		}
		if i == u.Fullest {
			w.Standing = "the fullest"
		} else if p.Likelihood < doubt {
			w.Unsure = fmt.Sprintf("Perhaps another utterance: %.0f of 100 like it are the same.", 100*p.Likelihood)
		}
		v.Printings = append(v.Printings, w)
	}
	for _, x := range u.Path {
		p := &u.Printings[x.Printing]
		w := stepView{ID: printingID(x.Printing), Outlet: outletOf(p), When: moment(p.Published), Later: later(u.Printings[u.Path[0].Printing].Published, p.Published)}
		var from []string
		if x.From >= 0 {
			how := "nearest to "
			if x.SameWords {
				how = "the same quotation as in "
			}
			from = append(from, how+outletOf(&u.Printings[x.From]))
		}
		if x.Said != "" {
			from = append(from, "names as its source "+oneLine(x.Said))
		}
		w.From = strings.Join(from, "; ")
		v.Path = append(v.Path, w)
	}
	for _, a := range u.Again {
		v.Again = append(v.Again, againView{utterancePath(a.Utterance), cmp.Or(a.Content, nothing), strings.Trim(oneLine(a.Outlet)+", "+day(a.Day), ", ")})
	}
	return v
}

// printingID is the id of a printing on its utterance's page.
func printingID(i int) string { return "p" + strconv.Itoa(i+1) }

// outletOf is where a printing stands.
func outletOf(p *desk.Printing) string {
	return cmp.Or(oneLine(p.Outlet), oneLine(p.Article.File), "An outlet not told")
}

// calledBy is what the outlet itself calls the speaker: labels in quotation
// marks, to tell them from roles.
func calledBy(p *desk.Printing) string {
	var list []string
	for _, c := range p.Called {
		text := oneLine(c.Text)
		if c.Kind == "label" {
			text = "“" + text + "”"
		}
		if !c.Own {
			text += " (in another’s words)"
		}
		list = append(list, text)
	}
	return strings.Join(list, " · ")
}

// later says how long after a first moment another one is; it is empty where
// that is not known, or no time.
func later(first, then string) string {
	a, err := time.Parse(time.RFC3339, first)
	b, wrong := time.Parse(time.RFC3339, then)
	if err == nil && wrong == nil && b.Sub(a) < 48*time.Hour {
		if hours := int(b.Sub(a).Hours()); hours > 0 {
			return plural(hours, "hour", "hours") + " later"
		}
		return ""
	}
	days := func(iso string) (time.Time, error) {
		return time.Parse(time.DateOnly, iso[:min(len(iso), len(time.DateOnly))])
	}
	if a, err = days(first); err != nil {
		return ""
	}
	if b, err = days(then); err != nil || !b.After(a) {
		return ""
	}
	return plural(int(b.Sub(a).Hours()/24), "day", "days") + " later"
}

// moment writes when something was printed: the day, and the time where it is
// told.
func moment(iso string) string {
	if t, err := time.Parse(time.RFC3339, iso); err == nil {
		return t.Format("2 January 2006, 15:04")
	}
	return day(iso)
}
