package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/record"
	"whosaid/internal/serve/found"
)

// asked is a query in the parameters of an address.
type asked struct {
	Words   string   `query:"q" maxLength:"1000" doc:"Words, which must all occur; \"phrases\"; OR, AND, NOT; brackets; * for any ending"`
	Speaker string   `query:"speaker" maxLength:"200" doc:"Words of the speaker's name"`
	People  []int64  `query:"person,explode" maxItems:"100" doc:"Ids of people, one of whom speaks"`
	About   string   `query:"about" maxLength:"200" doc:"Words of the name of somebody or something spoken of"`
	Outlets []string `query:"outlet,explode" maxItems:"100" doc:"One of which prints it"`
	Kinds   []string `query:"kind,explode" maxItems:"20" enum:"claim,denial,prediction,warning,promise,demand,question,praise,criticism"`
	Forms   []string `query:"form,explode" maxItems:"3" enum:"direct,indirect,mixed"`
	Since   string   `query:"since" maxLength:"20" doc:"Published on this day, month or year, or later: 2022-01-20, 2022-01, 2022"`
	To      string   `query:"to" maxLength:"20" doc:"Published on it or earlier"`
	Sort    string   `query:"sort" enum:"rank,date" doc:"Best first, or latest first"`
}

func (a *asked) of() archive.Query {
	return archive.Query{
		Words: a.Words, Speaker: a.Speaker, People: a.People, About: a.About, Outlets: a.Outlets,
		Kinds: a.Kinds, Forms: a.Forms, Since: a.Since, To: a.To, Sort: archive.Order(a.Sort),
	}
}

// deepest is how far into its hits a search can be read page by page. An export
// has no such bound.
const deepest = 10_000

func (s *server) aboutSearch(api huma.API) {
	huma.Register(api, operation("search", http.MethodGet, "/search", "Finds statements"), s.search)
	export := operation("export", http.MethodGet, "/export", "Everything that a search finds, or the records of all articles, as a stream")
	export.Responses = map[string]*huma.Response{"200": {
		Description: "A hit or a record a line (jsonl), a list of hits (json) or a table (csv)",
		Content: map[string]*huma.MediaType{
			"application/jsonl": {Schema: &huma.Schema{Type: "string"}}, "application/json": {Schema: &huma.Schema{Type: "array", Items: &huma.Schema{Type: "object"}}}, "text/csv": {Schema: &huma.Schema{Type: "string"}},
		},
	}}
	huma.Register(api, export, s.export)
}

func (s *server) search(ctx context.Context, in *struct {
	asked
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	Cursor string `query:"cursor" maxLength:"200"`
},
) (*answer[page[desk.Hit]], error) {
	q := in.of()
	name, err := json.Marshal(q)
	if err != nil {
		return nil, s.fault(ctx, err)
	}
	if q.Skip, err = cursor(in.Cursor, string(name)); err != nil {
		return nil, err
	}
	q.Limit = in.Limit
	f, err := s.Desk.Search(ctx, q)
	if err != nil {
		return nil, s.fault(ctx, err)
	}
	out := &answer[page[desk.Hit]]{Body: page[desk.Hit]{Items: []desk.Hit{}}}
	for _, h := range f.Hits {
		out.Body.Items = append(out.Body.Items, desk.HitOf(h))
	}
	if end := q.Skip + q.Limit; f.More && end+q.Limit <= deepest {
		out.Body.Next = next(end, string(name))
	}
	return out, nil
}

// The types of what is exported, and the endings of its files.
var exported = map[string]struct{ kind, ending string }{
	found.JSON:  {"application/json", "json"},
	found.JSONL: {"application/jsonl", "jsonl"},
	found.CSV:   {"text/csv; charset=utf-8", "csv"},
	"records":   {"application/jsonl", "jsonl"},
}

// export streams: what is asked for is never all in memory, and a fault in its
// middle breaks the answer off, so that nobody takes a part for the whole.
func (s *server) export(ctx context.Context, in *struct {
	asked
	Format string `query:"format" enum:"jsonl,json,csv,records" default:"jsonl" doc:"Of hits; or records, the records of all current articles"`
},
) (*huma.StreamResponse, error) {
	q := in.of()
	if _, err := q.Parse(); err != nil {
		return nil, s.fault(ctx, err)
	}
	return &huma.StreamResponse{Body: func(c huma.Context) {
		c.SetHeader("Content-Type", exported[in.Format].kind)
		c.SetHeader("Content-Disposition", `attachment; filename="whosaid.`+exported[in.Format].ending+`"`)
		flushed, _ := c.BodyWriter().(http.Flusher)
		if flushed != nil {
			flushed.Flush() // from here on it is sent as it comes
		}
		var err error
		if in.Format == "records" {
			err = s.writeRecords(ctx, c)
		} else {
			err = s.writeHits(ctx, c, in.Format, q)
		}
		if err != nil {
			s.Log.Warn("an export was broken off", "error", err)
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

func (s *server) writeRecords(ctx context.Context, c huma.Context) error {
	for v, err := range s.Desk.Since(ctx, 0) {
		if err != nil {
			return err
		}
		if err := record.Encode(v.Doc).Write(c.BodyWriter(), false); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) writeHits(ctx context.Context, c huma.Context, format string, q archive.Query) error {
	out, err := found.New(format, c.BodyWriter(), found.Options{})
	if err != nil {
		return err
	}
	for h, err := range s.Desk.Store().Search(ctx, q) {
		if err != nil {
			return err
		}
		if err := out.Print(h); err != nil {
			return err
		}
	}
	return out.Close()
}
