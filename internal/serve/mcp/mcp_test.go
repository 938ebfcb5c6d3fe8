package mcp_test

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"path/filepath"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/archive/sqlite"
	"whosaid/internal/desk"
	"whosaid/internal/serve/mcp"
)

// An assistant's own client asks each tool.
func TestTools(t *testing.T) {
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	m := generated.New(3)
	for n := range 5 {
		r, err := archive.Prepare(m.Article(n).Entry)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Keep(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.PutPeople(t.Context(), archive.Person{ID: 1, Name: "Ida Brandt", Type: "person", Names: []string{"Ida Brandt"}}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(mcp.New(desk.New(store), "test"))
	defer server.Close()
	client := sdk.NewClient(&sdk.Implementation{Name: "a test"}, nil)
	session, err := client.Connect(t.Context(), &sdk.StreamableClientTransport{Endpoint: server.URL, DisableStandaloneSSE: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	tools, err := session.ListTools(t.Context(), nil)
	if err != nil || len(tools.Tools) != 3 {
		t.Fatalf("%d tools, %v", len(tools.Tools), err)
	}
	for _, tool := range tools.Tools {
		if tool.Annotations == nil || !tool.Annotations.ReadOnlyHint {
			t.Errorf("%s does not say that it only reads", tool.Name)
		}
	}
	call := func(name string, args map[string]any) (*sdk.CallToolResult, string) {
		t.Helper()
		out, err := session.CallTool(context.Background(), &sdk.CallToolParams{Name: name, Arguments: args})
		if err != nil {
			t.Fatal(name, err)
		}
		data, err := json.Marshal(out.StructuredContent)
		if err != nil {
			t.Fatal(err)
		}
		return out, string(data)
	}
	_, text := call("search_statements", map[string]any{"kinds": []string{"claim"}, "limit": 2})
	var hits struct {
		Statements []desk.Hit
		More       bool
	}
	if err := json.Unmarshal([]byte(text), &hits); err != nil || len(hits.Statements) != 2 || !hits.More || hits.Statements[0].Article.ID == "" {
		t.Errorf("found %s, %v", text, err)
	}
	if out, _ := call("search_statements", map[string]any{"words": "(open"}); !out.IsError {
		t.Error("a query that cannot be read is no error")
	}
	if _, text = call("person", map[string]any{"name": "Brandt"}); !json.Valid([]byte(text)) || len(text) < 20 {
		t.Errorf("the person is %s", text)
	}
	if out, _ := call("person", map[string]any{"name": "Zzyzx Quill"}); !out.IsError {
		t.Error("nobody is somebody")
	}
	if out, text := call("compare_outlets", map[string]any{"people": []string{"#1"}}); out.IsError {
		t.Errorf("compared: %s", text)
	}
	var compared struct{ Outlets []desk.Outlet }
	out, text := call("compare_outlets", map[string]any{"speaker": hits.Statements[0].Statement.Speakers[0].Name})
	if err := json.Unmarshal([]byte(text), &compared); err != nil || out.IsError || len(compared.Outlets) == 0 {
		t.Fatalf("compared: %s, %v", text, err)
	}
	if o := compared.Outlets[0]; o.Statements == 0 || len(o.Forms) == 0 || len(o.Stances) == 0 || len(o.ByVoice) == 0 || o.ByVoice[0].Times == 0 {
		t.Errorf("an outlet is %+v", o)
	}
	if out, _ := call("compare_outlets", map[string]any{}); !out.IsError {
		t.Error("nothing is compared")
	}
}
