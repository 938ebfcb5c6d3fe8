package alert

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"net/url"
	"strings"
	"time"
)

// Mail sends e-mail by a server.
type Mail struct {
	host     string // host:port
	name     string // of the host, for TLS
	implicit bool   // TLS from the start
	user     string
	password string
	from     mail.Address
	roots    *tls.Config // nil but in tests
}

// NewMail reads the address of a mail server: smtp://user:password@host:587
// (TLS once the server offers it; a password goes only over TLS, or to this very
// machine) or smtps://… (TLS from the start); from is the sender's address.
func NewMail(server, from string) (*Mail, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("the mail server is written smtp://host:587 or smtps://host:465, with user:password@ before the host if it asks for them")
	}
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("%.100q is no address to send mail from", from)
	}
	m := &Mail{name: u.Hostname(), implicit: u.Scheme == "smtps", from: *sender}
	port := u.Port()
	if port == "" {
		port = map[bool]string{false: "587", true: "465"}[m.implicit]
	}
	m.host = net.JoinHostPort(m.name, port)
	if u.User != nil {
		m.user = u.User.Username()
		m.password, _ = u.User.Password()
	}
	return m, nil
}

// mailTime is how long sending one mail may take.
const mailTime = time.Minute

// Send writes a message to somebody.
func (m *Mail) Send(ctx context.Context, to string, msg Message, now time.Time) (err error) {
	ctx, cancel := context.WithTimeout(ctx, mailTime)
	defer cancel()
	var dial net.Dialer
	conn, err := dial.DialContext(ctx, "tcp", m.host)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	config := &tls.Config{ServerName: m.name, MinVersion: tls.VersionTLS12}
	if m.roots != nil {
		config.RootCAs = m.roots.RootCAs
	}
	if m.implicit {
		conn = tls.Client(conn, config)
	}
	c, err := smtp.NewClient(conn, m.name)
	if err != nil {
		return err
	}
	defer c.Close()
	if ok, _ := c.Extension("STARTTLS"); ok && !m.implicit {
		if err := c.StartTLS(config); err != nil {
			return err
		}
	}
	if m.user != "" {
		if err := c.Auth(smtp.PlainAuth("", m.user, m.password, m.name)); err != nil {
			return err
		}
	}
	if err := c.Mail(m.from.Address); err != nil {
		return err
	}
	if err := c.Rcpt(to); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(m.letter(to, msg, now)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	// It has been taken; how the server says goodbye changes nothing.
	_ = c.Quit()
	return nil
}

// letter is the mail itself: plain text, so that nothing of an article can do
// anything in it.
func (m *Mail) letter(to string, msg Message, now time.Time) []byte {
	var b bytes.Buffer
	subject := fmt.Sprintf("%s: %d new", plain(msg.Name), len(msg.Items))
	random := make([]byte, 8)
	_, _ = rand.Read(random) // it never fails
	domain := m.from.Address[strings.LastIndexByte(m.from.Address, '@')+1:]
	for _, h := range [][2]string{
		{"From", m.from.String()},
		{"To", (&mail.Address{Address: to}).String()},
		{"Subject", mime.QEncoding.Encode("utf-8", subject)},
		{"Date", now.Format(time.RFC1123Z)},
		{"Message-ID", "<" + msg.ID + "." + hex.EncodeToString(random) + "@" + domain + ">"},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "quoted-printable"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	b.WriteString("\r\n")
	w := quotedprintable.NewWriter(&b)
	_, _ = w.Write([]byte(strings.ReplaceAll(text(msg), "\n", "\r\n"))) // into memory
	_ = w.Close()
	return b.Bytes()
}

// text is a message for a person.
func text(m Message) string {
	var b strings.Builder
	for i := range m.Items {
		item := &m.Items[i]
		fmt.Fprintf(&b, "%s\n  %s\n", Headline(&item.Hit), about(&item.Hit))
		if link := web(item.Hit.Article.URL); link != "" {
			fmt.Fprintf(&b, "  %s\n", link)
		}
		if len(item.Also) > 0 {
			var outlets []string
			for _, a := range item.Also {
				outlets = append(outlets, plain(a.Outlet))
			}
			fmt.Fprintf(&b, "  in the same words: %s\n", strings.Join(outlets, ", "))
		}
		b.WriteString("\n")
	}
	if m.More {
		b.WriteString("There is more; it comes in the next mail.\n")
	}
	return b.String()
}
