package door

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"

	"whosaid/internal/serve/visit"
)

// policy is the Content-Security-Policy: nothing but our own files runs or is
// shown, and what stands within a page only with its nonce. Text of articles
// can hold any markup; were it ever to get out unescaped, it would do nothing.
const policy = "default-src 'none'; script-src 'self' 'nonce-%[1]s'; style-src 'self' 'nonce-%[1]s'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// headed sets the headers that every answer has, and the nonce of its page.
func (d *Door) headed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw := make([]byte, 16)
		_, _ = rand.Read(raw) // it never fails
		nonce := base64.RawURLEncoding.EncodeToString(raw)
		h := w.Header()
		h.Set("Content-Security-Policy", fmt.Sprintf(policy, nonce))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Cache-Control", "private, no-cache")
		if d.o.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r.WithContext(visit.With(r.Context(), visit.Visit{Nonce: nonce})))
	})
}

// A problem is a refusal as programs read it (RFC 9457).
type problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

// refuse answers with a reason: in JSON to programs, in a line to people.
func (d *Door) refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	w.Header().Set("Cache-Control", "no-store")
	if !programs(r) {
		http.Error(w, why, status)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(problem{http.StatusText(status), status, why}); err != nil {
		d.o.Log.Debug("a refusal was not sent whole", "error", err)
	}
}

// fail answers that something broke here, and logs what.
func (d *Door) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // whoever asked has gone
	}
	d.o.Log.Error("a request failed", "path", r.URL.Path, "error", err)
	d.refuse(w, r, http.StatusInternalServerError, "something went wrong here; the log says what")
}
