package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"whosaid/internal/archive/generated"
	"whosaid/internal/desk"
	"whosaid/internal/record"
	"whosaid/internal/serve/visit"
	"whosaid/internal/state"
)

// made is a decision as the API gives it.
type made struct {
	ID                   int64
	What, Who, Why, Says string
	Undone               *string
	By                   string `json:"undone_by"`
}

func TestDecide(t *testing.T) {
	p := newPlace(t)
	token := []string{visit.TokenHeader, p.token()}
	var list listed[desk.Hit]
	p.get("/api/v1/search?limit=2&sort=date", &list)
	at := list.Items[0]
	kind := "warning"
	if at.Statement.Kind == kind {
		kind = "denial"
	}
	correct := fmt.Sprintf(`{"what": "correct", "statement": "%d", "kind": %q, "speaker": "unknown", "why": "read the page"}`, at.ID, kind)
	if resp := p.ask("POST", "/api/v1/decisions", correct, nil); resp.Status != http.StatusForbidden {
		t.Errorf("without a token it is answered %d", resp.Status)
	}
	var d made
	if resp := p.ask("POST", "/api/v1/decisions", correct, &d, token...); resp.Status != http.StatusCreated || d.What != "correct" || d.Why != "read the page" || d.Who == "" || d.Says == "" {
		t.Errorf("%d: %+v", resp.Status, d)
	}
	p.get("/api/v1/search?limit=1&sort=date&kind="+kind, &list)
	if got := list.Items[0]; got.ID != at.ID || len(got.Corrected) != 1 || got.Corrected[0].Decision != d.ID || len(got.Statement.Speakers) != 0 {
		t.Errorf("corrected it is %+v", got)
	}
	reject := fmt.Sprintf(`{"what": "reject", "statement": "%d"}`, at.ID)
	p.ask("POST", "/api/v1/decisions", reject, &made{}, token...)
	p.get("/api/v1/search?limit=1&sort=date", &list)
	if list.Items[0].ID == at.ID {
		t.Error("what was rejected is found")
	}
	for _, c := range []struct {
		path, body string
		want       int
	}{
		{"", reject, http.StatusConflict},
		{"", `{"what": "reject", "statement": "999999"}`, http.StatusNotFound},
		{"", `{"what": "reject"}`, http.StatusUnprocessableEntity},
		{"", `{"what": "reject", "label": "hawk"}`, http.StatusUnprocessableEntity},
		{"", `{"what": "reject", "article": "nowhere", "label": "hawk"}`, http.StatusNotFound},
		{"", `{"what": "correct", "statement": "1"}`, http.StatusUnprocessableEntity},
		{"", `{"what": "apart", "statement": "1"}`, http.StatusUnprocessableEntity},
		{"", `{"what": "apart", "statement": "1", "other": "1"}`, http.StatusConflict},
		{"", `{"what": "apart", "statement": "1", "other": "999999"}`, http.StatusNotFound},
		{"", `{"what": "correct", "article": "#1", "label": "hawk"}`, http.StatusUnprocessableEntity},
		{"", `{"what": "correct", "article": "#1", "label": "hawk", "kind": "role"}`, http.StatusConflict},
		{"", `{"what": "correct", "statement": "1", "kind": "song"}`, http.StatusUnprocessableEntity},
		{"", `{"what": "merge", "person": "Nobody Atall", "other": "#1"}`, http.StatusNotFound},
		{"", `{"what": "split", "person": "#1"}`, http.StatusUnprocessableEntity},
		{"", `{"what": "judge"}`, http.StatusUnprocessableEntity},
		{"/99/undo", "", http.StatusNotFound},
	} {
		if resp := p.ask("POST", "/api/v1/decisions"+c.path, c.body, nil, token...); resp.Status != c.want {
			t.Errorf("%s%s is answered %d, want %d", c.path, c.body, resp.Status, c.want)
		}
	}
	var all listed[made]
	p.get("/api/v1/decisions", &all)
	if len(all.Items) != 2 || all.Items[1].What != "reject" {
		t.Fatalf("the decisions are %+v", all.Items)
	}
	for _, x := range all.Items {
		path := fmt.Sprintf("/api/v1/decisions/%d/undo", x.ID)
		var undone made
		if resp := p.ask("POST", path, "", &undone, token...); resp.Status != http.StatusOK || undone.Undone == nil || undone.By == "" {
			t.Errorf("undone it is %d %+v", resp.Status, undone)
		}
		if resp := p.ask("POST", path, "", nil, token...); resp.Status != http.StatusConflict {
			t.Errorf("undone twice it is answered %d", resp.Status)
		}
	}
	p.get("/api/v1/search?limit=2&sort=date", &list)
	if list.Items[0].ID != at.ID || list.Items[0].Statement.Kind != at.Statement.Kind {
		t.Errorf("undone it is %+v", list.Items[0])
	}

	d = made{}
	if resp := p.ask("POST", "/api/v1/decisions", `{"what": "apart", "statement": "2", "other": "3"}`, &d, token...); resp.Status != http.StatusCreated || d.What != "apart" || d.Says == "" {
		t.Errorf("told apart: %d, %+v", resp.Status, d)
	}
}

