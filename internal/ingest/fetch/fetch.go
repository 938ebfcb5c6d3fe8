// Package fetch gets one page over HTTP, within bounds: of time, of size, of
// redirects, and of where it may connect to.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// Options bound one fetch. All but those of a second visit must be set.
type Options struct {
	MaxBytes     int64         // of the body as it is sent
	MaxUnpacked  int64         // of the body once its compression is taken off
	AllowPrivate bool          // connect to private, loopback and link-local addresses too
	Timeout      time.Duration // for the whole fetch
	UserAgent    string

	// Of a second visit: what the server said at the first one. Where the page
	// has not changed since, NotModified comes instead of it.
	ETag         string
	LastModified string

	// Redirect, if set, is asked before a redirect is followed; its error ends
	// the fetch.
	Redirect func(ctx context.Context, to *url.URL) error
}

// A Page is what came.
type Page struct {
	URL         string // after redirects
	ContentType string // as the server said
	Body        []byte // without its transfer compression; empty if NotModified

	NotModified  bool   // it is as it was at the first visit
	ETag         string // for the next visit, as is LastModified
	LastModified string
	MaxAge       time.Duration // how long it is good for, as the server said; 0 if it did not
}

// maxRedirects is how many redirects are followed.
const maxRedirects = 10

// An Error says why a page could not be fetched.
type Error struct {
	Reason string // what happened
	Hint   string // what to do next
	Err    error  // the cause

	Status     int    // that the server answered; 0 where no answer came
	RetryAfter string // when it asks to be tried again, as it wrote that
}

// Error is one sentence without the page's address.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Reason
	}
	return e.Reason + "; " + e.Hint
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Get fetches the page at address. Its errors are *Error.
func Get(ctx context.Context, address string, o Options) (*Page, error) {
	target, err := url.Parse(address)
	if err != nil {
		return nil, &Error{Reason: "this is no address of a page", Hint: "check its spelling", Err: err}
	}
	if err := allowedScheme(target); err != nil {
		return nil, err
	}
	if target.Host == "" {
		return nil, &Error{Reason: "this is no address of a page", Hint: "check its spelling"}
	}
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, &Error{Reason: "this is no address of a page", Hint: "check its spelling", Err: err}
	}
	req.Header.Set("User-Agent", o.UserAgent)
	req.Header.Set("Accept", "text/html, application/xhtml+xml, application/json;q=0.9, application/xml;q=0.9, text/*;q=0.8, */*;q=0.5")
	req.Header.Set("Accept-Language", "en, *;q=0.5")
	req.Header.Set("Accept-Encoding", "gzip, zstd")

	conditional := o.ETag != "" || o.LastModified != ""
	if o.ETag != "" {
		req.Header.Set("If-None-Match", o.ETag)
	}
	if o.LastModified != "" {
		req.Header.Set("If-Modified-Since", o.LastModified)
	}

	client := &http.Client{Transport: transport(o), CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if err := checkRedirect(req, via); err != nil || o.Redirect == nil {
			return err
		}
		return o.Redirect(req.Context(), req.URL)
	}}
	defer client.CloseIdleConnections()
	resp, err := client.Do(req)
	if err != nil {
		return nil, explain(err, o)
	}
	defer resp.Body.Close()
	page := &Page{
		URL: resp.Request.URL.String(), ContentType: resp.Header.Get("Content-Type"),
		ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"), MaxAge: maxAge(resp.Header),
	}
	if resp.StatusCode == http.StatusNotModified && conditional {
		page.NotModified = true
		return page, nil
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, refused(resp)
	}
	if resp.ContentLength > o.MaxBytes {
		return nil, tooLarge(o.MaxBytes)
	}
	idle := newIdle(cancel, o.Timeout)
	body, err := io.ReadAll(&bounded{r: io.TeeReader(resp.Body, idle), left: o.MaxBytes, most: o.MaxBytes})
	idle.stop()
	switch {
	case err != nil && idle.expired(): // without the cause: it reads as if somebody had broken the run off
		return nil, &Error{Reason: fmt.Sprintf("the server stopped sending for %s", idle.patience), Hint: "try again later"}
	case err != nil:
		return nil, explain(err, o)
	}
	if page.Body, err = unpack(body, resp.Header.Get("Content-Encoding"), o.MaxUnpacked); err != nil {
		return nil, err
	}
	return page, nil
}

// maxAge is how long an answer is good for by its Cache-Control, a day at most.
func maxAge(h http.Header) time.Duration {
	for part := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if !strings.EqualFold(name, "max-age") {
			continue
		}
		if n, err := strconv.ParseInt(strings.Trim(value, `" `), 10, 64); err == nil && n > 0 {
			return time.Duration(min(n, 24*60*60)) * time.Second
		}
	}
	return 0
}

