package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
)

func (s *server) aboutUtterances(api huma.API) {
	huma.Register(api, operation("getUtterance", http.MethodGet, "/utterances/{statement}", "What was said in a statement, by all who report it: every printing side by side", http.StatusNotFound), func(ctx context.Context, in *struct {
		Statement int64 `path:"statement" minimum:"1" doc:"The id of one of its statements in the archive, as hits have it"`
	},
	) (*answer[*desk.Utterance], error) {
		u, err := s.Desk.Utterance(ctx, in.Statement)
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		return &answer[*desk.Utterance]{Body: whole(u)}, nil
	})
	huma.Register(api, operation("compare", http.MethodGet, "/compare", "Articles side by side: what several of them report, and what one alone does", http.StatusNotFound), func(ctx context.Context, in *struct {
		Articles []string `query:"article,explode" required:"true" minItems:"2" maxItems:"10" doc:"Their ids, addresses, or versions in the archive as in #12"`
	},
	) (*answer[*desk.Comparison], error) {
		var list []*archive.Version
		for _, ref := range in.Articles {
			a, err := s.Desk.Article(ctx, ref, 0)
			if err != nil {
				return nil, s.fault(ctx, err)
			}
			list = append(list, a.Version)
		}
		return &answer[*desk.Comparison]{Body: whole(desk.Compare(list...))}, nil
	})
}
