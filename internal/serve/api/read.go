package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/intake"
	"whosaid/internal/news"
	"whosaid/internal/record"
	"whosaid/internal/serve/visit"
)

// An input is what is handed in to be read.
type input struct {
	URL       string   `json:"url,omitempty" maxLength:"4000" doc:"http or https; private addresses are refused. With a text: where that is from"`
	Text      string   `json:"text,omitempty" maxLength:"2000000" doc:"The article's text"`
	HTML      string   `json:"html,omitempty" maxLength:"2000000" doc:"Or the source of its page"`
	Title     string   `json:"title,omitempty" maxLength:"1000"`
	Outlet    string   `json:"outlet,omitempty" maxLength:"200"`
	Authors   []string `json:"authors,omitempty" maxItems:"50"`
	Published string   `json:"published,omitempty" maxLength:"40" doc:"ISO 8601"`
	Language  string   `json:"language,omitempty" maxLength:"20"`
}

// of is it for the intake.
func (in input) of() intake.Input {
	out := intake.Input{Info: news.Article{Title: in.Title, Outlet: in.Outlet, Authors: in.Authors, Published: in.Published, Language: in.Language}}
	switch {
	case in.HTML != "" && in.Text == "":
		out.Text, out.HTML, out.Info.URL = in.HTML, true, in.URL
	case in.Text != "" && in.HTML == "":
		out.Text, out.Info.URL = in.Text, in.URL
	case in.Text == "" && in.HTML == "":
		out.URL = in.URL
	}
	return out
}

// added is what became of an article.
type added struct {
	Status     archive.Status `json:"status" enum:"new,updated,reread,present,refused"`
	Article    desk.Head      `json:"article"`
	Statements int            `json:"statements"`
	Problems   []string       `json:"problems" doc:"Why it could not be used, wholly or in part"`
}

func (s *server) aboutReading(api huma.API) {
	read := operation("read", http.MethodPost, "/read", "Reads a text or an address and returns its records; nothing is kept", http.StatusServiceUnavailable)
	huma.Register(api, read, func(ctx context.Context, in *struct{ Body input }) (*answer[[]record.Record], error) {
		// It costs a second of a processor, or a fetch: not for everybody.
		if err := needs(ctx, visit.Reader); err != nil {
			return nil, err
		}
		docs, err := s.Intake.Read(ctx, in.Body.of())
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		out := &answer[[]record.Record]{}
		for _, d := range docs {
			out.Body = append(out.Body, record.Encode(d))
		}
		return out, nil
	})
	add := operation("addArticle", http.MethodPost, "/articles", "Reads a text or an address and keeps it in the archive", http.StatusServiceUnavailable)
	huma.Register(api, add, func(ctx context.Context, in *struct{ Body input }) (*answer[[]added], error) {
		if err := needs(ctx, visit.Admin); err != nil {
			return nil, err
		}
		kept, err := s.Intake.Add(ctx, in.Body.of())
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		out := &answer[[]added]{}
		for _, k := range kept {
			a := added{Status: k.Status, Article: desk.HeadOf(k.Version, &k.Doc.Article), Statements: len(k.Doc.Statements), Problems: []string{}}
			for _, p := range k.Doc.Problems {
				a.Problems = append(a.Problems, p.Message)
			}
			out.Body = append(out.Body, a)
		}
		return out, nil
	})
}