// Transport is how pages are fetched, for other requests that must be held to
// the same bounds; of o it takes AllowPrivate and Timeout.
func Transport(o Options) *http.Transport { return transport(o) }

// transport connects nowhere but to public addresses, unless told otherwise.
// The check sits where the connection is made, after the name was looked up,
// so neither a redirect nor a name that changes its address gets past it.
//
// A proxy that the environment names is trusted and may have a private address;
// it looks names up itself, so only addresses that are given as numbers can be
// checked before it is asked.
func transport(o Options) *http.Transport {
	proxyFor := httpproxy.FromEnvironment().ProxyFunc()
	var proxies sync.Map // host:port of the proxies in use
	open := &net.Dialer{Timeout: o.Timeout}
	guarded := &net.Dialer{Timeout: o.Timeout, Control: refusePrivate}
	return &http.Transport{
		Proxy: func(req *http.Request) (*url.URL, error) {
			proxy, err := proxyFor(req.URL)
			if err != nil || proxy == nil {
				return nil, err
			}
			if ip, err := netip.ParseAddr(req.URL.Hostname()); err == nil && !o.AllowPrivate && !public(ip) {
				return nil, private(req.URL.Hostname(), nil)
			}
			proxies.Store(hostPort(proxy), true)
			return proxy, nil
		},
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			if _, isProxy := proxies.Load(addr); isProxy || o.AllowPrivate {
				return open.DialContext(ctx, network, addr)
			}
			return guarded.DialContext(ctx, network, addr)
		},
		TLSHandshakeTimeout:    o.Timeout,
		ResponseHeaderTimeout:  o.Timeout,
		MaxResponseHeaderBytes: 1 << 20,
		DisableCompression:     true, // unpack does it, within bounds
		ForceAttemptHTTP2:      true,
	}
}

// hostPort is the address that a proxy is dialled at.
func hostPort(proxy *url.URL) string {
	port := proxy.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}[proxy.Scheme]
	}
	return net.JoinHostPort(proxy.Hostname(), port)
}

func allowedScheme(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return &Error{Reason: fmt.Sprintf("it leads to an address that starts with %s:, which is not fetched", u.Scheme), Hint: "give an http or https address"}
	}
	return nil
}

func checkRedirect(req *http.Request, via []*http.Request) error {
	if err := allowedScheme(req.URL); err != nil {
		return err
	}
	for _, before := range via {
		if before.URL.String() == req.URL.String() {
			return &Error{Reason: "its redirects lead back to " + req.URL.String() + " without end", Hint: "open it in a browser and give the address that it ends at"}
		}
	}
	if len(via) > maxRedirects {
		return &Error{Reason: fmt.Sprintf("it redirects more than %d times", maxRedirects), Hint: "open it in a browser and give the address that it ends at"}
	}
	return nil
}

// refused says what an answer other than 2xx means.
func refused(resp *http.Response) *Error {
	e := &Error{
		Reason: fmt.Sprintf("the server answered %d (%s)", resp.StatusCode, strings.ToLower(http.StatusText(resp.StatusCode))),
		Status: resp.StatusCode, RetryAfter: resp.Header.Get("Retry-After"),
	}
	if http.StatusText(resp.StatusCode) == "" {
		e.Reason = fmt.Sprintf("the server answered %d", resp.StatusCode)
	}
	switch code := resp.StatusCode; {
	case code == http.StatusNotFound, code == http.StatusGone:
		e.Hint = "check the address"
	case code == http.StatusUnauthorized, code == http.StatusPaymentRequired, code == http.StatusForbidden, code == http.StatusUnavailableForLegalReasons:
		e.Hint = "save the page in a browser and give the file"
	case code == http.StatusTooManyRequests:
		e.Hint = "wait a while and try again"
	case code >= 500:
		e.Hint = "try again later"
	case code >= 400:
		e.Hint = "save the page in a browser and give the file"
	default:
		e.Hint = "open it in a browser and give the address that it ends at"
	}
	return e
}

// explain turns an error of the HTTP client into a sentence.
func explain(err error, o Options) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var dns *net.DNSError
	var op *net.OpError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return &Error{Reason: fmt.Sprintf("the page did not come within %s", o.Timeout), Hint: "try again later", Err: err}
	case errors.Is(err, context.Canceled):
		return &Error{Reason: "fetching it was broken off", Err: err}
	case errors.As(err, &dns):
		return &Error{Reason: fmt.Sprintf("there is no server named %s, or its name cannot be looked up now", dns.Name), Hint: "check the address and the network", Err: err}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Reason: "the connection broke off in the middle of the page", Hint: "try again", Err: err}
	case errors.As(err, &op) && op.Op == "dial":
		return &Error{Reason: "no connection to the server could be made", Hint: "check the address and the network", Err: err}
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return &Error{Reason: fmt.Sprintf("it could not be fetched (%v)", err), Hint: "try again, or save the page in a browser and give the file", Err: err}
}