// A label is corrected as a statement is, and taken back.
func TestDecideLabel(t *testing.T) {
	p := newPlace(t)
	doc := generated.New(3).Article(0).Doc
	count := map[string]int{}
	for _, a := range doc.Actors {
		for _, x := range a.Descriptions {
			count[x.Text(doc.Text)]++
		}
	}
	label, of, kind := "", "", ""
	for _, a := range doc.Actors {
		for _, x := range a.Descriptions {
			if count[x.Text(doc.Text)] == 1 {
				label, of, kind = x.Text(doc.Text), a.Name, x.Kind
			}
		}
	}
	to := "title"
	if kind == to {
		to = "role"
	}
	has := func(kind string) bool {
		var got record.Record
		p.get("/api/v1/articles/"+doc.ID, &got)
		for _, a := range got.Actors {
			for _, x := range a.Descriptions {
				if a.Name == of && x.Text == label && x.Kind == kind {
					return true
				}
			}
		}
		return false
	}
	if label == "" || !has(kind) || has(to) {
		t.Fatalf("%s of %s is no %s", label, of, kind)
	}
	var d made
	body := fmt.Sprintf(`{"what": "correct", "article": "#1", "label": %q, "of": %q, "kind": %q}`, label, of, to)
	token := []string{visit.TokenHeader, p.token()}
	if resp := p.ask("POST", "/api/v1/decisions", body, &d, token...); resp.Status != http.StatusCreated || d.What != "correct" {
		t.Fatalf("%d: %+v", resp.Status, d)
	}
	if has(kind) || !has(to) {
		t.Errorf("%s of %s is no %s", label, of, to)
	}
	p.ask("POST", fmt.Sprintf("/api/v1/decisions/%d/undo", d.ID), "", &made{}, token...)
	if !has(kind) || has(to) {
		t.Errorf("taken back, %s of %s is no %s", label, of, kind)
	}
}

// Who reads may not decide; what was decided is by whoever the token is of, and
// is in the audit.
func TestDecideRoles(t *testing.T) {
	p := newPlace(t)
	reject := `{"what": "reject", "statement": "1"}`
	for _, c := range []struct {
		role, scope string
		want        int
	}{
		{visit.Reader, "write", http.StatusForbidden},
		{visit.Reviewer, "read", http.StatusForbidden},
		{visit.Reviewer, "write", http.StatusCreated},
	} {
		name := c.role + "-" + c.scope
		if err := p.state.AddUser(t.Context(), name, c.role, "a long enough password"); err != nil {
			t.Fatal(err)
		}
		_, secret, err := p.state.AddToken(t.Context(), state.Token{User: name, Name: name, Scope: c.scope})
		if err != nil {
			t.Fatal(err)
		}
		if resp := p.ask("POST", "/api/v1/decisions", reject, nil, "Authorization", "Bearer "+secret); resp.Status != c.want {
			t.Errorf("%s is answered %d, want %d", name, resp.Status, c.want)
		}
	}
	for d, err := range p.store.Decisions(t.Context()) {
		if err != nil || d.Who != "reviewer-write" {
			t.Errorf("%+v, %v", d, err)
		}
	}
	acts, err := p.state.Acts(t.Context(), 0, 10)
	if err != nil || len(acts) == 0 || acts[0].Who != "reviewer-write" {
		t.Errorf("the audit is %+v, %v", acts, err)
	}
}
