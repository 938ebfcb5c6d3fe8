// Package visit is what the doors of the server know of a request before a page
// or the API sees it: who asks, and what a form or a page must carry. Whoever
// stands at the door puts it into the request's context; the pages and the API
// read it there and know nothing of how it was found out.
package visit

import "context"

// The roles, each of which may do what those before it may.
const (
	Public   = ""         // nobody is signed in
	Reader   = "reader"   // reads, searches, exports, saves alerts
	Reviewer = "reviewer" // decides: merges, splits, right and wrong
	Admin    = "admin"    // adds inputs, forgets, manages users
)

// A Visit is one request, as the door sees it. The zero Visit is somebody who
// may read what is public, in a page without forms.
type Visit struct {
	User  string // name of who is signed in; empty on a server without accounts and to the public
	Role  string // Public, Reader, Reviewer or Admin; on loopback without accounts it is Admin
	Token string // what every form must send back (field or header) to be believed; empty where writing is not possible
	Nonce string // of the Content-Security-Policy header, for a style or a script within the page
}

// key is the context's key of a Visit.
type key struct{}

// With is ctx with v in it.
func With(ctx context.Context, v Visit) context.Context { return context.WithValue(ctx, key{}, v) }

// From is the visit in ctx, or the zero Visit where there is none.
func From(ctx context.Context) Visit {
	v, _ := ctx.Value(key{}).(Visit)
	return v
}

// ranks are the roles from the least to the most.
var ranks = map[string]int{Public: 0, Reader: 1, Reviewer: 2, Admin: 3}

// May reports whether v may do what role may. A role that nobody knows may
// nothing, and nobody may what only it may.
func (v Visit) May(role string) bool {
	has, known := ranks[v.Role]
	needs, exists := ranks[role]
	return known && exists && has >= needs
}

// Names of the form's field and of the header in which a write carries its
// Token.
const (
	TokenField  = "token"
	TokenHeader = "X-Whosaid-Token"
)
