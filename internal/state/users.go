package state

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// A User is somebody who may sign in.
type User struct {
	Name string
	Role string
	Made time.Time
}

// The bounds of passwords: length in characters, and bytes that are hashed.
const (
	shortest = 10
	longest  = 1024
)

// CheckPassword says what is wrong with a new password. Length is what makes
// one strong (NIST SP 800-63B); nothing else is asked of it.
func CheckPassword(password string) error {
	switch {
	case utf8.RuneCountInString(password) < shortest:
		return fmt.Errorf("the password has fewer than %d characters: choose a longer one, a few words will do", shortest)
	case len(password) > longest:
		return fmt.Errorf("the password is longer than %d bytes", longest)
	}
	return nil
}

// checkName says what is wrong with the name of a user.
func checkName(name string) error {
	ok := name != "" && len(name) <= 64
	for _, r := range name {
		ok = ok && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-@", r))
	}
	if !ok {
		return fmt.Errorf("%.80q is no name for a user: take up to 64 letters a-z, digits and . _ - @", name)
	}
	return nil
}

// AddUser adds somebody. The role is the business of the server.
func (s *Store) AddUser(ctx context.Context, name, role, password string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if err := CheckPassword(password); err != nil {
		return err
	}
	r, err := s.db.ExecContext(ctx, "INSERT OR IGNORE INTO user (name, role, password, made) VALUES (?, ?, ?, ?)", name, role, s.cost.hash(password), millis(s.now()))
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return fmt.Errorf("user %s: %w", name, ErrExists)
}

// SetPassword gives a user another password and ends all their sessions.
func (s *Store) SetPassword(ctx context.Context, name, password string) error {
	if err := CheckPassword(password); err != nil {
		return err
	}
	if err := s.one(ctx, "user "+name, "UPDATE user SET password = ? WHERE name = ?", s.cost.hash(password), name); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, "DELETE FROM session WHERE user = ?", name)
	return err
}

// RemoveUser removes somebody with all their sessions and tokens.
func (s *Store) RemoveUser(ctx context.Context, name string) error {
	return s.one(ctx, "user "+name, "DELETE FROM user WHERE name = ?", name)
}

// Users lists everybody by name.
func (s *Store) Users(ctx context.Context) ([]User, error) {
	return list(ctx, s, func(scan func(...any) error) (u User, err error) {
		var made int64
		err = scan(&u.Name, &u.Role, &made)
		u.Made = moment(made)
		return u, err
	}, "SELECT name, role, made FROM user ORDER BY name")
}

// Check is the user of a name and a password, or ErrDenied. It takes some tens
// of milliseconds and 19 MiB: the caller bounds how many run at once.
func (s *Store) Check(ctx context.Context, name, password string) (User, error) {
	u, kept := User{Name: name}, s.nobody()
	err := s.db.QueryRowContext(ctx, "SELECT role, password FROM user WHERE name = ?", name).Scan(&u.Role, &kept)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return User{}, err
	}
	if len(password) > longest || !matches(kept, password) || err != nil {
		return User{}, ErrDenied
	}
	return u, nil
}

// A Cost is what argon2id takes to hash a password. A hash carries its own, so
// that it may change.
type Cost struct {
	Memory uint32 // KiB
	Passes uint32
}

// DefaultCost is the second choice of OWASP's cheat sheet on storing passwords.
var DefaultCost = Cost{Memory: 19 << 10, Passes: 2}

const (
	threads = 1
	saltLen = 16
	keyLen  = 32
)

// nobody is the hash of a password that nobody has: a name that is not there
// takes as long to refuse as one that is.
func (c Cost) nobody() string { return c.hash("a password that nobody has") }

// hash is a password in the form of the PHC: $argon2id$v=19$m=…,t=…,p=…$salt$key.
func (c Cost) hash(password string) string {
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt) // it never fails
	key := argon2.IDKey([]byte(password), salt, c.Passes, c.Memory, threads, keyLen)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Passes, threads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

// matches reports whether a password is the one of a hash.
func matches(phc, password string) bool {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	var version, m, t, p uint32
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &m, &t, &p); err != nil || t == 0 || p == 0 || p > 255 || m > 1<<20 {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(key) < keyLen || len(key) > 64 {
		return false
	}
	return subtle.ConstantTimeCompare(key, argon2.IDKey([]byte(password), salt, t, m, uint8(p), uint32(len(key)))) == 1
}
