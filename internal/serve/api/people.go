package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"whosaid/internal/desk"
)

// InPerson names a person by their number.
type InPerson struct {
	ID int64 `path:"id" minimum:"1"`
}

func (in *InPerson) ref() string { return "#" + strconv.FormatInt(in.ID, 10) }

func (s *server) aboutPeople(api huma.API) {
	huma.Register(api, operation("listPeople", http.MethodGet, "/people", "People and organisations by name, or those with the most articles"), func(ctx context.Context, in *struct {
		Name  string `query:"name" maxLength:"200" doc:"All of its words, or the most similar"`
		Limit int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	},
	) (*answer[[]desk.Listed], error) {
		list, err := s.Desk.People(ctx, in.Name, in.Limit)
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		return &answer[[]desk.Listed]{Body: whole(list)}, nil
	})
	huma.Register(api, operation("getPerson", http.MethodGet, "/people/{id}", "Names, roles, labels by outlet, ties, and whom they speak of", http.StatusNotFound), func(ctx context.Context, in *struct {
		InPerson
		Evidence int `query:"evidence" minimum:"0" maximum:"20" default:"3" doc:"For up to so many words and ties of each kind"`
	},
	) (*answer[*desk.Person], error) {
		p, err := s.Desk.Person(ctx, in.ref(), in.Evidence)
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		return &answer[*desk.Person]{Body: whole(p)}, nil
	})
	huma.Register(api, operation("getTimeline", http.MethodGet, "/people/{id}/timeline", "What a person said, month by month and kind by kind", http.StatusNotFound), func(ctx context.Context, in *InPerson) (*answer[[]desk.Period], error) {
		list, err := s.Desk.Timeline(ctx, in.ref(), 0)
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		return &answer[[]desk.Period]{Body: whole(list)}, nil
	})
	huma.Register(api, operation("getLabels", http.MethodGet, "/labels", "What outlets call people", http.StatusNotFound, http.StatusConflict), func(ctx context.Context, in *struct {
		People   []string `query:"person,explode" minItems:"1" maxItems:"20" required:"true" doc:"Names, or numbers as in #12"`
		Kinds    []string `query:"kind,explode" maxItems:"3" enum:"role,title,label"`
		Evidence int      `query:"evidence" minimum:"0" maximum:"20" default:"1"`
	},
	) (*answer[*desk.Labels], error) {
		kinds := in.Kinds
		if len(kinds) == 0 {
			kinds = []string{"role", "title", "label"}
		}
		list, err := s.Desk.Labels(ctx, in.People, kinds, in.Evidence)
		var several *desk.AmbiguousError
		if errors.As(err, &several) {
			return nil, huma.Error409Conflict(err.Error())
		}
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		return &answer[*desk.Labels]{Body: whole(list)}, nil
	})
}
