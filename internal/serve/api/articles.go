package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/record"
)

// version is a version of an article, without what is in it.
type version struct {
	desk.Head
	Number     int       `json:"number" doc:"Of the versions of its article, from 1"`
	Edition    int       `json:"edition" doc:"Of the texts of its article, from 1"`
	Current    bool      `json:"current"`
	Reader     string    `json:"reader" doc:"What read it: program and models"`
	Kept       time.Time `json:"kept"`
	Statements int       `json:"statements"`
}

func versionOf(h *archive.Head) version {
	return version{desk.HeadOf(h.ID, &h.Info), h.Number, h.Edition, h.Current, h.Reader, h.Kept, h.Statements}
}

// InArticle names an article and one of its versions.
type InArticle struct {
	ID      string `path:"id" maxLength:"200" doc:"The article's id"`
	Version int    `query:"version" minimum:"0" maximum:"1000000" doc:"One of its versions, from 1; else the current one"`
}

func (s *server) aboutArticles(api huma.API) {
	huma.Register(api, operation("listArticles", http.MethodGet, "/articles", "Lists current articles, in the order in which they were kept, or the versions of the one at an address", http.StatusNotFound), s.listArticles)
	huma.Register(api, operation("getArticle", http.MethodGet, "/articles/{id}", "The record of an article", http.StatusNotFound), func(ctx context.Context, in *InArticle) (*answer[record.Record], error) {
		a, err := s.Desk.Article(ctx, in.ID, in.Version)
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		return &answer[record.Record]{Body: record.Encode(a.Doc)}, nil
	})
	huma.Register(api, operation("listVersions", http.MethodGet, "/articles/{id}/versions", "The versions of an article, oldest first", http.StatusNotFound), func(ctx context.Context, in *struct {
		ID string `path:"id" maxLength:"200"`
	},
	) (*answer[[]version], error) {
		list, err := s.versions(ctx, in.ID)
		return &answer[[]version]{Body: list}, err
	})
	huma.Register(api, operation("listStatements", http.MethodGet, "/articles/{id}/statements", "The statements of an article", http.StatusNotFound), func(ctx context.Context, in *InArticle) (*answer[[]record.Statement], error) {
		a, err := s.Desk.Article(ctx, in.ID, in.Version)
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		return &answer[[]record.Statement]{Body: record.Encode(a.Doc).Statements}, nil
	})
	huma.Register(api, operation("getStatement", http.MethodGet, "/articles/{id}/statements/{statement}", "One statement", http.StatusNotFound), func(ctx context.Context, in *struct {
		InArticle
		Statement string `path:"statement" maxLength:"40"`
	},
	) (*answer[record.Statement], error) {
		a, err := s.Desk.Article(ctx, in.ID, in.Version)
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		for _, x := range record.Encode(a.Doc).Statements {
			if x.ID == in.Statement {
				return &answer[record.Statement]{Body: x}, nil
			}
		}
		return nil, huma.Error404NotFound(fmt.Sprintf("the article has no statement %.40q", in.Statement))
	})
}

// versions are the versions of an article; one that has none is not there.
func (s *server) versions(ctx context.Context, ref string) ([]version, error) {
	heads, err := s.Desk.Store().Find(ctx, ref)
	if err != nil {
		return nil, s.fault(ctx, err)
	}
	if len(heads) == 0 {
		return nil, s.fault(ctx, fmt.Errorf("article %.200s: %w", ref, archive.ErrNotFound))
	}
	var out []version
	for i := range heads {
		out = append(out, versionOf(&heads[i]))
	}
	return out, nil
}

// largestPage is how many articles a page has at most: each is read for its
// head.
const largestPage = 100

func (s *server) listArticles(ctx context.Context, in *struct {
	URL    string `query:"url" maxLength:"4000" doc:"The versions of the article at this address"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
	Cursor string `query:"cursor" maxLength:"200"`
},
) (*answer[page[version]], error) {
	out := &answer[page[version]]{Body: page[version]{Items: []version{}}}
	if in.URL != "" {
		list, err := s.versions(ctx, in.URL)
		out.Body.Items = list
		return out, err
	}
	after, err := cursor(in.Cursor, "articles")
	if err != nil {
		return nil, err
	}
	last := int64(after)
	for v, err := range s.Desk.Since(ctx, last) {
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		if len(out.Body.Items) == min(in.Limit, largestPage) {
			out.Body.Next = next(int(last), "articles")
			break
		}
		last = v.ID
		out.Body.Items = append(out.Body.Items, versionOf(&v.Head))
	}
	return out, nil
}
