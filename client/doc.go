// Package client asks the API of a whosaid server. It is generated from the
// API's own description (.ci/client makes it anew) but for this file.
//
//	c, err := client.NewClientWithResponses("http://127.0.0.1:8080/api/v1")
//	…
//	found, err := c.SearchWithResponse(ctx, &client.SearchParams{Q: &words})
//	for _, hit := range found.JSON200.Items { … }
//
// A server with users wants a token:
//
//	client.NewClientWithResponses(address, client.WithToken(token))
package client

import (
	"context"
	"net/http"
)

// WithToken sends a token of whosaid token add with each request.
func WithToken(token string) ClientOption {
	return WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+token)
		return nil
	})
}
