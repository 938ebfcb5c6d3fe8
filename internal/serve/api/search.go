package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/serve/export"
	"whosaid/internal/serve/found"
)

// Asked is a query in the parameters of an address.
type Asked struct {
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

func (a *Asked) of() archive.Query {
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
	huma.Register(api, operation("countFacets", http.MethodGet, "/facets", "Counts what a search finds by speaker, outlet, kind, form, day and about whom"), s.facets)
	export := operation("export", http.MethodGet, "/export", "What a search finds, or everything where nothing is asked for, as a stream")
	export.Responses = map[string]*huma.Response{"200": {Description: "The articles with the statements that were found, or hits, in the format asked for", Content: map[string]*huma.MediaType{}}}
	for _, f := range exported {
		export.Responses["200"].Content[f.kind] = &huma.MediaType{Schema: &huma.Schema{Type: "string"}}
	}
	huma.Register(api, export, s.export)
}

func (s *server) search(ctx context.Context, in *struct {
	Asked
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

// facets is how many of the statements that a search finds each speaker made,
// and so on.
type facets struct {
	Hits     int            `json:"hits"`
	More     bool           `json:"more" doc:"There are others, which are not counted"`
	Rough    bool           `json:"rough" doc:"Some of those counted may not answer the query after all"`
	Speakers map[string]int `json:"speakers"`
	About    map[string]int `json:"about"`
	Outlets  map[string]int `json:"outlets"`
	Kinds    map[string]int `json:"kinds"`
	Forms    map[string]int `json:"forms"`
	Days     map[string]int `json:"days" doc:"By day of publication; under the empty name where it is not known"`
}

func (s *server) facets(ctx context.Context, in *struct{ Asked }) (*answer[facets], error) {
	f, err := s.Desk.Facets(ctx, in.of())
	if err != nil {
		return nil, s.fault(ctx, err)
	}
	out := facets{f.Hits, f.More, f.Rough, f.Speakers, f.About, f.Outlets, f.Kinds, f.Forms, map[string]int{}}
	for day, n := range f.Days {
		out.Days[day.String()] = n
	}
	return &answer[facets]{Body: out}, nil
}

// exported are the types of what is exported, and the endings of its files: the
// formats of package export that are streams, and hits.
var exported = map[string]struct{ kind, ending string }{
	"jsonl":       {"application/jsonl", "jsonl"},
	"csv":         {"text/csv; charset=utf-8", "csv"},
	"parquet":     {"application/vnd.apache.parquet", "parquet"},
	"conll":       {"text/plain; charset=utf-8", "conllup"},
	"claimreview": {"application/ld+json", "json"},
	"annotation":  {"application/ld+json", "json"},
	"quotation":   {"application/ld+json", "json"},
	"ftm":         {"application/jsonl", "ftm.json"},
	hitsFormat:    {"application/jsonl", "jsonl"},
}

// hitsFormat is the format of hits, as search gives them.
const hitsFormat = "hits"

// export streams: what is asked for is never all in memory, and a fault in its
// middle breaks the answer off, so that nobody takes a part for the whole.
func (s *server) export(ctx context.Context, in *struct {
	Asked
	Format string `query:"format" enum:"jsonl,csv,parquet,conll,claimreview,annotation,quotation,ftm,hits" default:"jsonl" doc:"As of whosaid export; jsonl are records; or hits, one a line, as search gives them"`
},
) (*huma.StreamResponse, error) {
	q := in.of()
	if _, err := q.Parse(); err != nil {
		return nil, s.fault(ctx, err)
	}
	return &huma.StreamResponse{Body: func(c huma.Context) {
		c.SetHeader("Content-Type", exported[in.Format].kind)
		c.SetHeader("Content-Disposition", `attachment; filename="whosaid.`+exported[in.Format].ending+`"`)
		if f, ok := c.BodyWriter().(http.Flusher); ok {
			f.Flush() // from here on it is sent as it comes
		}
		write := s.writeArticles
		if in.Format == hitsFormat {
			write = s.writeHits
		}
		if err := write(ctx, c.BodyWriter(), in.Format, q); err != nil {
			s.Log.Warn("an export was broken off", "error", err)
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

// writeArticles writes articles in a format. It asks for them a few at a time,
// and not as they were at one moment: somebody who reads slowly must not hold a
// view of the archive open.
func (s *server) writeArticles(ctx context.Context, w io.Writer, format string, q archive.Query) error {
	f, err := export.Named(format)
	if err != nil {
		return err
	}
	out, err := f.On(w)
	if err != nil {
		return err
	}
	q.Sort = ""
	if reflect.ValueOf(q).IsZero() {
		for v, err := range s.Desk.Since(ctx, 0) {
			if err == nil {
				err = out.Write(v)
			}
			if err != nil {
				return err
			}
		}
	} else if err := export.Found(ctx, s.Desk.Store(), q, out); err != nil {
		return err
	}
	return out.Close()
}

func (s *server) writeHits(ctx context.Context, w io.Writer, _ string, q archive.Query) error {
	out, err := found.New(found.JSONL, w, found.Options{})
	if err != nil {
		return err
	}
	for h, err := range s.Desk.Store().Search(ctx, q) {
		if err == nil {
			err = out.Print(h)
		}
		if err != nil {
			return err
		}
	}
	return out.Close()
}
