// Package testserver has a PostgreSQL server for tests: the one that the
// environment names, or one that it starts for itself if its programs are there.
package testserver

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// variable names a database that tests may make schemas in.
const variable = "WHOSAID_TEST_POSTGRES"

var server struct {
	once sync.Once
	url  string
	why  string // there is none
	stop func()
}

// Database is the URL of a database to test in; a test is skipped where there is
// none.
func Database(t testing.TB) string {
	t.Helper()
	server.once.Do(func() {
		if server.url = os.Getenv(variable); server.url == "" {
			server.url, server.stop, server.why = start()
		}
	})
	if server.url == "" {
		t.Skipf("%s; set %s to the URL of a database, or install PostgreSQL", server.why, variable)
	}
	return server.url
}

// Stop stops the server if it was started; a TestMain calls it at the end.
func Stop() {
	if server.stop != nil {
		server.stop()
	}
}

// programs finds the folder with the programs of a server.
func programs() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	for i := len(found) - 1; i >= 0; i-- {
		if _, err := os.Stat(filepath.Join(filepath.Dir(found[i]), "postgres")); err == nil {
			return filepath.Dir(found[i])
		}
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(real)
		}
	}
	return ""
}

// start starts a server of its own on a socket in a new folder. It refuses to
// run as root, so there it runs as a user without rights.
func start() (address string, stop func(), why string) {
	bin := programs()
	if bin == "" {
		return "", nil, "there is no PostgreSQL server on this machine"
	}
	dir, err := os.MkdirTemp("", "whosaid-postgres-")
	if err != nil {
		return "", nil, err.Error()
	}
	clean := func() { os.RemoveAll(dir) }
	as := func(name string, args ...string) *exec.Cmd { return exec.Command(name, args...) }
	if os.Getuid() == 0 {
		if as, err = lowered(dir); err != nil {
			clean()
			return "", nil, err.Error()
		}
	}
	data := filepath.Join(dir, "data")
	if out, err := as(filepath.Join(bin, "initdb"), "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync").CombinedOutput(); err != nil {
		clean()
		return "", nil, fmt.Sprintf("initdb: %v: %s", err, out)
	}
	cmd := as(filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=60")
	var log strings.Builder
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		clean()
		return "", nil, err.Error()
	}
	stop = func() {
		_ = cmd.Process.Signal(os.Interrupt) // a fast shutdown
		_ = cmd.Wait()
		clean()
	}
	address = "postgres://tester@/postgres?host=" + url.QueryEscape(dir)
	for range 600 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		conn, err := pgx.Connect(ctx, address)
		cancel()
		if err == nil {
			conn.Close(context.Background())
			return address, stop, ""
		}
		time.Sleep(100 * time.Millisecond)
	}
	stop()
	return "", nil, "the PostgreSQL server did not start: " + log.String()
}

var schemas atomic.Int64

// Fresh is the URL of an archive that is not there yet, in a schema of its own,
// which goes when the test ends.
func Fresh(t testing.TB) string {
	t.Helper()
	where := Database(t)
	schema := fmt.Sprintf("test_%d_%d", os.Getpid(), schemas.Add(1))
	sep := "?"
	if strings.Contains(where, "?") {
		sep = "&"
	}
	t.Cleanup(func() {
		conn, err := pgx.Connect(context.Background(), where)
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close(context.Background())
		if _, err := conn.Exec(context.Background(), "DROP SCHEMA IF EXISTS "+schema+" CASCADE"); err != nil {
			t.Error(err)
		}
	})
	return where + sep + "search_path=" + schema
}
