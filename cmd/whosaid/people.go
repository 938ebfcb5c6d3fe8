package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"whosaid/internal/desk"
	"whosaid/internal/serve/people"
)

// peopleFlags are the flags of the verbs about people.
type peopleFlags struct {
	archiveFlags
	format string
	limit  int
}

func (f *peopleFlags) register(cmd *cobra.Command, limit int, what string) {
	f.archiveFlags.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVar(&f.limit, "limit", limit, what+"; 0 for all")
	flags.StringVarP(&f.format, "format", "f", "text", "text or json")
}

// ask opens the archive for reading, asks it, and prints the answer.
func ask[T any](cmd *cobra.Command, f *peopleFlags, question func(*desk.Desk) (T, error), text func(io.Writer, T, people.Options) error) error {
	if f.format != "text" && f.format != "json" {
		return usagef("there is no format %q: choose text or json", f.format)
	}
	if f.limit < 0 {
		return usagef("--limit cannot be negative")
	}
	store, err := f.open(cmd.Context(), true)
	if err != nil {
		return err
	}
	defer store.Close()
	answer, err := question(desk.New(store))
	var several *desk.AmbiguousError
	if errors.As(err, &several) {
		look := terminal(cmd.ErrOrStderr())
		if err := people.List(cmd.ErrOrStderr(), several.People, people.Options{Width: look.Width, Colour: look.Colour}); err != nil {
			return err
		}
		return fmt.Errorf("%q is the name of these; name one by its number: '#%d'", several.Name, several.People[0].ID)
	}
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	if f.format == "json" {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return quiet(e.Encode(answer))
	}
	look := terminal(out)
	return quiet(text(out, answer, people.Options{Width: look.Width, Colour: look.Colour, Most: f.limit}))
}

func newPeopleCommand() *cobra.Command {
	var f peopleFlags
	cmd := &cobra.Command{
		Use:   "people [NAME]",
		Short: "Lists people and organisations that the archive knows",
		Long: example("whosaid people Khazali") +
			"Lists the people and organisations that articles name, those with the most articles first; with a name, those who have it in any spelling.",
		Example: strings.Join([]string{
			`whosaid people --limit 0`,
			`whosaid people Kazemi --format json`,
		}, "\n"),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return ask(cmd, &f, func(d *desk.Desk) ([]desk.Listed, error) {
				list, err := d.People(cmd.Context(), strings.Join(args, " "), f.limit)
				if err == nil && len(list) == 0 && len(args) > 0 {
					err = &desk.UnknownError{Name: strings.Join(args, " ")}
				}
				return list, err
			}, people.List)
		},
	}
	f.register(cmd, 40, "how many to list")
	cmd.AddCommand(newPeopleImportCommand(), newPeopleExportCommand(), newRejoinCommand())
	return cmd
}

func newPersonCommand() *cobra.Command {
	var f peopleFlags
	cmd := &cobra.Command{
		Use:   "person NAME",
		Short: "Shows everything that there is of a person",
		Long: example("whosaid person 'Qais al-Khazali'") +
			"Shows how articles write a name, the roles over time, what each outlet calls the person, statements by month and kind, whom they speak of and who speaks of them, and relations, with the places on which it rests. A person can be named by a number (#12).",
		Example: strings.Join([]string{
			`whosaid person Khazali`,
			`whosaid person '#12' --limit 0`,
			`whosaid person 'Ida Brandt' --format json`,
		}, "\n"),
		Args: needs("a person", true),
		RunE: func(cmd *cobra.Command, args []string) error {
			return ask(cmd, &f, func(d *desk.Desk) (*desk.Person, error) {
				return d.Person(cmd.Context(), strings.Join(args, " "), shownEvidence)
			}, people.Page)
		},
	}
	f.register(cmd, 12, "how many entries of each list to show")
	return cmd
}

// shownEvidence is for how many words and ties of each kind places are shown.
const shownEvidence = 20

