package alert

import (
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"go.uber.org/goleak"

	"whosaid/internal/archive"
	"whosaid/internal/archive/sqlite"
	"whosaid/internal/desk"
	"whosaid/internal/ingest/fetch"
	"whosaid/internal/news"
	"whosaid/internal/state"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A town is an archive with alerts.
type town struct {
	t     *testing.T
	store archive.Store
	state *state.Store
	book  *Book
}

func newTown(t *testing.T) *town {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	s, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "a.db.serve"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &town{t, store, s, NewBook(desk.New(store), s)}
}

// print keeps an article of an outlet in which Ida Brandt says each of words.
func (o *town) print(outlet, url string, words ...string) {
	o.t.Helper()
	doc := &news.Document{Article: news.Article{ID: outlet + url, File: "x", URL: url, Outlet: outlet, Title: "Pier to stay shut", Published: "2025-03-12", Language: "en"}}
	span := func(text string) news.Span {
		start := len(doc.Text)
		doc.Text += text
		return news.Span{Start: start, End: len(doc.Text)}
	}
	doc.Actors = []news.Actor{{ID: "a1", Name: "Ida Brandt", Named: true, Type: "person"}}
	for i, w := range words {
		source := span("Ida Brandt")
		_ = span(" ")
		cue := span("said")
		_ = span(" ")
		content := span(w)
		_ = span(".\n")
		if i == 0 {
			doc.Actors[0].Mentions = []news.Mention{{Span: source, Form: "name"}}
		}
		doc.Statements = append(doc.Statements, news.Statement{
			ID: "s" + string(rune('1'+i)), By: news.ByModel, Form: news.Indirect, Kind: "promise", CueStance: "neutral",
			Source: []news.Span{source}, Cue: []news.Span{cue}, Content: []news.Span{content},
			Speakers: []news.Speaker{{Actor: "a1", Name: "Ida Brandt", By: "name", Confidence: 1}}, Confidence: 1,
		})
	}
	doc.Blocks = []news.Block{{Kind: news.Paragraph, Span: news.Span{Start: 0, End: len(doc.Text)}}}
	ready, err := archive.Prepare(archive.Entry{Doc: doc, Reader: "test"})
	if err != nil {
		o.t.Fatal(err)
	}
	if _, err := o.store.Keep(o.t.Context(), ready); err != nil {
		o.t.Fatal(err)
	}
}

func (o *town) add(a Alert) Alert {
	o.t.Helper()
	kept, err := o.book.Add(o.t.Context(), a)
	if err != nil {
		o.t.Fatal(err)
	}
	return kept
}

func (o *town) once(r *Runner) {
	o.t.Helper()
	if err := r.Once(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

// A receiver is a server that webhooks are posted to.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	status int // to answer
	got    []Message
	header []http.Header
	body   [][]byte
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{status: 204}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		var m Message
		if err := json.Unmarshal(body, &m); err != nil {
			t.Errorf("what was posted: %v", err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.got, r.header, r.body = append(r.got, m), append(r.header, req.Header), append(r.body, body)
		w.WriteHeader(r.status)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) answer(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}

func open() http.RoundTripper {
	t := fetch.Transport(fetch.Options{AllowPrivate: true, Timeout: 5 * time.Second})
	t.DisableKeepAlives = true
	return t
}

func TestWebhook(t *testing.T) {
	o := newTown(t)
	o.print("The Kelmere Post", "https://post.example/1", "it would open in May")
	r := newReceiver(t)
	a := o.add(Alert{Name: "promises", Query: Query{Speaker: "Brandt", Kinds: []string{"promise"}}, Hook: r.URL})
	run := NewRunner(o.book, Options{HTTP: open()})
	clock := time.Now()
	run.now = func() time.Time { return clock }
	o.once(run)
	if len(r.got) != 0 {
		t.Fatalf("what was there before the alert was told: %+v", r.got)
	}
	// The same words in two outlets are told once.
	o.print("The Kelmere Post", "https://post.example/2", "the fee would be dropped", "nobody would pay twice")
	o.print("Coast Daily", "https://coast.example/9", "the fee would be dropped")
	r.answer(503)
	o.once(run)
	o.once(run) // too early to try again
	if len(r.got) != 1 {
		t.Fatalf("it was tried %d times, want once", len(r.got))
	}
	if kept, _ := o.book.Get(t.Context(), a.ID); !strings.Contains(kept.Waiting, "503") {
		t.Errorf("the trouble is told as %q", kept.Waiting)
	}
	clock = clock.Add(firstWait)
	o.once(run)
	clock = clock.Add(firstWait) // the second wait is twice as long
	o.once(run)
	if len(r.got) != 2 {
		t.Fatalf("it was tried %d times, want twice", len(r.got))
	}
	r.answer(200)
	clock = clock.Add(2 * firstWait)
	o.once(run)
	o.once(run)
	if len(r.got) != 3 {
		t.Fatalf("it was posted %d times, want 3", len(r.got))
	}
	m := r.got[2]
	if len(m.Items) != 2 || len(m.Items[0].Also) != 1 || m.Items[0].Also[0].Outlet != "Coast Daily" || m.ID != r.got[0].ID {
		t.Errorf("it says %+v", m)
	}
	h := r.header[2]
	want := Sign(a.Secret, h.Get("Webhook-Id"), h.Get("Webhook-Timestamp"), r.body[2])
	if h.Get("Webhook-Id") != m.ID || !hmac.Equal([]byte(h.Get("Webhook-Signature")), []byte(want)) {
		t.Errorf("it is signed %s, want %s", h.Get("Webhook-Signature"), want)
	}
	if Sign("k", "id", "1", []byte("{}")) != "v1,g7RitEqJvu8yMbDC6clEYxfin7F9RZIMzpsXDw051Xc=" {
		t.Errorf("the signature of a known message is %s", Sign("k", "id", "1", []byte("{}")))
	}
	// A new edition tells what is new in it, and no more.
	o.print("The Kelmere Post", "https://post.example/2", "the fee would be dropped", "nobody would pay twice", "a ferry would run")
	o.once(run)
	if len(r.got) != 4 || len(r.got[3].Items) != 1 || !strings.Contains(Headline(&r.got[3].Items[0].Hit), "a ferry would run") {
		t.Errorf("of a new edition it tells %+v", r.got[3:])
	}
	// Another process goes on where this one stopped.
	o.print("Coast Daily", "https://coast.example/10", "the lamps would be mended")
	again := NewRunner(o.book, Options{HTTP: open()})
	again.now = run.now
	o.once(again)
	o.once(again)
	if len(r.got) != 5 {
		t.Errorf("after a restart it was posted %d times, want 5", len(r.got))
	}
}

func TestWebhookToPrivateAddress(t *testing.T) {
	o := newTown(t)
	r := newReceiver(t)
	a := o.add(Alert{Name: "n", Hook: r.URL})
	o.print("Coast Daily", "https://coast.example/1", "the lamps would be mended")
	transport := fetch.Transport(fetch.Options{Timeout: 5 * time.Second})
	defer transport.CloseIdleConnections()
	o.once(NewRunner(o.book, Options{HTTP: transport}))
	kept, err := o.book.Get(t.Context(), a.ID)
	if err != nil || len(r.got) != 0 || !strings.Contains(kept.Waiting, "private network") {
		t.Errorf("posted %d times; %q, %v", len(r.got), kept.Waiting, err)
	}
}

// A post is a real mail server that keeps what it is given.
type post struct {
	mu      sync.Mutex
	refuse  bool
	letters []letter
}

type letter struct {
	from, to string
	text     []byte
}

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{post: p}, nil }

type session struct {
	*post
	letter
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.refuse {
		return &smtp.SMTPError{Code: 451, Message: "try later"}
	}
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) (err error) {
	if s.text, err = io.ReadAll(r); err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.letters = append(s.letters, s.letter)
	}
	return err
}
func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func TestMail(t *testing.T) {
	p := &post{refuse: true}
	server := smtp.NewServer(p)
	server.Domain = "localhost"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	defer func() {
		server.Close()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	m, err := NewMail("smtp://"+l.Addr().String(), "whosaid <alerts@post.example>")
	if err != nil {
		t.Fatal(err)
	}
	o := newTown(t)
	o.add(Alert{Name: "Brücke\r\nBcc: x@evil.example", Query: Query{Words: "fee OR ferry"}, Mail: "Ida <ida@post.example>", Every: 24 * time.Hour})
	o.print("The Kelmere Post", "https://post.example/2", "the fee would be “dropped” — 2€", "nobody would pay twice")
	run := NewRunner(o.book, Options{Mail: m})
	clock := time.Now()
	run.now = func() time.Time { return clock }
	o.once(run) // refused
	p.refuse = false
	clock = clock.Add(firstWait)
	o.once(run)
	o.print("Coast Daily", "javascript:alert(1)", "a ferry would run")
	clock = clock.Add(time.Hour)
	o.once(run) // the digest of the day has gone out
	if len(p.letters) != 1 {
		t.Fatalf("%d mails were sent, want 1", len(p.letters))
	}
	clock = clock.Add(24 * time.Hour)
	o.once(run)
	if len(p.letters) != 2 {
		t.Fatalf("%d mails were sent, want 2", len(p.letters))
	}
	first := p.letters[0]
	msg, err := mail.ReadMessage(bytes.NewReader(first.text))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || subject != "Brücke Bcc: x@evil.example: 1 new" || msg.Header.Get("Bcc") != "" || first.to != "ida@post.example" || first.from != "alerts@post.example" {
		t.Errorf("to %s from %s: %v, %v", first.to, first.from, msg.Header, err)
	}
	text, err := io.ReadAll(quotedprintable.NewReader(msg.Body))
	if want := "Ida Brandt said: the fee would be “dropped” — 2€"; err != nil || !strings.HasPrefix(string(text), want) || strings.Contains(string(text), "pay twice") {
		t.Errorf("it says %s, %v", text, err)
	}
	if strings.Contains(string(p.letters[1].text), "javascript") {
		t.Errorf("a mail links to a script: %s", p.letters[1].text)
	}
}

func TestMailServers(t *testing.T) {
	for _, c := range []struct {
		server, from, host string
	}{
		{"smtp://mail.example", "a@b.example", "mail.example:587"},
		{"smtps://u:p@mail.example", "a@b.example", "mail.example:465"},
		{"smtp://mail.example:2525", "A <a@b.example>", "mail.example:2525"},
		{"mail.example", "a@b.example", ""},
		{"http://mail.example", "a@b.example", ""},
		{"smtp://mail.example", "nobody", ""},
	} {
		m, err := NewMail(c.server, c.from)
		if (err == nil) != (c.host != "") || err == nil && m.host != c.host {
			t.Errorf("%s from %s: %+v, %v", c.server, c.from, m, err)
		}
	}
}

func TestAlertsOfOthers(t *testing.T) {
	o := newTown(t)
	ctx := t.Context()
	a := o.add(Alert{Name: "mine", Owner: "ida"})
	if err := o.book.Remove(ctx, a.ID, "ada", false); !errors.Is(err, ErrNotFound) {
		t.Errorf("another's alert is removed: %v", err)
	}
	if list, err := o.book.List(ctx, "ada", false); err != nil || len(list) != 0 {
		t.Errorf("another sees %+v, %v", list, err)
	}
	if err := o.book.Remove(ctx, a.ID, "admin", true); err != nil {
		t.Error(err)
	}
	for n := range mostAlerts + 1 {
		_, err := o.book.Add(ctx, Alert{Name: "n", Owner: "ida"})
		if (err != nil) != (n == mostAlerts) {
			t.Fatalf("alert %d: %v", n, err)
		}
	}
}

// Running ends with its context.
func TestRunEnds(t *testing.T) {
	o := newTown(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		NewRunner(o.book, Options{Look: time.Millisecond}).Run(ctx)
		close(done)
	}()
	cancel()
	<-done
}
