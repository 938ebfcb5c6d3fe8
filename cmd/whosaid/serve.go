package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/time/rate"

	"whosaid/internal/alert"
	"whosaid/internal/archive"
	"whosaid/internal/archive/location"
	"whosaid/internal/desk"
	"whosaid/internal/ingest"
	"whosaid/internal/ingest/fetch"
	"whosaid/internal/intake"
	"whosaid/internal/pipeline"
	"whosaid/internal/serve/api"
	"whosaid/internal/serve/door"
	"whosaid/internal/serve/mcp"
	"whosaid/internal/serve/web"
	"whosaid/internal/state"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	stateFlags
	config  string
	addr    string
	sample  bool
	hosts   []string
	public  bool
	https   bool
	proxies []string

	cert, key string
	acme      []string
	acmeMail  string
	acmeAt    string

	rate     float64
	burst    int
	maxBody  size
	sessions time.Duration

	precision    string
	readers      int
	allowPrivate bool
	contact      string

	smtp, mailFrom string
	look           time.Duration

	log           string
	notice, grace time.Duration
}

// defaultAddr is where the server listens: on this machine alone.
const defaultAddr = "127.0.0.1:8080"

func newServeCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Shows the archive as pages, and answers programs",
		Long: example("whosaid serve") +
			"Shows the archive as pages at http://" + defaultAddr + " and answers programs under /api/v1 there.\n\n" +
			"On this machine alone nobody needs to sign in. Where others can reach it, it starts only once there are users (whosaid user add), or with --public-read.\n\n" +
			"Every flag can stand in a file too (--config, TOML: addr = \"0.0.0.0:8080\") and in the environment (" + variable("addr") + "); the command line counts before the environment, and that before the file.",
		Example: strings.Join([]string{
			"whosaid serve --sample",
			"whosaid serve --archive campaign.db --addr 127.0.0.1:9000",
			"whosaid serve --addr 0.0.0.0:443 --acme-host news.example.org",
			"whosaid serve --config /etc/whosaid.toml",
		}, "\n"),
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	f.register(cmd)
	f.maxBody = door.DefaultMaxBody
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.config, "config", "", "a file with any of these flags, in TOML")
	flags.StringVar(&f.addr, "addr", defaultAddr, "where to listen: HOST:PORT")
	flags.BoolVar(&f.sample, "sample", false, "show a small archive of invented articles, for a first look")
	flags.StringSliceVar(&f.hosts, "host", nil, "a name by which the server is reached; may be given several times")
	flags.BoolVar(&f.public, "public-read", false, "let everybody read without signing in")
	flags.StringVar(&f.cert, "tls-cert", "", "serve https with the certificate in this file (PEM), read again when it changes")
	flags.StringVar(&f.key, "tls-key", "", "and the key in this one")
	flags.StringSliceVar(&f.acme, "acme-host", nil, "serve https with a certificate for this name from Let's Encrypt; needs port 443")
	flags.StringVar(&f.acmeMail, "acme-mail", "", "an address that Let's Encrypt may write to")
	flags.StringVar(&f.acmeAt, "acme-directory", "", "get it from another authority: the address of its ACME directory")
	flags.BoolVar(&f.https, "https", false, "a proxy in front speaks https: cookies go over that alone")
	flags.StringSliceVar(&f.proxies, "proxy", nil, "a proxy in front, address or network, whose X-Forwarded-For is believed")
	flags.Float64Var(&f.rate, "rate", 20, "requests a second of one user or address; 0 for no limit")
	flags.IntVar(&f.burst, "burst", 200, "and so many at once")
	flags.Var(&f.maxBody, "max-body", "refuse requests longer than this")
	flags.DurationVar(&f.sessions, "session", door.DefaultSession, "how long somebody stays signed in")
	flags.StringVar(&f.precision, "precision", "quantised", "of the model: quantised (fast) or float32")
	flags.IntVar(&f.readers, "jobs", 1, "articles that are handed in and read at once")
	flags.BoolVar(&f.allowPrivate, "allow-private", false, "fetch from, and send alerts to, private addresses too")
	flags.StringVar(&f.contact, "contact", "", "an address or page about you, told to the sites that pages are fetched from")
	flags.StringVar(&f.smtp, "smtp", "", "the server that alerts are mailed by: smtp://user:password@host:587 (keep it in the file)")
	flags.StringVar(&f.mailFrom, "mail-from", "", "the address that they come from")
	flags.DurationVar(&f.look, "look", alert.DefaultLook, "how often alerts look for what is new")
	flags.StringVar(&f.log, "log", "text", "text or json, to standard error")
	flags.DurationVar(&f.notice, "notice", 0, "when it ends, say so at /healthz for so long before taking no more requests")
	flags.DurationVar(&f.grace, "grace", door.DefaultGrace, "when it ends, let requests that run go on for so long")
	return cmd
}

