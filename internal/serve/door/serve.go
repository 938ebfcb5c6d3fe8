package door

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// Listening says where and how a server listens.
type Listening struct {
	Listener net.Listener

	Certificate, Key string   // files in PEM, read again when they change; or
	ACME             []string // names to get certificates for
	ACMEFolder       string   // where these are kept
	ACMEDirectory    string   // address of the authority's directory; Let's Encrypt's if empty
	ACMEContact      string   // an e-mail address for the authority, may be empty

	// Notice is how long /healthz says that the server is shutting down before
	// it takes no more requests; Grace, how long those that run may go on.
	Notice, Grace time.Duration
}

// DefaultGrace is how long requests may go on after the end was asked for.
const DefaultGrace = 15 * time.Second

// Serve answers requests until ctx is done, then lets those that run come to
// their end.
func (d *Door) Serve(ctx context.Context, l Listening) error {
	if l.Grace <= 0 {
		l.Grace = DefaultGrace
	}
	// What runs when ctx is done may go on for the grace.
	inner, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	srv := &http.Server{
		Handler:           d,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * slowest,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return inner },
		ErrorLog:          slog.NewLogLogger(d.o.Log.Handler(), slog.LevelDebug),
	}
	listener := l.Listener
	if config, err := l.tls(); err != nil {
		return err
	} else if config != nil {
		srv.TLSConfig = config
		listener = tls.NewListener(listener, config)
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("the server ended: %w", err)
	case <-ctx.Done():
	}
	d.draining.Store(true)
	if l.Notice > 0 {
		time.Sleep(l.Notice)
	}
	d.drain()
	late, cancel := context.WithTimeout(inner, l.Grace)
	defer cancel()
	err := srv.Shutdown(late)
	if errors.Is(err, context.DeadlineExceeded) {
		d.o.Log.Warn("some requests did not end in time and were broken off", "grace", l.Grace)
		stop()
		err = srv.Close()
	}
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// tls is how connections are made secret; nil if they are not.
func (l Listening) tls() (*tls.Config, error) {
	switch {
	case l.Certificate != "":
		files := &certificate{cert: l.Certificate, key: l.Key}
		if _, err := files.get(nil); err != nil {
			return nil, fmt.Errorf("the certificate cannot be used: %w", err)
		}
		return &tls.Config{GetCertificate: files.get, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}, nil
	case len(l.ACME) > 0:
		m := &autocert.Manager{
			Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(l.ACMEFolder),
			HostPolicy: autocert.HostWhitelist(l.ACME...), Email: l.ACMEContact,
		}
		if l.ACMEDirectory != "" {
			m.Client = &acme.Client{DirectoryURL: l.ACMEDirectory}
		}
		config := m.TLSConfig()
		config.MinVersion = tls.VersionTLS12
		return config, nil
	}
	return nil, nil
}

// A certificate is read from its files again when they change.
type certificate struct {
	cert, key string

	mu     sync.Mutex
	looked time.Time
	made   time.Time
	is     *tls.Certificate
}

// relook is how often the files are looked at.
const relook = time.Minute

func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.is != nil && time.Since(c.looked) < relook {
		return c.is, nil
	}
	c.looked = time.Now()
	info, err := os.Stat(c.cert)
	if err == nil && c.is != nil && info.ModTime().Equal(c.made) {
		return c.is, nil
	}
	if err == nil {
		var pair tls.Certificate
		if pair, err = tls.LoadX509KeyPair(c.cert, c.key); err == nil {
			c.is, c.made = &pair, info.ModTime()
		}
	}
	if c.is != nil {
		return c.is, nil // the old one is better than none
	}
	return nil, err
}

// Listen opens the address of a server, and reports whether only this machine
// can reach it.
func Listen(ctx context.Context, addr string) (net.Listener, bool, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, false, fmt.Errorf("the server cannot listen at %s: %w", addr, err)
	}
	at, err := netip.ParseAddrPort(l.Addr().String())
	return l, err == nil && at.Addr().Unmap().IsLoopback(), nil
}
