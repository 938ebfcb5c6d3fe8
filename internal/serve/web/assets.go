package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"net/http"
	"path"

	"github.com/a-h/templ"
)

//go:embed static
var static embed.FS

// An asset is a file that pages ask for. Its address holds a hash of it, so
// that a browser may keep it for good.
type asset struct {
	body []byte
	kind string // MIME type
	hash string
}

// A shelf is all assets by name.
type shelf map[string]asset

// assets are the files in static.
var assets = func() shelf {
	list, err := static.ReadDir("static")
	if err != nil {
		panic(err) // of the program's own files
	}
	out := shelf{}
	for _, e := range list {
		body, err := static.ReadFile("static/" + e.Name())
		if err != nil {
			panic(err) // of the program's own files
		}
		sum := sha256.Sum256(body)
		out[e.Name()] = asset{body, mime.TypeByExtension(path.Ext(e.Name())), hex.EncodeToString(sum[:6])}
	}
	return out
}()

// url is the address of a file.
func (s shelf) url(name string) templ.SafeURL {
	a, ok := s[name]
	if !ok {
		panic("no asset has the name " + name) // a template names one that is not there
	}
	return templ.SafeURL("/static/" + name + "?v=" + a.hash)
}

// ServeHTTP serves a file.
func (s shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, ok := s[r.PathValue("file")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Etag", `"`+a.hash+`"`)
	if r.URL.Query().Get("v") == a.hash {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if r.Header.Get("If-None-Match") == `"`+a.hash+`"` {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = w.Write(a.body) // a reader who has gone needs no answer
}
