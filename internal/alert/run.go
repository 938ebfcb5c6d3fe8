package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
	"whosaid/internal/desk"
	"whosaid/internal/state"
)

// Options say how alerts are sent.
type Options struct {
	Look time.Duration     // how often the archive is looked at; DefaultLook if 0
	HTTP http.RoundTripper // for webhooks; it decides where they may go
	Mail *Mail             // nil if no mail is sent
	Log  *slog.Logger      // nothing if nil
}

// DefaultLook is how often the archive is looked at.
const DefaultLook = 30 * time.Second

// batch is how many hits one message holds at most.
const batch = 100

// A Runner looks for what is new and sends it.
type Runner struct {
	*Book
	o   Options
	now func() time.Time
}

// NewRunner makes the runner of a book.
func NewRunner(b *Book, o Options) *Runner {
	if o.Look <= 0 {
		o.Look = DefaultLook
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Runner{Book: b, o: o, now: time.Now}
}

// Run looks and sends until ctx is done.
func (r *Runner) Run(ctx context.Context) {
	tick := time.NewTicker(r.o.Look)
	defer tick.Stop()
	for {
		if err := r.Once(ctx); err != nil && ctx.Err() == nil {
			r.o.Log.Error("alerts could not be looked after", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Once looks for what is new and sends what is due.
func (r *Runner) Once(ctx context.Context) error {
	if err := r.look(ctx); err != nil {
		return err
	}
	list, err := r.state.Alerts(ctx)
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.Hook == "" && a.Mail == "" || a.Due.After(r.now()) {
			continue
		}
		if err := r.send(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// A waiting alert is one that is to be told of what is new.
type waiting struct {
	state.Alert
	query *archive.Parsed
	hits  [][]byte
}

// pause is after how many versions what was found is kept, so that much that is
// new at once takes no more memory than a little.
const pause = 500

// look finds what is new for each alert that is sent somewhere. Alerts that are
// feeds alone ask the archive when they are read.
func (r *Runner) look(ctx context.Context) error {
	list, err := r.state.Alerts(ctx)
	if err != nil {
		return err
	}
	last, err := r.desk.Latest(ctx)
	if err != nil {
		return err
	}
	var wait []*waiting
	from := last
	for _, a := range list {
		if a.Hook == "" && a.Mail == "" || a.Seen >= last {
			continue
		}
		is, err := of(a)
		if err != nil {
			return err
		}
		p, err := is.Query.Of().Parse()
		if err != nil {
			return fmt.Errorf("alert %d: %w", a.ID, err)
		}
		wait = append(wait, &waiting{Alert: a, query: p})
		from = min(from, a.Seen)
	}
	if len(wait) == 0 {
		return nil
	}
	n := 0
	for v, err := range r.desk.Since(ctx, from) {
		if err != nil {
			return err
		}
		if v.ID > last {
			break // kept meanwhile: next time
		}
		before, err := r.before(ctx, v)
		if err != nil {
			return err
		}
		for _, w := range wait {
			if v.ID <= w.Seen {
				continue
			}
			if err := w.take(v, before); err != nil {
				return err
			}
		}
		if n++; n%pause == 0 {
			if err := r.keep(ctx, wait, v.ID); err != nil {
				return err
			}
		}
	}
	return r.keep(ctx, wait, last)
}

// keep keeps what was found up to a version.
func (r *Runner) keep(ctx context.Context, wait []*waiting, seen int64) error {
	for _, w := range wait {
		if err := r.state.Find(ctx, w.ID, seen, w.hits); err != nil {
			return err
		}
		w.hits = nil
	}
	return nil
}

// take adds the hits in a version that were not in the one before.
func (w *waiting) take(v *archive.Version, before map[string]bool) error {
	for _, h := range w.query.Fits(v) {
		hit := desk.HitOf(h)
		if before[spoken(&hit)] {
			continue
		}
		data, err := json.Marshal(hit)
		if err != nil {
			return err
		}
		w.hits = append(w.hits, data)
	}
	return nil
}

// before is what was said already in earlier versions of the article: a new
// edition of it, or another reading, is no news of that.
func (r *Runner) before(ctx context.Context, v *archive.Version) (map[string]bool, error) {
	if v.Number == 1 {
		return nil, nil
	}
	heads, err := r.desk.Store().Find(ctx, fmt.Sprintf("#%d", v.ID))
	if err != nil {
		return nil, err
	}
	every, err := archive.Query{}.Parse()
	if err != nil {
		return nil, err
	}
	said := map[string]bool{}
	for _, head := range heads {
		if head.ID >= v.ID {
			continue
		}
		old, err := r.desk.Store().Version(ctx, head.ID)
		if err != nil {
			return nil, err
		}
		for _, h := range every.Fits(old) {
			hit := desk.HitOf(h)
			said[spoken(&hit)] = true
		}
	}
	return said, nil
}

// spoken is what two hits that say the same have in common: the words.
func spoken(h *desk.Hit) string {
	var words strings.Builder
	for _, s := range h.Statement.Content {
		words.WriteString(s.Text)
		words.WriteByte(' ')
	}
	return terms.Fold(words.String())
}

// A Message is what is sent: what an alert has found, each words once.
type Message struct {
	ID    string `json:"id"` // the same when it is sent again
	Alert int64  `json:"alert"`
	Name  string `json:"name"`
	Items []Item `json:"items"`
	More  bool   `json:"more"` // there are further ones, in the next message
}

// An Item is a statement with all who print it in the same words.
type Item struct {
	ID   string      `json:"id"`
	Hit  desk.Hit    `json:"hit"`
	Also []desk.Head `json:"also,omitempty"` // other articles with the same words: a wire story is told once
}

// message makes the next message of an alert; upTo is the last of what is in
// it, 0 where nothing waits.
func (r *Runner) message(ctx context.Context, a state.Alert) (m Message, upTo int64, err error) {
	list, err := r.state.Waiting(ctx, a.ID, batch+1)
	if err != nil || len(list) == 0 {
		return m, 0, err
	}
	m = Message{Alert: a.ID, Name: a.Name, More: len(list) > batch}
	at := map[string]int{}
	for _, f := range list[:min(len(list), batch)] {
		var h desk.Hit
		if err := json.Unmarshal(f.Hit, &h); err != nil {
			return m, 0, fmt.Errorf("alert %d: what it found cannot be read: %w", a.ID, err)
		}
		upTo = f.ID
		key := spoken(&h)
		if i, ok := at[key]; ok && key != "" {
			m.Items[i].Also = append(m.Items[i].Also, h.Article)
			continue
		}
		at[key] = len(m.Items)
		m.Items = append(m.Items, Item{ID: ident(&h), Hit: h})
	}
	m.ID = fmt.Sprintf("alert-%d-%d-%d", a.ID, list[0].ID, upTo)
	return m, upTo, nil
}

// The waits between tries: they double from firstWait to longestWait.
const (
	firstWait   = time.Minute
	longestWait = 6 * time.Hour
)

// send sends what an alert has found, if anything. That it cannot be sent now
// is kept and no error: it is tried again later, and meanwhile nothing that was
// found is lost.
func (r *Runner) send(ctx context.Context, a state.Alert) error {
	m, upTo, err := r.message(ctx, a)
	if err != nil || upTo == 0 {
		return err
	}
	if a.Hook != "" {
		err = r.post(ctx, a, m)
	} else {
		err = r.mail(ctx, a, m)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	now := r.now()
	if err != nil {
		wait := min(firstWait<<min(a.Tries, 20), longestWait)
		r.o.Log.Warn("an alert could not be sent and is tried again", "alert", a.ID, "tries", a.Tries+1, "wait", wait.String(), "error", err)
		return r.state.Failed(ctx, a.ID, shortened(err), now.Add(wait))
	}
	due := now.Add(a.Every)
	if m.More {
		due = now
	}
	return r.state.Sent(context.WithoutCancel(ctx), a.ID, upTo, due)
}

var errNoMail = errors.New("no mail server is set: whoever runs this server can name one with --smtp")

func (r *Runner) mail(ctx context.Context, a state.Alert, m Message) error {
	if r.o.Mail == nil {
		return errNoMail
	}
	return r.o.Mail.Send(ctx, a.Mail, m, r.now())
}

// shortened is an error as it is kept and shown.
func shortened(err error) string {
	text := plain(err.Error())
	if runes := []rune(text); len(runes) > 300 {
		text = string(runes[:300]) + "…"
	}
	return text
}
