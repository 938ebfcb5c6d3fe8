// Package location says where an archive is, and opens it there.
package location

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"whosaid/internal/archive"
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
	folder, err := dataFolder(runtime.GOOS, os.Getenv, os.UserHomeDir)
	if err != nil {
		return "", fmt.Errorf("there is no folder for the archive: %w; name a file with --archive or %s", err, Variable)
	}
	return filepath.Join(folder, "whosaid", "archive.db"), nil
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
	return sqlite.Open(ctx, where, sqlite.Options{ReadOnly: readOnly})
}
