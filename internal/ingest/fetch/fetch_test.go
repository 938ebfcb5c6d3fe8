package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func options() Options {
	return Options{MaxBytes: 1 << 20, MaxUnpacked: 4 << 20, AllowPrivate: true, Timeout: 10 * time.Second, UserAgent: "whosaid-test"}
}

func gzipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func zstded(t *testing.T, b []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(b, nil)
}

// serve answers the paths that the tests below ask for.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	page := []byte("<p>“We will stay,” said Mara Tolven.</p>")
	bomb := make([]byte, 64<<20)
	flipped := gzipped(t, page)
	flipped[len(flipped)-6] ^= 0xFF
	bodies := map[string]struct {
		encoding string
		body     []byte
	}{
		"/plain":       {"", page},
		"/gzip":        {"gzip", gzipped(t, page)},
		"/zstd":        {"zstd", zstded(t, page)},
		"/gzip-bomb":   {"gzip", gzipped(t, bomb)},
		"/zstd-bomb":   {"zstd", zstded(t, bomb)},
		"/gzip-broken": {"gzip", []byte("no gzip at all, only words")},
		"/gzip-flip":   {"gzip", flipped},
		"/gzip-cut":    {"gzip", flipped[:len(flipped)-20]},
		"/zstd-broken": {"zstd", []byte("no zstd at all, only words")},
		"/brotli":      {"br", page},
		"/too-long":    {"", bomb},
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b, ok := bodies[r.URL.Path]; ok {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if b.encoding != "" {
				w.Header().Set("Content-Encoding", b.encoding)
			}
			_, _ = w.Write(b.body)
			return
		}
		var n int
		switch _, _ = fmt.Sscanf(r.URL.Path, "/status/%d", &n); {
		case n > 0:
			w.WriteHeader(n)
		case r.URL.Path == "/moved":
			http.Redirect(w, r, "/plain", http.StatusFound)
		case r.URL.Path == "/loop":
			http.Redirect(w, r, "/loop-back", http.StatusFound)
		case r.URL.Path == "/loop-back":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case strings.HasPrefix(r.URL.Path, "/chain"):
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		case r.URL.Path == "/to-file":
			http.Redirect(w, r, "file:///etc/hostname", http.StatusFound)
		case r.URL.Path == "/endless":
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, strings.Repeat("and so on ", 1000)); err != nil {
					return
				}
			}
		case r.URL.Path == "/slow":
			for r.Context().Err() == nil {
				_, _ = io.WriteString(w, "x")
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		case r.URL.Path == "/stalls":
			_, _ = io.WriteString(w, "x")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		case r.URL.Path == "/silent":
			<-r.Context().Done()
		case r.URL.Path == "/cut":
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, "only this")
		case r.URL.Path == "/agent":
			_, _ = io.WriteString(w, r.UserAgent())
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	return srv
}

func TestGet(t *testing.T) {
	srv := serve(t)
	for _, path := range []string{"/plain", "/gzip", "/zstd", "/moved"} {
		p, err := Get(context.Background(), srv.URL+path, options())
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if string(p.Body) != "<p>“We will stay,” said Mara Tolven.</p>" || p.ContentType != "text/html; charset=utf-8" {
			t.Errorf("%s: %q, %q", path, p.Body, p.ContentType)
		}
		if path == "/moved" && p.URL != srv.URL+"/plain" {
			t.Errorf("%s: address %s", path, p.URL)
		}
	}
	if p, err := Get(context.Background(), srv.URL+"/agent", options()); err != nil || string(p.Body) != "whosaid-test" {
		t.Errorf("user agent: %v, %v", p, err)
	}
}

