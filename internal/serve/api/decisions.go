package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/serve/visit"
)

// decision is something that somebody decided about the archive.
type decision struct {
	ID     int64      `json:"id"`
	Made   time.Time  `json:"made"`
	Who    string     `json:"who"`
	Why    string     `json:"why"`
	What   string     `json:"what" doc:"merge, split, rename, reject, correct or confirm"`
	About  any        `json:"about,omitempty" doc:"What it is about; its fields depend on what was decided"`
	Undone *time.Time `json:"undone,omitempty"`
	By     string     `json:"undone_by,omitempty"`
	Says   string     `json:"says" doc:"What it is about, in a sentence"`
}

func decisionOf(d archive.Decision) decision {
	out := decision{ID: d.ID, Made: d.Made, Who: d.Who, Why: d.Why, What: d.What, By: d.By, Says: desk.Sentence(d)}
	if json.Valid(d.About) {
		out.About = json.RawMessage(d.About)
	}
	if !d.Undone.IsZero() {
		out.Undone = &d.Undone
	}
	return out
}

// act is something that somebody changed through the server, or tried to.
type act struct {
	ID     int64     `json:"id"`
	Made   time.Time `json:"made"`
	Who    string    `json:"who"`
	Client string    `json:"client"`
	What   string    `json:"what"`
	Status int       `json:"status"`
}

func (s *server) aboutDecisions(api huma.API) {
	huma.Register(api, operation("listDecisions", http.MethodGet, "/decisions", "What was decided about the archive, oldest first"), s.listDecisions)
	s.aboutDeciding(api)
	huma.Register(api, operation("listActs", http.MethodGet, "/audit", "Who changed what through the server, latest first; for administrators"), s.listActs)
}

func (s *server) listDecisions(ctx context.Context, in *struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Cursor string `query:"cursor" maxLength:"200"`
},
) (*answer[page[decision]], error) {
	skip, err := cursor(in.Cursor, "decisions")
	if err != nil {
		return nil, err
	}
	out := &answer[page[decision]]{Body: page[decision]{Items: []decision{}}}
	n := 0
	for d, err := range s.Desk.Store().Decisions(ctx) {
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		if n++; n <= skip {
			continue
		}
		if len(out.Body.Items) == in.Limit {
			out.Body.Next = next(n-1, "decisions")
			break
		}
		out.Body.Items = append(out.Body.Items, decisionOf(d))
	}
	return out, nil
}

func (s *server) listActs(ctx context.Context, in *struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Cursor string `query:"cursor" maxLength:"200"`
},
) (*answer[page[act]], error) {
	if err := needs(ctx, visit.Admin); err != nil {
		return nil, err
	}
	before, err := cursor(in.Cursor, "audit")
	if err != nil {
		return nil, err
	}
	list, err := s.State.Acts(ctx, int64(before), in.Limit+1)
	if err != nil {
		return nil, s.fault(ctx, err)
	}
	out := &answer[page[act]]{Body: page[act]{Items: []act{}}}
	for _, a := range list[:min(len(list), in.Limit)] {
		out.Body.Items = append(out.Body.Items, act{a.ID, a.Made, a.Who, a.Client, a.What, a.Status})
	}
	if len(list) > in.Limit {
		out.Body.Next = next(int(list[in.Limit-1].ID), "audit")
	}
	return out, nil
}
