package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"whosaid/internal/archive/location"
	"whosaid/internal/serve/door"
	"whosaid/internal/state"
)

// stateFlags name the file of users, tokens and alerts.
type stateFlags struct {
	archiveFlags
	file string
}

func (f *stateFlags) register(cmd *cobra.Command) {
	f.archiveFlags.register(cmd)
	cmd.Flags().StringVar(&f.file, "state", "", "the file of users, tokens and alerts (by default beside the archive, its name with .serve behind it; "+variable("state")+")")
}

// openState opens that file.
func (f *stateFlags) openState(cmd *cobra.Command) (*state.Store, error) {
	path, err := f.statePath()
	if err != nil {
		return nil, err
	}
	return state.Open(cmd.Context(), path)
}

// newListCommand is the verb list of verb: it opens that file and writes a table
// of what it holds; list writes the rows, their cells ended by tabs.
func newListCommand(verb, short string, list func(cmd *cobra.Command, s *state.Store, out io.Writer) error) *cobra.Command {
	var f stateFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: short,
		Long:  example("whosaid "+verb+" list") + short + ".",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := f.openState(cmd)
			if err != nil {
				return err
			}
			defer s.Close()
			out := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			if err := list(cmd, s, out); err != nil {
				return err
			}
			return out.Flush()
		},
	}
	f.register(cmd)
	return cmd
}

// statePath is the file that was named, or else the one beside the archive. An
// archive in PostgreSQL has it where a file archive would lie by default.
func (f *stateFlags) statePath() (string, error) {
	if file := cmp.Or(f.file, os.Getenv(variable("state"))); file != "" {
		return file, nil
	}
	where, err := f.path()
	if err != nil {
		return "", err
	}
	if location.Shared(where) {
		folder, err := location.Folder()
		if err != nil {
			return "", err
		}
		where = filepath.Join(folder, "postgres")
	}
	return where + ".serve", nil
}

func newUserCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user",
		Short: "Adds, removes and lists those who may use the server",
		Long: example("whosaid user add ida --role reviewer") +
			"Adds, removes and lists those who may use the server that whosaid serve starts.\n\n" +
			"A reader asks and saves alerts, a reviewer decides too, an admin does everything. Once there is a user, everybody must sign in, on this machine too.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newUserAddCommand(), newRemoveCommand("user", "NAME", "ida", "Removes somebody with their sessions and tokens", byName((*state.Store).RemoveUser)), newUserListCommand(), newUserPasswordCommand())
	return cmd
}

func newUserAddCommand() *cobra.Command {
	var f stateFlags
	var role string
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Adds somebody, and asks for their password",
		Long: example("whosaid user add ida --role reviewer") +
			"Adds somebody who may sign in. The password is asked for, or read as one line from standard input if that is no terminal.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(door.Roles, role) {
				return usagef("there is no role %q: choose from %s", role, strings.Join(door.Roles, ", "))
			}
			password, err := askPassword(cmd, "Password for "+args[0]+": ")
			if err != nil {
				return err
			}
			s, err := f.openState(cmd)
			if err != nil {
				return err
			}
			defer s.Close()
			if err := s.AddUser(cmd.Context(), args[0], role, password); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "added %s, %s\n", args[0], role)
			return s.Close()
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&role, "role", door.Roles[0], "one of "+strings.Join(door.Roles, ", "))
	return cmd
}

func newUserPasswordCommand() *cobra.Command {
	var f stateFlags
	cmd := &cobra.Command{
		Use:   "password NAME",
		Short: "Gives somebody another password and ends their sessions",
		Long:  example("whosaid user password ida") + "Asks for another password of somebody, and ends the sessions that the old one began.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			password, err := askPassword(cmd, "New password for "+args[0]+": ")
			if err != nil {
				return err
			}
			s, err := f.openState(cmd)
			if err != nil {
				return err
			}
			defer s.Close()
			if err := s.SetPassword(cmd.Context(), args[0], password); err != nil {
				return err
			}
			return s.Close()
		},
	}
	f.register(cmd)
	return cmd
}

// A removal takes something out of what the server keeps.
type removal func(*state.Store, context.Context) error