// logger writes the log as it was asked for.
func (f *serveFlags) logger(w io.Writer) (*slog.Logger, error) {
	switch f.log {
	case "text":
		return slog.New(slog.NewTextHandler(w, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, nil)), nil
	}
	return nil, usagef("there is no log %q: choose text or json", f.log)
}

func (f *serveFlags) check() (proxies []netip.Prefix, mail *alert.Mail, err error) {
	switch {
	case (f.cert == "") != (f.key == ""):
		return nil, nil, usagef("--tls-cert and --tls-key go together")
	case f.cert != "" && len(f.acme) > 0:
		return nil, nil, usagef("--tls-cert and --acme-host exclude each other")
	case f.acmeAt != "" && len(f.acme) == 0:
		return nil, nil, usagef("--acme-directory goes with --acme-host")
	case f.rate < 0 || f.burst < 1 || f.readers < 1:
		return nil, nil, usagef("--rate cannot be negative, and --burst and --jobs are 1 or more")
	case (f.smtp == "") != (f.mailFrom == ""):
		return nil, nil, usagef("--smtp and --mail-from go together")
	}
	if _, err := stageOptions(f.precision); err != nil {
		return nil, nil, err
	}
	for _, text := range f.proxies {
		p, err := netip.ParsePrefix(text)
		if ip, single := netip.ParseAddr(text); single == nil {
			p, err = ip.Prefix(ip.BitLen())
		}
		if err != nil {
			return nil, nil, usagef("--proxy %s is neither an address nor a network", text)
		}
		proxies = append(proxies, p)
	}
	if f.smtp != "" {
		if mail, err = alert.NewMail(f.smtp, f.mailFrom); err != nil {
			return nil, nil, usageError{err}
		}
	}
	return proxies, mail, nil
}

// serveMemory is the bytes beyond which a server collects garbage eagerly, unless
// GOMEMLIMIT says otherwise: what pages are made of would double its size.
const serveMemory = 200 << 20

