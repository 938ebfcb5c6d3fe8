package state

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func open(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, Passwords(Cost{Memory: 64, Passes: 1}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestUsers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "folder", "x.serve")
	s := open(t, path)
	ctx := t.Context()
	if err := s.AddUser(ctx, "ida", "admin", "three small words"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, password string }{
		{"ida", "three small words"}, {"", "three small words"}, {"a b", "three small words"}, {"ada", "short"}, {"ada", strings.Repeat("x", longest+1)},
	} {
		if err := s.AddUser(ctx, c.name, "reader", c.password); err == nil {
			t.Errorf("user %q with a password of %d bytes was added", c.name, len(c.password))
		}
	}
	if u, err := s.Check(ctx, "ida", "three small words"); err != nil || u.Role != "admin" {
		t.Errorf("the right password gives %+v, %v", u, err)
	}
	for _, c := range [][2]string{{"ida", "three small word"}, {"ada", "three small words"}, {"ida", ""}, {"ida", strings.Repeat("x", longest+1)}, {"", ""}} {
		if _, err := s.Check(ctx, c[0], c[1]); !errors.Is(err, ErrDenied) {
			t.Errorf("%q with %.20q: %v", c[0], c[1], err)
		}
	}
	secret, err := s.Begin(ctx, "ida", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetPassword(ctx, "ida", "other small words"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Session(ctx, secret); !errors.Is(err, ErrDenied) {
		t.Errorf("after another password the session is %v", err)
	}
	if err := s.RemoveUser(ctx, "ada"); !errors.Is(err, ErrNotFound) {
		t.Errorf("removing nobody: %v", err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wal, err := os.ReadFile(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []string{"small words", secret} {
		if strings.Contains(string(data)+string(wal), x) {
			t.Errorf("the file holds %q as it is", x)
		}
	}
	if info, err := os.Stat(path); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o600) {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
}

func TestHashesTellTheirCost(t *testing.T) {
	h := DefaultCost.hash("three small words")
	if !strings.HasPrefix(h, "$argon2id$v=19$m=19456,t=2,p=1$") || h == DefaultCost.hash("three small words") {
		t.Errorf("it is %s", h)
	}
	// Made by the reference program: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32 -e
	const other = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if !matches(other, "password") || matches(other, "Password") {
		t.Error("a hash of the reference is not understood")
	}
	for _, bad := range []string{"", "$argon2id$", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$", "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"} {
		if matches(bad, "password") {
			t.Errorf("%s lets somebody in", bad)
		}
	}
}

func TestSessionsAndTokensEnd(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "x.serve"))
	ctx := t.Context()
	if err := s.AddUser(ctx, "ida", "reader", "three small words"); err != nil {
		t.Fatal(err)
	}
	secret, err := s.Begin(ctx, "ida", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	id, token, err := s.AddToken(ctx, Token{User: "ida", Scope: "read", Ends: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Session(ctx, secret); err != nil {
		t.Error(err)
	}
	if u, scope, err := s.TokenUser(ctx, token); err != nil || u.Name != "ida" || scope != "read" {
		t.Error(u, scope, err)
	}
	s.now = func() time.Time { return time.Now().Add(2 * time.Hour) }
	if _, err := s.Session(ctx, secret); !errors.Is(err, ErrDenied) {
		t.Errorf("the session that has ended is %v", err)
	}
	if _, _, err := s.TokenUser(ctx, token); !errors.Is(err, ErrDenied) {
		t.Errorf("the token that has ended is %v", err)
	}
	if err := s.RemoveToken(ctx, id); err != nil {
		t.Error(err)
	}
	if _, _, err := s.AddToken(ctx, Token{User: "ada", Scope: "read"}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a token of nobody: %v", err)
	}
}

func TestFoundOnce(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "x.serve"))
	ctx := t.Context()
	a, err := s.AddAlert(ctx, Alert{Name: "n", Query: []byte("{}"), Hook: "https://example.org", Seen: 5})
	if err != nil || a.Key == "" || !strings.HasPrefix(a.Secret, "whsec_") {
		t.Fatal(a, err)
	}
	// Two processes look at the same versions at once.
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			if err := s.Find(ctx, a.ID, 9, [][]byte{[]byte("1"), []byte("2")}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	list, err := s.Waiting(ctx, a.ID, 10)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d wait (%v), want 2", len(list), err)
	}
	due := time.Now().Add(time.Hour).UTC().Truncate(time.Millisecond)
	if err := s.Failed(ctx, a.ID, "refused", due); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Alert(ctx, a.ID); err != nil || got.Tries != 1 || got.Trouble != "refused" || !got.Due.Equal(due) || got.Seen != 9 {
		t.Errorf("it is %+v, %v", got, err)
	}
	if err := s.Sent(ctx, a.ID, list[0].ID, due); err != nil {
		t.Fatal(err)
	}
	if list, err = s.Waiting(ctx, a.ID, 10); err != nil || len(list) != 1 || string(list[0].Hit) != "2" {
		t.Errorf("after sending the first %v wait, %v", list, err)
	}
	if err := s.RemoveAlert(ctx, a.ID); err != nil {
		t.Fatal(err)
	}
	if list, err = s.Waiting(ctx, a.ID, 10); err != nil || len(list) != 0 {
		t.Errorf("of what was removed %v wait, %v", list, err)
	}
}

func TestTwoOpenIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.serve")
	var group sync.WaitGroup
	secrets := make([]string, 4)
	for i := range secrets {
		group.Go(func() {
			s, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			x, err := s.Secret(t.Context(), "forms")
			if err != nil {
				t.Error(err)
			}
			secrets[i] = string(x)
		})
	}
	group.Wait()
	for _, x := range secrets {
		if x != secrets[0] || len(x) != 32 {
			t.Fatal("they do not have the same secret")
		}
	}
	s := open(t, path)
	if _, err := s.db.ExecContext(t.Context(), fmt.Sprintf("PRAGMA user_version = %d", len(steps)+1)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer file: %v", err)
	}
}