// newRemoveCommand is the verb remove of verb; arg is what the thing is told by,
// as in such, which remove reads before anything is opened.
func newRemoveCommand(verb, arg, such, short string, remove func(text string) (removal, error)) *cobra.Command {
	var f stateFlags
	cmd := &cobra.Command{
		Use:   "remove " + arg,
		Short: short,
		Long:  example("whosaid "+verb+" remove "+such) + short + ".",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			do, err := remove(args[0])
			if err != nil {
				return err
			}
			s, err := f.openState(cmd)
			if err != nil {
				return err
			}
			defer s.Close()
			if err := do(s, cmd.Context()); err != nil {
				return err
			}
			return s.Close()
		},
	}
	f.register(cmd)
	return cmd
}

// byName removes what has a name, byID what has a number.
func byName(remove func(*state.Store, context.Context, string) error) func(string) (removal, error) {
	return func(name string) (removal, error) {
		return func(s *state.Store, ctx context.Context) error { return remove(s, ctx, name) }, nil
	}
}

func byID(remove func(*state.Store, context.Context, int64) error) func(string) (removal, error) {
	return func(text string) (removal, error) {
		id, err := number(text)
		if err != nil {
			return nil, err
		}
		return func(s *state.Store, ctx context.Context) error { return remove(s, ctx, id) }, nil
	}
}

func newUserListCommand() *cobra.Command {
	return newListCommand("user", "Lists everybody with their role", func(cmd *cobra.Command, s *state.Store, out io.Writer) error {
		users, err := s.Users(cmd.Context())
		for _, u := range users {
			fmt.Fprintf(out, "%s\t%s\t%s\n", u.Name, u.Role, u.Made.Format(time.DateOnly))
		}
		return err
	})
}

// askPassword asks for a password at a terminal, where it is not shown, or reads
// the first line of standard input.
func askPassword(cmd *cobra.Command, prompt string) (string, error) {
	in := cmd.InOrStdin()
	if file, ok := in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		fmt.Fprint(cmd.ErrOrStderr(), prompt)
		raw, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(cmd.ErrOrStderr())
		return string(raw), err
	}
	line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if err != nil && line == "" {
		return "", usagef("no password was given: type one, or give it as a line of standard input")
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func newTokenCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Makes, removes and lists tokens by which programs use the server",
		Long: example("whosaid token add ida --scope read --name 'morning script'") +
			"Makes, removes and lists tokens by which programs use the API of the server for a user. A token may no more than its scope and no more than its user.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newTokenAddCommand(), newRemoveCommand("token", "ID", "3", "Takes a token back", byID((*state.Store).RemoveToken)), newTokenListCommand())
	return cmd
}

func newTokenAddCommand() *cobra.Command {
	var f stateFlags
	var t state.Token
	var days int
	cmd := &cobra.Command{
		Use:   "add USER",
		Short: "Makes a token and prints it, this once",
		Long:  example("whosaid token add ida --scope read --name 'morning script'") + "Makes a token by which programs use the server as somebody, and prints it, this once: what is kept is a hash of it.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case !slices.Contains(door.Scopes, t.Scope):
				return usagef("there is no scope %q: choose from %s", t.Scope, strings.Join(door.Scopes, ", "))
			case days < 0:
				return usagef("--days cannot be negative")
			case days > 0:
				t.Ends = time.Now().AddDate(0, 0, days)
			}
			s, err := f.openState(cmd)
			if err != nil {
				return err
			}
			defer s.Close()
			t.User = args[0]
			_, secret, err := s.AddToken(cmd.Context(), t)
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), secret)
			return s.Close()
		},
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&t.Name, "name", "", "what it is for")
	flags.StringVar(&t.Scope, "scope", door.ScopeRead, "one of "+strings.Join(door.Scopes, ", "))
	flags.IntVar(&days, "days", 0, "for how long it is good; 0 for ever")
	return cmd
}

func newTokenListCommand() *cobra.Command {
	return newListCommand("token", "Lists all tokens, without their secrets", func(cmd *cobra.Command, s *state.Store, out io.Writer) error {
		tokens, err := s.Tokens(cmd.Context())
		for _, t := range tokens {
			ends := "for ever"
			if !t.Ends.IsZero() {
				ends = "until " + t.Ends.Format(time.DateOnly)
			}
			fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\n", t.ID, t.User, t.Scope, ends, t.Name)
		}
		return err
	})
}