func newLabelsCommand() *cobra.Command {
	var f peopleFlags
	kinds := []string{"label"}
	cmd := &cobra.Command{
		Use:   "labels NAME...",
		Short: "Shows what each outlet calls people",
		Long: example("whosaid labels 'Qais al-Khazali' 'Ida Brandt'") +
			"Shows the labels that each outlet has for people, with how often and where.",
		Example: strings.Join([]string{
			`whosaid labels Khazali`,
			`whosaid labels 'Ida Brandt' 'Per Lund' --kind label,role`,
		}, "\n"),
		Args: needs("a person", true),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, k := range kinds {
				if k != "label" && k != "title" && k != "role" {
					return usagef("there is no kind %q of words: choose label, title or role", k)
				}
			}
			return ask(cmd, &f, func(d *desk.Desk) (*desk.Labels, error) { return d.Labels(cmd.Context(), args, kinds, shownEvidence) }, people.Labels)
		},
	}
	f.register(cmd, 40, "how many to show of each person")
	cmd.Flags().StringSliceVar(&kinds, "kind", kinds, "label, title or role; may be given several times")
	return cmd
}

func newTimelineCommand() *cobra.Command {
	var f peopleFlags
	statements := 3
	cmd := &cobra.Command{
		Use:   "timeline [NAME]",
		Short: "Shows what was said month by month",
		Long: example("whosaid timeline 'Ida Brandt'") +
			"Counts statements by month and kind, of everybody or of one person; of a person with the latest statements of each month and the roles that appear in it.",
		Example: strings.Join([]string{
			`whosaid timeline`,
			`whosaid timeline 'Ida Brandt' --limit 12 --statements 10`,
		}, "\n"),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return ask(cmd, &f, func(d *desk.Desk) ([]desk.Period, error) {
				periods, err := d.Timeline(cmd.Context(), strings.Join(args, " "), statements)
				if f.limit > 0 {
					periods = periods[max(0, len(periods)-f.limit):]
				}
				return periods, err
			}, people.Timeline)
		},
	}
	f.register(cmd, 0, "how many months to show, the last ones")
	cmd.Flags().IntVar(&statements, "statements", statements, "how many of a month to show")
	return cmd
}

func newPeopleImportCommand() *cobra.Command {
	var f archiveFlags
	cmd := &cobra.Command{
		Use:   "import ROSTER.csv",
		Short: "Tells the archive of people by a list",
		Long: example("whosaid people import roster.csv") +
			"Reads a table with the columns name, type, aliases, offices and wikidata (the first alone is needed). Aliases are separated by |, so are offices, each with its days in brackets: mayor of Kelmere (2019-05/2023). Articles that come later are joined to these people first, also by a single name where that is an alias.",
		Example: strings.Join([]string{
			`whosaid people import roster.csv`,
			`whosaid people import - < roster.csv`,
		}, "\n"),
		Args: needs("a table of people", false),
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := f.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer store.Close()
			in, err := openInput(args[0], cmd.InOrStdin())
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			defer in.Close()
			added, changed, err := desk.New(store).ImportRoster(cmd.Context(), in)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "People: %d new, %d there already.\n", added, changed)
			return store.Close()
		},
	}
	f.register(cmd)
	return cmd
}

func newPeopleExportCommand() *cobra.Command {
	var f archiveFlags
	all := false
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Writes the list of people that import reads",
		Long: example("whosaid people export > roster.csv") +
			"Writes the people that people import has brought, or all of them, as a table that it reads.",
		Example: strings.Join([]string{
			`whosaid people export > roster.csv`,
			`whosaid people export --all > everybody.csv`,
		}, "\n"),
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, err := f.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			defer store.Close()
			return quiet(desk.New(store).ExportRoster(cmd.Context(), cmd.OutOrStdout(), all))
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "everybody, not only those that came by a list")
	return cmd
}

// openInput opens a file, or standard input for -.
func openInput(path string, stdin io.Reader) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(stdin), nil
	}
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		err = errors.New("there is no such file; check the path")
	}
	return f, err
}
