// Package api is what programs ask: JSON over HTTP under /api/v1, described in
// OpenAPI 3.1 at /api/v1/openapi.json, and the feeds of alerts under /feeds/.
//
// Records are those that `whosaid read --format json` prints. Lists come in
// pages: "next" is the cursor of the following one. Faults are problem+json
// (RFC 9457). Every answer that may be asked for again carries an ETag.
//
// Who asks, and whether a write is believed, package door has settled; it is in
// the request's context (package visit).
package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"whosaid/internal/alert"
	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/intake"
	"whosaid/internal/serve/visit"
	"whosaid/internal/state"
)

// Options are what the API asks.
type Options struct {
	Desk    *desk.Desk
	Intake  *intake.Intake
	Alerts  *alert.Book
	State   *state.Store
	Version string       // of the program
	Log     *slog.Logger // of what failed; nothing if nil
}

// prefix is where the API lies.
const prefix = "/api/v1"

// A server answers the operations.
type server struct{ Options }

// New is the handler of /api/ and of /feeds/.
func New(o Options) http.Handler {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	mux := http.NewServeMux()
	s := &server{o}
	s.describe(mux)
	mux.HandleFunc("GET /feeds/{id}/{file}", s.feed)
	mux.HandleFunc("/api/", nothing)
	return tagged(mux)
}

// describe adds the operations to mux.
func (s *server) describe(mux *http.ServeMux) huma.API {
	// Lists of a record are never null.
	huma.DefaultArrayNullable = false
	c := huma.DefaultConfig("whosaid", s.Version)
	c.Info.Description = "Who said what in the news: statements with their speakers, and positions in the text that prove each. Positions are Unicode code points."
	c.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	c.Servers = []*huma.Server{{URL: prefix}}
	c.DocsPath, c.SchemasPath = "", ""
	c.CreateHooks = nil // a record has the fields of a record and no others
	c.RejectUnknownQueryParameters = true
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "Of whosaid token add. On a server without users none is needed to read; a write needs the header " + visit.TokenHeader + " with the token that /visit gives."},
	}
	c.Security = []map[string][]string{{"token": {}}, {}}
	api := humago.NewWithPrefix(mux, prefix, c)
	s.aboutVisits(api)
	s.aboutReading(api)
	s.aboutArticles(api)
	s.aboutSearch(api)
	s.aboutPeople(api)
	s.aboutUtterances(api)
	s.aboutDecisions(api)
	s.aboutAlerts(api)
	allowNull(api.OpenAPI().Components.Schemas)
	return api
}

// nothing answers for what is not there.
func nothing(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(http.StatusNotFound)
	_, _ = fmt.Fprintln(w, `{"title":"Not Found","status":404,"detail":"the API has nothing at this address; /api/v1/openapi.json says what it has"}`)
}

// operation is an operation as all of them are.
func operation(id, method, path, summary string, faults ...int) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary,
		Errors: append([]int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusUnprocessableEntity, http.StatusInternalServerError}, faults...),
	}
}

// needs is an error unless the visitor may do what a role may.
func needs(ctx context.Context, role string) error {
	if v := visit.From(ctx); !v.May(role) {
		return huma.Error403Forbidden("only a " + role + " may do this")
	}
	return nil
}

// fault is an error as it is answered.
func (s *server) fault(ctx context.Context, err error) error {
	var query *archive.QueryError
	var input *intake.InputError
	var bad *alert.BadError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, archive.ErrNotFound), errors.Is(err, alert.ErrNotFound), errors.Is(err, state.ErrNotFound):
		return huma.Error404NotFound(err.Error())
	case errors.As(err, &query), errors.As(err, &bad):
		return huma.Error422UnprocessableEntity(err.Error())
	case errors.As(err, &input):
		return huma.Error422UnprocessableEntity(err.Error())
	case errors.Is(err, archive.ErrNoRecord):
		return huma.Error422UnprocessableEntity(err.Error())
	case errors.Is(err, intake.ErrBusy), errors.Is(err, archive.ErrBusy):
		return huma.ErrorWithHeaders(huma.Error503ServiceUnavailable(err.Error()), http.Header{"Retry-After": {"30"}})
	case errors.Is(err, archive.ErrReadOnly):
		return huma.Error403Forbidden(err.Error())
	case ctx.Err() != nil:
		return huma.NewError(499, "the client has gone") // nobody reads it; the log does
	}
	s.Log.Error("a request of the API failed", "error", err)
	return huma.Error500InternalServerError("something went wrong here; the log says what")
}

// A visitor is who asks.
type visitor struct {
	User  string `json:"user" doc:"Empty on a server without users and to the public"`
	Role  string `json:"role" enum:",reader,reviewer,admin"`
	Token string `json:"token" doc:"What a write carries as X-Whosaid-Token, unless it carries a token of its own"`
}

func (s *server) aboutVisits(api huma.API) {
	huma.Register(api, operation("getVisit", http.MethodGet, "/visit", "Who asks, and what they may"), func(ctx context.Context, _ *struct{}) (*answer[visitor], error) {
		v := visit.From(ctx)
		return &answer[visitor]{Body: visitor{v.User, v.Role, v.Token}}, nil
	})
	type counts struct {
		Articles   int64 `json:"articles"`
		Versions   int64 `json:"versions"`
		Statements int64 `json:"statements" doc:"In current versions"`
		Outlets    int64 `json:"outlets"`
		People     int64 `json:"people"`
	}
	huma.Register(api, operation("getStats", http.MethodGet, "/stats", "What is in the archive"), func(ctx context.Context, _ *struct{}) (*answer[counts], error) {
		st, err := s.Desk.Store().Stats(ctx)
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		return &answer[counts]{Body: counts{st.Articles, st.Versions, st.Statements, st.Outlets, st.People}}, nil
	})
}

// answer is an answer with a body and no more.
type answer[T any] struct{ Body T }

// A page is a part of a list.
type page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"The cursor of what follows; none where nothing does"`
}
