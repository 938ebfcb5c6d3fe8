package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
)

func newRejoinCommand() *cobra.Command {
	var f decideFlags
	dry := false
	cmd := &cobra.Command{
		Use:   "rejoin",
		Short: "Joins the actors of all articles into people anew",
		Long: example("whosaid people rejoin --dry-run") +
			"Articles are joined to people as they come, and who comes first decides much. This joins all of them anew, in the order of publication, as if they had come at once. Who somebody has decided about (whosaid fix) stays as they are, with all their actors; people of a roster stay and get their actors anew. It is done whole or not at all, and cannot be undone.",
		Example: strings.Join([]string{
			`whosaid people rejoin --dry-run`,
			`whosaid people rejoin --why 'ten years came in reverse'`,
		}, "\n"),
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			open := f.change
			if dry {
				open = func(ctx context.Context) (archive.Store, error) { return f.open(ctx, true) }
			}
			store, err := open(cmd.Context())
			if err != nil {
				return err
			}
			defer store.Close()
			done, err := desk.New(store).Rejoin(cmd.Context(), desk.Verdict{Who: f.name(), Why: strings.TrimSpace(f.why)}, dry, nil)
			if errors.Is(err, archive.ErrChanged) {
				return fmt.Errorf("%w, so nothing was changed: run it again", err)
			}
			if err != nil {
				return err
			}
			is := "are somebody else now"
			if dry {
				is = "would be somebody else"
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Looked at %d actors in %d articles: %d people.\nAs they were: %d; settled by a decision: %d; merged into others: %d; split: %d; new: %d.\n%d actors %s.\n",
				done.Actors, done.Articles, done.People, done.Unchanged, done.Settled, done.Merged, done.Split, done.New, done.Moved, is)
			return store.Close()
		},
	}
	f.register(cmd)
	f.reason(cmd)
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only say what would change")
	return cmd
}
