package door

import (
	_ "embed" // the page
	"errors"
	"html/template"
	"net/http"
	"strings"
	"time"

	"whosaid/internal/serve/visit"
	"whosaid/internal/state"
)

//go:embed login.html
var loginText string

var loginTemplate = template.Must(template.New("login").Parse(loginText))

// loginView is what the sign-in page shows.
type loginView struct{ Nonce, Name, Next, Trouble string }

// cookie is the name of the session's cookie. By its prefix browsers take it
// over https alone and for this host alone.
func (d *Door) cookie() string {
	if d.o.Secure {
		return "__Host-whosaid"
	}
	return "whosaid"
}

func (d *Door) loginPage(w http.ResponseWriter, r *http.Request) {
	d.showLogin(w, r, http.StatusOK, loginView{Next: within(r.FormValue("next"))})
}

func (d *Door) showLogin(w http.ResponseWriter, r *http.Request, status int, v loginView) {
	v.Nonce = visit.From(r.Context()).Nonce
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if err := loginTemplate.Execute(w, v); err != nil {
		d.o.Log.Debug("the sign-in page was not sent whole", "error", err)
	}
}

// login checks a name and a password and starts a session.
func (d *Door) login(w http.ResponseWriter, r *http.Request) {
	v := loginView{Name: r.PostFormValue("name"), Next: within(r.PostFormValue("next"))}
	act := state.Act{Who: v.Name, Client: d.client(r), What: "sign in"}
	if len(act.Who) > 64 {
		act.Who = act.Who[:64]
	}
	release, ok := d.logins.begin(r.Context(), act.Who, act.Client)
	if !ok {
		w.Header().Set("Retry-After", "60")
		v.Trouble = "Too many attempts. Wait a minute and try again."
		d.showLogin(w, r, http.StatusTooManyRequests, v)
		return
	}
	defer release()
	u, err := d.o.State.Check(r.Context(), v.Name, r.PostFormValue("password"))
	if err != nil && !errors.Is(err, state.ErrDenied) {
		d.fail(w, r, err)
		return
	}
	act.Status = http.StatusSeeOther
	if err != nil {
		act.Status = http.StatusUnauthorized
	}
	if err := d.o.State.Note(r.Context(), act); err != nil {
		d.fail(w, r, err)
		return
	}
	if err != nil {
		d.logins.failed(act.Who)
		v.Trouble = "Name or password is wrong."
		d.showLogin(w, r, http.StatusUnauthorized, v)
		return
	}
	secret, err := d.o.State.Begin(r.Context(), u.Name, d.o.Session)
	if err != nil {
		d.fail(w, r, err)
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: d.cookie(), Value: secret, Path: "/", MaxAge: int(d.o.Session / time.Second),
		HttpOnly: true, Secure: d.o.Secure, SameSite: http.SameSiteLaxMode,
	})
	http.Redirect(w, r, v.Next, http.StatusSeeOther)
}

// logout ends the session.
func (d *Door) logout(w http.ResponseWriter, r *http.Request) {
	if secret := asked(r.Context()).session; secret != "" {
		if err := d.o.State.End(r.Context(), secret); err != nil {
			d.fail(w, r, err)
			return
		}
	}
	http.SetCookie(w, &http.Cookie{Name: d.cookie(), Path: "/", MaxAge: -1, HttpOnly: true, Secure: d.o.Secure, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// within is next if that is a path of this server, else its first page: a link
// must not lead elsewhere by way of signing in. Browsers read "\" as "/" and
// leave out tabs and line ends.
func within(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\t\r\n") {
		return "/"
	}
	return next
}
