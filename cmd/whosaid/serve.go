package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/serve/visit"
	"whosaid/internal/serve/web"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	archiveFlags
	addr   string
	sample bool
}

func newServeCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Shows the archive as pages",
		Long: example("whosaid serve") +
			"Shows the archive as pages, to be read in a browser on this computer.",
		Example: "whosaid serve --sample\nwhosaid serve --archive campaign.db --addr 127.0.0.1:9000",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.addr, "addr", "127.0.0.1:8080", "where to listen: HOST:PORT")
	flags.BoolVar(&f.sample, "sample", false, "show a small archive of invented articles, for a first look")
	return cmd
}

func (f *serveFlags) run(cmd *cobra.Command) error {
	ctx := cmd.Context()
	store, err := f.store(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", f.addr)
	if err != nil {
		return err
	}
	token := rand.Text()
	pages := web.New(desk.New(store), web.Options{Sample: f.sample})
	server := &http.Server{
		ReadHeaderTimeout: 10 * time.Second,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "no-referrer")
			pages.ServeHTTP(w, r.WithContext(visit.With(r.Context(), visit.Visit{Role: visit.Admin, Token: token})))
		}),
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Open http://%s in a browser; Ctrl+C ends it.\n", listener.Addr())
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// store is the archive, or the sample in one that lasts as long as ctx.
func (f *serveFlags) store(ctx context.Context) (archive.Store, error) {
	if !f.sample {
		return f.open(ctx, false)
	}
	return openSample(ctx)
}
