// Command describe prints the API's description in OpenAPI 3.0, for programs
// that do not know 3.1.
package main

import (
	"log"
	"net/http"
	"net/http/httptest"
	"os"

	"whosaid/internal/serve/api"
)

func main() {
	w := httptest.NewRecorder()
	api.New(api.Options{Version: "1"}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/openapi-3.0.json", nil))
	if w.Code != http.StatusOK {
		log.Fatalf("the description is answered %d", w.Code)
	}
	if _, err := w.Body.WriteTo(os.Stdout); err != nil {
		log.Fatal(err)
	}
}
