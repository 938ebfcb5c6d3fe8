package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/serve/visit"
)

// A queue is a kind of doubts that are looked through one after another.
type queue struct {
	Key   string // in the address
	About string // as the desk calls it
	Title string
	Done  string // said where nothing is left
}

// queues are all of them. What was decided comes behind them, as another.
var queues = []queue{
	{"speakers", desk.DoubtSpeaker, "Speakers", "Of those who speak in the archive nobody is unsure."},
	{"statements", desk.DoubtStatement, "Statements", "No statement of the archive is unsure."},
	{"labels", desk.DoubtLabel, "Labels", "Every label in the archive was looked at."},
	{"links", desk.DoubtLink, "Links", "No two statements in the archive may be of two occasions."},
	{"people", desk.DoubtPerson, "One or several", "Nobody in the archive may be several people."},
	{"pairs", desk.DoubtPair, "Two or one", "No two people in the archive may be one."},
}

// decided is the queue of what was decided.
const decided = "decided"

// A reviewView is what the page of review shows.
type reviewView struct {
	Token   string // empty where nothing can be decided
	Queue   string
	Tabs    []tabView
	Keys    bool   // single keys decide
	KeysTo  string // where that is otherwise
	Empty   string
	At      string // the key of the item
	Sure    string
	Said    *doubtedStatement
	Label   *doubtedLabel
	Linked  []doubtedStatement // the two statements of a link
	Whom    *doubtedPerson
	Pair    []doubtedPerson
	Next    string // the key of the next item; empty after the last
	Skip    string // where that is
	Before  string // the item that was decided last
	Last    *decisionView
	History []decisionView
}

// A tabView is a queue to choose.
type tabView struct {
	Title, Path string
	Count       string
	Here        bool
}

// A decisionView is something that was decided.
type decisionView struct {
	ID            string
	About, What   string
	Who, Why, Day string
	Path, Note    string // of the article that it is about
	Undone        string // by whom, and when; empty where it stands
}

// review is the page of what is unsure, one doubt at a time.
func (s *site) review(r *http.Request) (*page, error) {
	ctx, q := r.Context(), r.URL.Query()
	who := visit.From(ctx)
	v := reviewView{Queue: cmp.Or(q.Get("queue"), queues[0].Key), Before: q.Get("before"), Keys: q.Get("keys") != "off"}
	if who.May(visit.Reviewer) {
		v.Token = who.Token
	}
	known := v.Queue == decided
	for _, x := range queues {
		n, err := s.desk.CountDoubts(ctx, x.About, mostDoubts)
		if err != nil {
			return nil, err
		}
		tab := tabView{Title: x.Title, Path: v.path(x.Key, "", ""), Count: number(n), Here: x.Key == v.Queue}
		if n == mostDoubts {
			tab.Count += " or more"
		}
		v.Tabs = append(v.Tabs, tab)
		if tab.Here {
			known = true
			if err := s.doubt(ctx, &v, x, q.Get("at")); err != nil {
				return nil, err
			}
		}
	}
	if !known {
		return nil, badRequest{fmt.Errorf("there is no queue %q", v.Queue)}
	}
	if err := s.history(ctx, &v); err != nil {
		return nil, err
	}
	on := v
	on.Keys = !v.Keys
	v.KeysTo = on.path(v.Queue, v.At, v.Before)
	return &page{Title: "Review", Here: "review", Body: reviewPage(v)}, nil
}

// path is the address of an item of a queue.
func (v *reviewView) path(queue, at, before string) string {
	q := url.Values{"queue": {queue}}
	for name, x := range map[string]string{"at": at, "before": before} {
		if x != "" {
			q.Set(name, x)
		}
	}
	if !v.Keys {
		q.Set("keys", "off")
	}
	return string(here("/review", q))
}

// How many doubts are counted, and how many are looked at for one that is there
// still.
const (
	mostDoubts = 1_000
	mostGone   = 20
)

