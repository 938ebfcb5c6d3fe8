package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"whosaid/internal/alert"
	"whosaid/internal/desk"
	"whosaid/internal/state"
)

func newAlertCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "alert",
		Short: "Saves, removes and lists searches whose new hits are told",
		Long: example("whosaid alert add 'the bridge' 'bridge AND toll' --mail ida@example.org --every 24h") +
			"Saves, removes and lists searches whose new hits are told. Each is a feed (Atom and JSON) of the server that whosaid serve starts; by choice what is new is posted to an address on the web, signed, or mailed.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newAlertAddCommand(), newRemoveCommand("alert", "ID", "3", "Removes an alert", byID((*state.Store).RemoveAlert)), newAlertListCommand())
	return cmd
}

// withBook opens the alerts and hands them to do.
func (f *stateFlags) withBook(cmd *cobra.Command, do func(context.Context, *alert.Book) error) error {
	ctx := cmd.Context()
	store, err := f.open(ctx, true)
	if err != nil {
		return err
	}
	defer store.Close()
	s, err := f.openState(cmd)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := do(ctx, alert.NewBook(desk.New(store), s)); err != nil {
		return err
	}
	return s.Close()
}

func newAlertAddCommand() *cobra.Command {
	var f stateFlags
	var q queryFlags
	var a alert.Alert
	cmd := &cobra.Command{
		Use:   "add NAME [QUERY]",
		Short: "Saves a search",
		Long: example("whosaid alert add promises --kind promise --since 2026") +
			"Saves a search, with the query and flags that whosaid search has, and prints the paths of its feeds.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := q.read(args[1:]); err != nil {
				return err
			}
			a.Name, a.Query = args[0], alert.QueryOf(q.query)
			return f.withBook(cmd, func(ctx context.Context, b *alert.Book) error {
				kept, err := b.Add(ctx, a)
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%d\n/feeds/%d/atom.xml?key=%s\n/feeds/%d/feed.json?key=%s\n", kept.ID, kept.ID, kept.Key, kept.ID, kept.Key)
				if kept.Secret != "" {
					fmt.Fprintf(cmd.OutOrStdout(), "signed by %s\n", kept.Secret)
				}
				return nil
			})
		},
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&a.Hook, "hook", "", "post what is new to this address")
	flags.StringVar(&a.Mail, "mail", "", "or mail it to this one")
	flags.DurationVar(&a.Every, "every", 0, "at most one message in this time, such as 24h")
	flags.StringVar(&a.Owner, "owner", "", "the user whose alert it is")
	q.register(flags)
	return cmd
}

func newAlertListCommand() *cobra.Command {
	return newListCommand("alert", "Lists all alerts, and why one could not be sent", func(cmd *cobra.Command, s *state.Store, out io.Writer) error {
		list, err := s.Alerts(cmd.Context())
		for _, a := range list {
			fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\n", a.ID, a.Name, a.Owner, target(a), a.Trouble)
		}
		return err
	})
}

// target is where an alert is sent.
func target(a state.Alert) string {
	switch {
	case a.Hook != "":
		return a.Hook
	case a.Mail != "":
		return a.Mail
	}
	return "feed"
}
