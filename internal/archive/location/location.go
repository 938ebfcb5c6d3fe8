// Package location says where an archive is, and opens it there.
package location

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/postgres"
	"whosaid/internal/archive/sqlite"
)

// Variable is the environment variable that names the archive.
const Variable = "WHOSAID_ARCHIVE"

// Default is the archive of a person who names none: what the environment says,
// or else a file in the folder that the platform has for the data of programs.
func Default() (string, error) {
	if named := os.Getenv(Variable); named != "" {
		return named, nil
	}
	folder, err := Folder()
	if err != nil {
		return "", fmt.Errorf("there is no folder for the archive: %w; name a file with --archive or %s", err, Variable)
	}
	return filepath.Join(folder, "archive.db"), nil
}

// Folder is where the platform has the data of this program.
func Folder() (string, error) {
	folder, err := dataFolder(runtime.GOOS, os.Getenv, os.UserHomeDir)
	return filepath.Join(folder, "whosaid"), err
}

// dataFolder is where programs keep their data on a system.
func dataFolder(system string, env func(string) string, home func() (string, error)) (string, error) {
	switch system {
	case "windows":
		if folder := env("LOCALAPPDATA"); folder != "" {
			return folder, nil
		}
	case "darwin", "ios":
	default:
		// By the XDG Base Directory Specification a path that is not absolute
		// is to be ignored.
		if folder := env("XDG_DATA_HOME"); filepath.IsAbs(folder) {
			return folder, nil
		}
	}
	dir, err := home()
	if err != nil {
		return "", err
	}
	switch system {
	case "windows":
		return filepath.Join(dir, "AppData", "Local"), nil
	case "darwin", "ios":
		return filepath.Join(dir, "Library", "Application Support"), nil
	}
	return filepath.Join(dir, ".local", "share"), nil
}

// Shared reports whether an archive is a PostgreSQL database, named by its URL.
func Shared(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// Open opens the archive at where: a file or the URL of a PostgreSQL database.
func Open(ctx context.Context, where string, readOnly bool) (archive.Store, error) {
	if Shared(where) {
		return postgres.Open(ctx, where, readOnly)
	}
	return sqlite.Open(ctx, where, sqlite.Options{ReadOnly: readOnly})
}

// Backup writes a copy of an archive, as it is at one moment, to a new file,
// which is an archive itself. Others may write meanwhile.
func Backup(ctx context.Context, from archive.Store, path string) error {
	if file, ok := from.(interface {
		CopyTo(ctx context.Context, path string) error
	}); ok {
		return file.CopyTo(ctx, path)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already: name a file that is not", path)
	}
	part := path + ".part"
	err := fill(ctx, part, from)
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		for _, ending := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(part + ending)
		}
	}
	return err
}

// fill makes an archive in a file with everything that another has.
func fill(ctx context.Context, path string, from archive.Store) error {
	to, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return err
	}
	err = archive.Copy(ctx, to, from)
	return errors.Join(err, to.Close())
}

// Restore makes the archive at where out of a backup. One that is there
// already is put aside, under a name that it returns; a PostgreSQL archive must
// be empty.
func Restore(ctx context.Context, backup, where string) (aside string, err error) {
	from, err := sqlite.Open(ctx, backup, sqlite.Options{ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer from.Close()
	for fault, err := range from.Verify(ctx) {
		if err != nil {
			return "", err
		}
		return "", fmt.Errorf("%s: %w, so nothing was restored: %s", backup, archive.ErrDamaged, fault)
	}
	if !Shared(where) {
		return restoreFile(ctx, from, where)
	}
	to, err := postgres.Open(ctx, where, false)
	if err != nil {
		return "", err
	}
	defer to.Close()
	stats, err := to.Stats(ctx)
	if err != nil {
		return "", err
	}
	if stats.Articles > 0 {
		return "", fmt.Errorf("%s holds %d articles: restore into an empty database, or add the backup to it with whosaid export and whosaid import", postgres.Shown(where), stats.Articles)
	}
	return "", archive.Copy(ctx, to, from)
}

// restoreFile puts a copy of an archive in the place of a file, which it
// renames. Who has the old file open goes on with that; so nobody should.
func restoreFile(ctx context.Context, from archive.Store, where string) (aside string, err error) {
	if err := os.MkdirAll(filepath.Dir(where), 0o700); err != nil {
		return "", err
	}
	part := where + ".restored"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if err := Backup(ctx, from, part); err != nil {
		return "", err
	}
	if _, err := os.Stat(where); err == nil {
		aside = fmt.Sprintf("%s.before-%s", where, time.Now().UTC().Format("20060102-150405"))
		// What a log beside the file holds belongs to it.
		for _, ending := range []string{"-wal", "-shm", ""} {
			if err := os.Rename(where+ending, aside+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return "", err
			}
		}
	}
	return aside, os.Rename(part, where)
}