// doubt fills v with the doubt of a key, one behind it where that is not there
// (any more), the first where there is none.
func (s *site) doubt(ctx context.Context, v *reviewView, x queue, key string) error {
	list, err := s.desk.Doubts(ctx, x.About, key, mostGone)
	if err == nil && len(list) == 0 && key != "" {
		list, err = s.desk.Doubts(ctx, x.About, "", mostGone)
	}
	if err != nil {
		return err
	}
	for at, d := range list {
		err := s.show(ctx, v, d)
		if errors.Is(err, archive.ErrNotFound) {
			continue // it has gone meanwhile
		}
		if err != nil {
			return err
		}
		v.At = d.Key()
		v.Sure = fmt.Sprintf("%.0f of 100 like it are right", 100*d.Confidence)
		if d.About == desk.DoubtPerson || d.About == desk.DoubtPair {
			v.Sure = fmt.Sprintf("%.0f in 100, as far as names, roles and company tell", 100*d.Confidence) // which nothing has measured
		}
		if at+1 < len(list) {
			v.Next = list[at+1].Key()
			v.Skip = v.path(x.Key, v.Next, "")
		} else if key != "" {
			v.Skip = v.path(x.Key, "", "")
		}
		return nil
	}
	v.Empty = x.Done
	return nil
}

// show fills v with what a doubt is about.
func (s *site) show(ctx context.Context, v *reviewView, d desk.Doubt) (err error) {
	switch d.About {
	case desk.DoubtPerson:
		v.Whom, err = s.doubtedPerson(ctx, d.ID, mostPlaces)
	case desk.DoubtPair:
		for _, id := range []int64{d.ID, d.Other} {
			p, err := s.doubtedPerson(ctx, id, mostBeside)
			if err != nil {
				v.Pair = nil
				return err
			}
			v.Pair = append(v.Pair, *p)
		}
	case desk.DoubtLink:
		one, i, other, k, err := s.desk.DoubtedLink(ctx, d)
		if err != nil {
			return err
		}
		v.Linked = []doubtedStatement{*newDoubtedStatement(other, k, d), *newDoubtedStatement(one, i, d)} // the earlier first
	case desk.DoubtLabel:
		a, actor, label, err := s.desk.DoubtedLabel(ctx, d)
		if err != nil {
			return err
		}
		v.Label = newDoubtedLabel(a, actor, label)
	default:
		a, i, err := s.desk.Doubted(ctx, d)
		if err != nil {
			return err
		}
		v.Said = newDoubtedStatement(a, i, d)
	}
	return err
}

// mostHistory is how many decisions are listed.
const mostHistory = 200

// history fills v with what was decided last, and in its queue with all of it.
func (s *site) history(ctx context.Context, v *reviewView) error {
	last, all, err := s.desk.Standing(ctx)
	if err != nil {
		return err
	}
	v.Tabs = append(v.Tabs, tabView{Title: "Decided", Path: v.path(decided, "", ""), Count: number(all), Here: v.Queue == decided})
	switch {
	case v.Queue != decided:
		if last != nil {
			shown := newDecision(last)
			v.Last = &shown
		}
		return nil
	case all == 0:
		v.Empty = "Nothing was decided yet."
	}
	list, err := s.desk.Decisions(ctx)
	for i := range list[:min(len(list), mostHistory)] {
		v.History = append(v.History, newDecision(&list[i]))
	}
	return err
}

// newDecision is a decision as it is shown.
func newDecision(x *desk.Decision) decisionView {
	v := decisionView{ID: strconv.FormatInt(x.ID, 10), About: x.About, What: x.What, Who: x.Who, Why: x.Why, Day: x.Made.Format("2 January 2006, 15:04")}
	if x.Article != "" {
		v.Path = "/article/" + url.PathEscape(x.Article)
	}
	if x.Idle {
		v.Note = "what it is about is not in the article as it is read now"
	}
	if x.Undone != nil {
		v.Undone = "undone " + x.Undone.Format("2 January 2006, 15:04")
		if x.By != "" {
			v.Undone += " by " + x.By
		}
	}
	return v
}

// A verdict is an answer to a doubt, as a form sends it.
type verdict struct {
	desk.Doubt
	answer   string // right, wrong, other; none of a speaker whose words are no statement
	who      string // of other
	articles []string
	by       desk.Verdict
}

// decide takes the answer to a doubt.
func (s *site) decide(w http.ResponseWriter, r *http.Request) {
	x, err := s.verdict(r)
	if err == nil {
		err = s.settle(r.Context(), x)
	}
	if err != nil {
		s.fail(w, r, undecided(err))
		return
	}
	f := r.PostForm
	v := reviewView{Keys: f.Get("keys") != "off"}
	http.Redirect(w, r, v.path(f.Get("queue"), f.Get("next"), f.Get("at")), http.StatusSeeOther)
}

// undecided is an error of a decision as it is answered: whoever decides put it
// in a way that cannot be done, unless the archive itself failed.
func undecided(err error) error {
	for _, fault := range []error{archive.ErrNotFound, archive.ErrFull, archive.ErrBusy, archive.ErrDamaged, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, fault) {
			return err
		}
	}
	return badRequest{err}
}

