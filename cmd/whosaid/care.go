package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/archive/location"
)

func newBackupCommand() *cobra.Command {
	var f archiveFlags
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Writes a copy of the archive to a new file",
		Long: example("whosaid backup archive-monday.db") +
			"Writes a copy of the archive, as it is at this moment, to a new file. Others may read and write meanwhile. The copy is an archive itself, also that of a PostgreSQL database: name it with --archive to look into it, or bring it back with whosaid restore.",
		Example: strings.Join([]string{
			"whosaid backup archive-monday.db",
			"whosaid backup --archive postgres://ida@db.example.org/news copy.db",
			"whosaid search --archive copy.db pier",
		}, "\n"),
		Args: needs("the file to write", false),
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := f.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			defer store.Close()
			if err := location.Backup(cmd.Context(), store, args[0]); err != nil {
				return err
			}
			stats, err := store.Stats(cmd.Context())
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s holds the archive of %s and %s.\n", args[0], count(stats.Articles, "article"), count(stats.Statements, "statement"))
			return err
		},
	}
	f.register(cmd)
	return cmd
}

func newRestoreCommand() *cobra.Command {
	var f archiveFlags
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Puts a backup in the place of the archive",
		Long: example("whosaid restore archive-monday.db") +
			"Checks a backup and puts a copy of it in the place of the archive. An archive that is there already is kept under another name. Stop what writes to it first. A PostgreSQL archive is restored into an empty database.",
		Example: strings.Join([]string{
			"whosaid restore archive-monday.db",
			"whosaid restore --archive postgres://ida@db.example.org/news copy.db",
		}, "\n"),
		Args: needs("a backup", false),
		RunE: func(cmd *cobra.Command, args []string) error {
			where, err := f.path()
			if err != nil {
				return err
			}
			aside, err := location.Restore(cmd.Context(), args[0], where)
			if errors.Is(err, archive.ErrMissing) {
				return fmt.Errorf("%s: there is no such backup; check the path", args[0])
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "The archive is what %s holds.\n", args[0])
			if aside != "" {
				fmt.Fprintf(cmd.OutOrStdout(), "The one that was there is %s.\n", aside)
			}
			return nil
		},
	}
	f.register(cmd)
	return cmd
}

func newVerifyCommand() *cobra.Command {
	var f archiveFlags
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Reads the whole archive and says what is wrong with it",
		Long: example("whosaid verify") +
			"Reads the whole archive, its index and every version of every article, and says what is wrong. Exits with 0 if nothing is, else with 1.",
		Example: strings.Join([]string{
			"whosaid verify",
			"whosaid verify --archive copy.db",
		}, "\n"),
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			store, err := f.change(ctx)
			if errors.Is(err, archive.ErrReadOnly) {
				store, err = f.open(ctx, true)
			}
			if err != nil {
				return err
			}
			defer store.Close()
			faults := 0
			for fault, err := range store.Verify(ctx) {
				if err != nil {
					return err
				}
				faults++
				fmt.Fprintln(cmd.OutOrStdout(), fault)
			}
			if faults > 0 {
				return errors.New("the archive is damaged: bring back a copy with whosaid restore, or save what can be read with whosaid export --rescue")
			}
			stats, err := store.Stats(ctx)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "The archive is sound: %s in %s, %s, %.1f MB.\n",
				count(stats.Articles, "article"), count(stats.Versions, "version"), count(stats.Statements, "statement"), float64(stats.Bytes)/1e6)
			return err
		},
	}
	f.register(cmd)
	return cmd
}
