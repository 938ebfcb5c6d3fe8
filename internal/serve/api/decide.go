package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"whosaid/internal/desk"
	"whosaid/internal/serve/visit"
)

// verdict is something that somebody decides. People are named by a name or a
// number (#12), statements by their id or as ARTICLE#s3, articles by their id,
// address or the number of a version (#12).
type verdict struct {
	What      string   `json:"what" enum:"merge,rename,split,reject,correct,apart" doc:"merge: person and other are one. rename: person is called name. split: person is somebody else in articles. reject: statement is none, or article does not call of by label. correct: statement has another speaker, kind or form, or label in article is of another kind, has other words, or is of somebody else. apart: statement and other are not of one utterance"`
	Why       string   `json:"why,omitempty" maxLength:"2000" doc:"For those who come after"`
	Person    string   `json:"person,omitempty" maxLength:"300" doc:"A name, or a number as in #12"`
	Other     string   `json:"other,omitempty" maxLength:"2000" doc:"Likewise; of apart the other statement"`
	Name      string   `json:"name,omitempty" maxLength:"300"`
	Articles  []string `json:"articles,omitempty" maxItems:"1000" doc:"Ids, addresses or numbers of versions (#12)"`
	Statement string   `json:"statement,omitempty" maxLength:"2000" doc:"The id of a hit, or ARTICLE#s3"`
	Article   string   `json:"article,omitempty" maxLength:"2000" doc:"The one that has the label"`
	Label     string   `json:"label,omitempty" maxLength:"300"`
	Of        string   `json:"of,omitempty" maxLength:"300" doc:"Whose label it is, where the article calls several so"`
	Speaker   string   `json:"speaker,omitempty" maxLength:"300" doc:"A name, a number as in #12, or unknown"`
	Kind      string   `json:"kind,omitempty" enum:",claim,denial,prediction,warning,promise,demand,question,praise,criticism,label,title,role" doc:"The last three of a label"`
	Form      string   `json:"form,omitempty" enum:",direct,indirect,mixed"`
	Words     string   `json:"words,omitempty" maxLength:"300" doc:"Those of the article that make up the label, as it has them"`
	To        string   `json:"to,omitempty" maxLength:"300" doc:"The actor of the article who is called so"`
}

// lacks is what a verdict has to say and does not.
func (v *verdict) lacks() string {
	needed := map[string][]struct{ name, is string }{
		"merge":   {{"person", v.Person}, {"other", v.Other}},
		"rename":  {{"person", v.Person}, {"name", v.Name}},
		"split":   {{"person", v.Person}, {"articles", strings.Join(v.Articles, "")}},
		"reject":  {{"statement", v.Statement}},
		"apart":   {{"statement", v.Statement}, {"other", v.Other}},
		"correct": {{"statement", v.Statement}, {"speaker, kind or form", v.Speaker + v.Kind + v.Form}},
	}[v.What]
	if v.aboutLabel() {
		needed[0].name, needed[0].is = "article", v.Article
		if v.What == "correct" {
			needed[1].name, needed[1].is = "kind, words or to", v.Kind+v.Words+v.To
		}
	}
	for _, x := range needed {
		if strings.TrimSpace(x.is) == "" {
			return x.name
		}
	}
	return ""
}

// aboutLabel reports whether a verdict is about a label, and no statement.
func (v *verdict) aboutLabel() bool {
	return (v.What == "reject" || v.What == "correct") && v.Statement == "" && v.Label != ""
}

// decide does what a verdict says.
func (v *verdict) decide(ctx context.Context, d *desk.Desk, by desk.Verdict) (desk.Decision, error) {
	switch v.What {
	case "merge":
		return d.Merge(ctx, v.Person, v.Other, by)
	case "rename":
		return d.Rename(ctx, v.Person, v.Name, by)
	case "split":
		return d.Split(ctx, v.Person, v.Articles, by)
	case "apart":
		return d.Part(ctx, v.Statement, v.Other, by)
	case "reject":
		if v.aboutLabel() {
			return d.RejectLabel(ctx, v.Article, v.Label, v.Of, by)
		}
		return d.Reject(ctx, v.Statement, by)
	}
	if v.aboutLabel() {
		return d.CorrectLabel(ctx, v.Article, v.Label, v.Of, desk.LabelChange{Kind: v.Kind, Words: v.Words, To: v.To}, by)
	}
	return d.Correct(ctx, v.Statement, desk.Change{Speaker: v.Speaker, Kind: v.Kind, Form: v.Form}, by)
}

func (s *server) aboutDeciding(api huma.API) {
	decide := operation("decide", http.MethodPost, "/decisions", "Decides something about people, statements or labels; for reviewers", http.StatusNotFound, http.StatusConflict)
	decide.DefaultStatus = http.StatusCreated
	huma.Register(api, decide, func(ctx context.Context, in *struct{ Body verdict }) (*answer[decision], error) {
		if err := needs(ctx, visit.Reviewer); err != nil {
			return nil, err
		}
		if x := in.Body.lacks(); x != "" {
			return nil, huma.Error422UnprocessableEntity("a " + in.Body.What + " has to say: " + x)
		}
		out, err := in.Body.decide(ctx, s.Desk, desk.Verdict{Who: decider(ctx), Why: strings.TrimSpace(in.Body.Why)})
		if err != nil {
			return nil, s.undecided(ctx, err)
		}
		return &answer[decision]{Body: madeOf(out)}, nil
	})
	undo := operation("undoDecision", http.MethodPost, "/decisions/{id}/undo", "Takes a decision back; for reviewers", http.StatusNotFound, http.StatusConflict)
	huma.Register(api, undo, func(ctx context.Context, in *struct {
		ID int64 `path:"id" minimum:"1"`
	},
	) (*answer[decision], error) {
		if err := needs(ctx, visit.Reviewer); err != nil {
			return nil, err
		}
		out, err := s.Desk.Undo(ctx, in.ID, decider(ctx))
		if err != nil {
			return nil, s.undecided(ctx, err)
		}
		return &answer[decision]{Body: madeOf(out)}, nil
	})
}

// madeOf is a decision that was made or undone just now.
func madeOf(d desk.Decision) decision {
	return decision{ID: d.ID, Made: d.Made, Who: d.Who, Why: d.Why, What: d.What, Undone: d.Undone, By: d.By, Says: d.About}
}

// decider is the name of who decides.
func decider(ctx context.Context) string {
	return cmp.Or(visit.From(ctx).User, "somebody at this machine")
}

// undecided is why something could not be decided, as it is answered.
func (s *server) undecided(ctx context.Context, err error) error {
	var several *desk.AmbiguousError
	var refused *desk.RefusedError
	switch {
	case errors.As(err, &several), errors.As(err, &refused):
		return huma.Error409Conflict(err.Error())
	}
	return s.fault(ctx, err)
}