// verdict reads the form of an answer. The doubt must still be one.
func (s *site) verdict(r *http.Request) (verdict, error) {
	who := visit.From(r.Context())
	if !who.May(visit.Reviewer) {
		return verdict{}, errors.New("only those who review can decide here")
	}
	if err := r.ParseForm(); err != nil {
		return verdict{}, errors.New("the form cannot be read")
	}
	f := r.PostForm
	k := slices.IndexFunc(queues, func(x queue) bool { return x.Key == f.Get("queue") })
	if k < 0 {
		return verdict{}, fmt.Errorf("there is no queue %q", f.Get("queue"))
	}
	list, err := s.desk.Doubts(r.Context(), queues[k].About, f.Get("at"), 1)
	if err != nil {
		return verdict{}, err
	}
	if len(list) == 0 || list[0].Key() != f.Get("at") {
		return verdict{}, errors.New("this is decided already, or has gone; the page of review shows what is left")
	}
	return verdict{
		Doubt: list[0], answer: f.Get("answer"), who: oneLine(f.Get("who")), articles: f["article"],
		by: desk.Verdict{Who: cmp.Or(who.User, "somebody at this machine"), Why: oneLine(f.Get("why"))},
	}, nil
}

// settle does what a verdict says.
func (s *site) settle(ctx context.Context, x verdict) error {
	var err error
	said, id, other := strconv.FormatInt(x.ID, 10), fmt.Sprintf("#%d", x.ID), fmt.Sprintf("#%d", x.Other)
	if x.answer == "other" && x.who == "" {
		return errors.New("say who it is instead")
	}
	switch x.About + " " + x.answer {
	case "person right", "pair wrong", "statement right", "speaker right", "label right", "link right":
		_, err = s.desk.Confirm(ctx, x.Doubt, x.by)
	case "link wrong":
		_, err = s.desk.Part(ctx, said, strconv.FormatInt(x.Other, 10), x.by)
	case "label wrong":
		a, actor, label, wrong := s.desk.DoubtedLabel(ctx, x.Doubt)
		if wrong != nil {
			return wrong
		}
		_, err = s.desk.RejectLabel(ctx, a.Info.ID, label.Text(a.Doc.Text), actor.Name, x.by)
	case "statement wrong", "speaker none":
		_, err = s.desk.Reject(ctx, said, x.by)
	case "speaker wrong":
		_, err = s.desk.Correct(ctx, said, desk.Change{Speaker: desk.Unknown}, x.by)
	case "statement other", "speaker other":
		_, err = s.desk.Correct(ctx, said, desk.Change{Speaker: x.who}, x.by)
	case "pair right":
		_, err = s.desk.Merge(ctx, id, other, x.by)
	case "person wrong":
		if len(x.articles) == 0 {
			return errors.New("tick the articles that mean somebody else")
		}
		_, err = s.desk.Split(ctx, id, x.articles, x.by)
	case "person other":
		_, err = s.desk.Merge(ctx, x.who, id, x.by)
	default:
		err = fmt.Errorf("%q is no answer here", x.answer)
	}
	return err
}

// undo takes a decision back.
func (s *site) undo(w http.ResponseWriter, r *http.Request) {
	who := visit.From(r.Context())
	if !who.May(visit.Reviewer) {
		s.fail(w, r, badRequest{errors.New("only those who review can undo a decision")})
		return
	}
	id, err := strconv.ParseInt(r.PostFormValue("id"), 10, 64)
	if err != nil || id < 1 {
		s.fail(w, r, badRequest{errors.New("say which decision to undo")})
		return
	}
	if _, err := s.desk.Undo(r.Context(), id, cmp.Or(who.User, "somebody at this machine")); err != nil {
		s.fail(w, r, undecided(err))
		return
	}
	v := reviewView{Keys: r.PostForm.Get("keys") != "off"}
	http.Redirect(w, r, v.path(cmp.Or(r.PostForm.Get("queue"), decided), r.PostForm.Get("at"), ""), http.StatusSeeOther)
}

// keysOff is what forms send on where single keys do not decide.
func (v *reviewView) keysOff() string {
	if v.Keys {
		return ""
	}
	return "off"
}

// shortcut is a key's name for the script, or nothing where keys are off.
func (v *reviewView) shortcut(keys string) string {
	if v.Keys {
		return keys
	}
	return ""
}