func TestGetFails(t *testing.T) {
	srv := serve(t)
	for _, c := range []struct{ address, want string }{
		{"/status/404", "the server answered 404 (not found); check the address"},
		{"/status/403", "the server answered 403 (forbidden); save the page in a browser and give the file"},
		{"/status/429", "the server answered 429 (too many requests); wait a while and try again"},
		{"/status/500", "the server answered 500 (internal server error); try again later"},
		{"/status/599", "the server answered 599; try again later"},
		{"/status/304", "the server answered 304 (not modified); open it in a browser and give the address that it ends at"},
		{"/loop", "its redirects lead back to " + srv.URL + "/loop without end; open it in a browser and give the address that it ends at"},
		{"/chain", "it redirects more than 10 times; open it in a browser and give the address that it ends at"},
		{"/to-file", "it leads to an address that starts with file:, which is not fetched; give an http or https address"},
		{"/endless", "the page is longer than 1 MB, the most that is read; raise the limit with --max-input"},
		{"/too-long", "the page is longer than 1 MB, the most that is read; raise the limit with --max-input"},
		{"/gzip-bomb", "the page unpacks to more than 4 MB; raise the limit with --max-unpacked"},
		{"/zstd-bomb", "the page unpacks to more than 4 MB; raise the limit with --max-unpacked"},
		{"/gzip-broken", "the page's gzip compression is damaged; try again"},
		{"/gzip-flip", "the page's gzip compression is damaged; try again"},
		{"/gzip-cut", "the page's gzip compression is cut short; try again"},
		{"/zstd-broken", "the page's zstd compression is damaged; try again"},
		{"/brotli", "the server packed the page in a way that was not asked for (br); save the page in a browser and give the file"},
		{"/cut", "the connection broke off in the middle of the page; try again"},
		{"file:///etc/hostname", "it leads to an address that starts with file:, which is not fetched; give an http or https address"},
		{"http://", "this is no address of a page; check its spelling"},
		{"http://[::1", "this is no address of a page; check its spelling"},
	} {
		address := c.address
		if strings.HasPrefix(address, "/") {
			address = srv.URL + address
		}
		_, err := Get(context.Background(), address, options())
		var own *Error
		if !errors.As(err, &own) || err.Error() != c.want {
			t.Errorf("%s: %v\nwant %s", c.address, err, c.want)
		}
	}
}

func TestGetKeepsTime(t *testing.T) {
	srv := serve(t)
	o := options()
	o.Timeout = 300 * time.Millisecond
	for path, want := range map[string]string{
		"/slow":   "the page did not come within 300ms; try again later",
		"/silent": "the page did not come within 300ms; try again later",
		"/stalls": "the server stopped sending for 100ms; try again later",
	} {
		start := time.Now()
		_, err := Get(context.Background(), srv.URL+path, o)
		if err == nil || err.Error() != want && !(path == "/slow" && strings.HasPrefix(err.Error(), "the server stopped sending")) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
		if errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v is taken for an interrupt", path, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %v", path, took)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Get(ctx, srv.URL+"/plain", options()); !errors.Is(err, context.Canceled) {
		t.Errorf("broken off: %v", err)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	srv := serve(t)
	o := options()
	o.AllowPrivate = false
	_, port, err := net.SplitHostPort(srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{srv.URL + "/plain", "http://localhost:" + port + "/plain", "http://[::ffff:127.0.0.1]:" + port + "/plain", "http://0.0.0.0:" + port + "/plain"} {
		_, err := Get(context.Background(), address, o)
		if err == nil || !strings.Contains(err.Error(), "which is on this machine or a private network; allow that with --allow-private") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A page on an allowed address that redirects to a private one is refused:
// here the proxy stands for the Internet.
func TestRedirectToPrivateIsRefused(t *testing.T) {
	srv := serve(t)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Host != "news.example" {
			t.Errorf("the proxy was asked for %s", r.URL)
		}
		switch r.URL.Path {
		case "/inside":
			http.Redirect(w, r, srv.URL+"/plain", http.StatusFound)
		case "/router":
			http.Redirect(w, r, "http://192.168.0.1/admin", http.StatusFound)
		default:
			_, _ = io.WriteString(w, "news")
		}
	}))
	defer proxy.Close()
	t.Setenv("http_proxy", proxy.URL)
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("no_proxy", "")
	t.Setenv("NO_PROXY", "")
	o := options()
	o.AllowPrivate = false
	if p, err := Get(context.Background(), "http://news.example/", o); err != nil || string(p.Body) != "news" {
		t.Fatalf("through the proxy: %v, %v", p, err)
	}
	for _, path := range []string{"/inside", "/router"} {
		_, err := Get(context.Background(), "http://news.example"+path, o)
		if err == nil || !strings.Contains(err.Error(), "which is on this machine or a private network") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestPublic(t *testing.T) {
	for _, a := range []string{"8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "172.32.0.1", "100.128.0.1"} {
		if !public(netip.MustParseAddr(a)) {
			t.Errorf("%s is public", a)
		}
	}
	for _, a := range []string{
		"127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1",
		"::1", "::", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "fec0::1",
	} {
		if public(netip.MustParseAddr(a)) {
			t.Errorf("%s is not public", a)
		}
	}
}

func TestHostPort(t *testing.T) {
	for in, want := range map[string]string{"http://proxy.example": "proxy.example:80", "https://proxy.example": "proxy.example:443", "http://[::1]:3128": "[::1]:3128"} {
		u, err := url.Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := hostPort(u); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}