func (f *serveFlags) run(cmd *cobra.Command) (err error) {
	if err := configure(cmd, f.config); err != nil {
		return err
	}
	proxies, mail, err := f.check()
	if err != nil {
		return err
	}
	log, err := f.logger(cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(serveMemory)
	}
	ctx := cmd.Context()
	store, err := f.openArchive(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if p, ok := store.(passing); ok {
		f.file = filepath.Join(p.folder, "sample.serve")
	}
	kept, err := f.openState(cmd)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()

	listener, local, err := door.Listen(ctx, f.addr)
	if err != nil {
		return err
	}
	defer listener.Close() // the server has closed it already, unless it never began
	// With one thread to run on, who has asked something would not be heard while
	// a page is made.
	processors := runtime.GOMAXPROCS(0)
	runtime.GOMAXPROCS(max(processors, 2))
	at := desk.New(store)
	book := alert.NewBook(at, kept)
	in := f.intake(at)
	d, err := door.New(ctx, door.Options{
		State: kept, Pages: web.New(at, web.Options{Log: log, Sample: f.sample, Intake: in, Alerts: book, Mail: mail != nil, AtOnce: processors}), API: programs(at, in, kept, book, log),
		Open: []string{"/static/"}, Feeds: []string{"/feeds/"},
		Local: local, Hosts: slices.Concat(f.hosts, f.acme), PublicRead: f.public,
		Secure: f.https || f.cert != "" || len(f.acme) > 0, Proxies: proxies,
		Rate: rate.Limit(f.rate), Burst: f.burst, MaxBody: int64(f.maxBody), Session: f.sessions, Log: log,
	})
	if err != nil {
		return fmt.Errorf("it does not start at %s: %w", f.addr, err)
	}
	var tasks sync.WaitGroup
	defer tasks.Wait()
	background, stop := context.WithCancel(ctx)
	defer stop()
	runner := alert.NewRunner(book, alert.Options{
		Look: f.look, Mail: mail, Log: log,
		HTTP: fetch.Transport(fetch.Options{AllowPrivate: f.allowPrivate, Timeout: ingest.DefaultTimeout}),
	})
	tasks.Go(func() { runner.Run(background) })
	tasks.Go(func() {
		at.KeepLinked(background, time.Minute, func(err error) { log.Error("what is new was not compared", "error", err) })
	})
	if w, ok := at.Store().(archive.Warmer); ok {
		tasks.Go(func() {
			if err := w.Warm(background); err != nil && background.Err() == nil {
				log.Error("the archive could not be read ahead", "error", err)
			}
		})
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Open %s in a browser; Ctrl+C ends it.\n", f.address(listener.Addr()))
	state, err := f.statePath()
	if err != nil {
		return err
	}
	return d.Serve(ctx, door.Listening{
		Listener: listener, Certificate: f.cert, Key: f.key,
		ACME: f.acme, ACMEFolder: filepath.Join(filepath.Dir(state), "certificates"), ACMEContact: f.acmeMail, ACMEDirectory: f.acmeAt,
		Notice: f.notice, Grace: f.grace,
	})
}

// openArchive opens the archive to be written to, or read alone if that is all
// that is possible; or the sample, in an archive that lasts as long as ctx.
func (f *serveFlags) openArchive(ctx context.Context) (archive.Store, error) {
	if f.sample {
		return openSample(ctx)
	}
	where, err := f.path()
	if err != nil {
		return nil, err
	}
	store, err := location.Open(ctx, where, false)
	if errors.Is(err, archive.ErrReadOnly) {
		return location.Open(ctx, where, true)
	}
	return store, err
}

// intake reads what visitors hand in.
func (f *serveFlags) intake(d *desk.Desk) *intake.Intake {
	options := ingest.Options{AllowPrivate: f.allowPrivate, MaxInput: mostFetched, MaxUnpacked: mostUnpacked, MaxPages: mostPages, UserAgent: agent(f.contact)}
	options.Client = ingest.NewClient(options)
	return intake.New(intake.Options{
		Pipeline: func() (*pipeline.Pipeline, error) { return newPipeline(f.precision) },
		Reader:   func() string { return reader(f.precision) },
		Ingest:   options, Keep: d.Keep, Vectors: desk.Vectors, AtOnce: f.readers,
	})
}

// programs is what answers programs.
func programs(d *desk.Desk, in *intake.Intake, kept *state.Store, book *alert.Book, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", api.New(api.Options{Desk: d, Intake: in, Alerts: book, State: kept, Version: version(), Log: log}))
	mux.Handle("/mcp", mcp.New(d, version()))
	return mux
}

// What an address that is handed in may lead to.
const (
	mostFetched  = 8 << 20  // bytes of a page
	mostUnpacked = 32 << 20 // without its compression
	mostPages    = 20       // of a feed
)

// agent is how fetching presents itself: with a contact if there is one.
func agent(contact string) string {
	if contact == "" {
		return ingest.DefaultUserAgent
	}
	return strings.TrimSuffix(ingest.DefaultUserAgent, ")") + "; " + strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '(' || r == ')' {
			return -1
		}
		return r
	}, contact) + ")"
}

// address is where a browser finds the server.
func (f *serveFlags) address(at net.Addr) string {
	scheme, usual := "http", "80"
	if f.cert != "" || len(f.acme) > 0 {
		scheme, usual = "https", "443"
	}
	host, port, err := net.SplitHostPort(at.String())
	if err != nil {
		return scheme + "://" + at.String()
	}
	if names := slices.Concat(f.acme, f.hosts); len(names) > 0 {
		host = names[0]
	} else if ip, err := netip.ParseAddr(host); err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	if port == usual {
		return scheme + "://" + host
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// number reads the id of something.
func number(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 {
		return 0, usagef("%.40q is no id: take one of those that list shows", text)
	}
	return id, nil
}
