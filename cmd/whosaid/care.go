package main

import (
	"errors"
	"fmt"
	"time"

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
		Args: cobra.ExactArgs(1),
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
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s holds the archive of %d articles and %d statements.\n", args[0], stats.Articles, stats.Statements)
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
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			where, err := f.path()
			if err != nil {
				return err
			}
			aside, err := location.Restore(cmd.Context(), args[0], where)
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
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			store, err := f.open(ctx, false)
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
				return errors.New("the archive is damaged: bring back a copy with whosaid restore, or save what can be read with whosaid export")
			}
			stats, err := store.Stats(ctx)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "The archive is sound: %d articles in %d versions, %d statements, %.1f MB.\n",
				stats.Articles, stats.Versions, stats.Statements, float64(stats.Bytes)/1e6)
			return err
		},
	}
	f.register(cmd)
	return cmd
}

func newForgetCommand() *cobra.Command {
	var f archiveFlags
	var outlet string
	var days int
	cmd := &cobra.Command{
		Use:   "forget [ARTICLE|URL]...",
		Short: "Removes articles from the archive for good",
		Long: example("whosaid forget https://example.org/story") +
			"Removes articles from the archive, by their id or address: text, page, index and all versions. What remains is that there was something to forget, so that it is not brought in again. --outlet forgets everything that an outlet printed, and all it will; --older removes what was kept so many days ago, which may come again.",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			var targets []archive.Target
			for _, ref := range args {
				targets = append(targets, archive.Target{Article: ref})
			}
			if outlet != "" {
				targets = append(targets, archive.Target{Outlet: outlet})
			}
			if days > 0 {
				targets = append(targets, archive.Target{Before: time.Now().AddDate(0, 0, -days)})
			}
			if len(targets) == 0 {
				return usagef("name an article by its id or address, or give --outlet or --older")
			}
			ctx := cmd.Context()
			store, err := f.open(ctx, false)
			if err != nil {
				return err
			}
			defer store.Close()
			missing := false
			var sum archive.Forgotten
			for _, t := range targets {
				got, err := store.Forget(ctx, t)
				if err != nil {
					return err
				}
				if got.Articles == 0 && t.Article != "" {
					missing = true
					tell(cmd.ErrOrStderr(), fmt.Errorf("%s: the archive has no such article", t.Article))
				}
				sum.Articles += got.Articles
				sum.Versions += got.Versions
				sum.Statements += got.Statements
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Forgotten: %d articles in %d versions, %d statements.\n", sum.Articles, sum.Versions, sum.Statements)
			if missing {
				return errTold
			}
			return store.Close()
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&outlet, "outlet", "", "forget everything that this outlet printed")
	cmd.Flags().IntVar(&days, "older", 0, "remove what was kept longer ago than so many days")
	return cmd
}
