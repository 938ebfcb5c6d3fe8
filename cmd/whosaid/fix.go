package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"whosaid/internal/desk"
	"whosaid/internal/serve/people"
)

// decideFlags are the flags of the verbs that decide something.
type decideFlags struct {
	archiveFlags
	who, why string
}

func (f *decideFlags) register(cmd *cobra.Command) {
	f.archiveFlags.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.who, "who", "", "who decides (by default your login name)")
}

func (f *decideFlags) reason(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.why, "why", "", "the reason, for those who come after")
}

// name is who decides.
func (f *decideFlags) name() string {
	login := ""
	if u, err := user.Current(); err == nil {
		login = u.Username
	}
	return cmp.Or(strings.TrimSpace(f.who), login, os.Getenv("USER"), "somebody")
}

// do opens the archive, decides, and prints what was decided.
func (f *decideFlags) do(cmd *cobra.Command, said string, decide func(context.Context, *desk.Desk, desk.Verdict) (desk.Decision, error)) error {
	store, err := f.change(cmd.Context())
	if err != nil {
		return err
	}
	defer store.Close()
	made, err := decide(cmd.Context(), desk.New(store), desk.Verdict{Who: f.name(), Why: strings.TrimSpace(f.why)})
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s %d: %s.\n", said, made.ID, made.About)
	return store.Close()
}

func newFixCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "fix",
		Short: "Mends what the archive has of people and statements",
		Long: example("whosaid fix merge 'Qais al-Khazali' 'Qays Khazaali'") +
			"Decides what the program got wrong. What is decided holds for articles that come and for those that are read again; whosaid decisions lists it, whosaid undo takes it back.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newMergeCommand(), newRenameCommand(), newSplitCommand(), newRejectCommand(), newCorrectCommand(), newApartCommand())
	return cmd
}

func newMergeCommand() *cobra.Command {
	var f decideFlags
	cmd := &cobra.Command{
		Use:   "merge PERSON PERSON",
		Short: "Makes two people one",
		Long: example("whosaid fix merge 'Qais al-Khazali' 'Qays Khazaali' --why 'one man, two spellings'") +
			"The articles and spellings of the second become those of the first. A person is named by a name or a number (#12).",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.do(cmd, "Decision", func(ctx context.Context, d *desk.Desk, v desk.Verdict) (desk.Decision, error) {
				return d.Merge(ctx, args[0], args[1], v)
			})
		},
	}
	f.register(cmd)
	f.reason(cmd)
	return cmd
}

func newRenameCommand() *cobra.Command {
	var f decideFlags
	cmd := &cobra.Command{
		Use:   "rename PERSON NAME",
		Short: "Chooses the name by which a person is shown",
		Long: example("whosaid fix rename 'Qays Khazaali' 'Qais al-Khazali'") +
			"The person is found by the other names as before. A person is named by a name or a number (#12).",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.do(cmd, "Decision", func(ctx context.Context, d *desk.Desk, v desk.Verdict) (desk.Decision, error) {
				return d.Rename(ctx, args[0], args[1], v)
			})
		},
	}
	f.register(cmd)
	f.reason(cmd)
	return cmd
}

func newSplitCommand() *cobra.Command {
	var f decideFlags
	cmd := &cobra.Command{
		Use:   "split PERSON ARTICLE...",
		Short: "Makes of a person in some articles a person of their own",
		Long: example("whosaid fix split 'Ida Brandt' https://example.org/story") +
			"Tells two people of one name apart: in these articles it is somebody else. An article is named by its id, its address or the number of a version (#12).",
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.do(cmd, "Decision", func(ctx context.Context, d *desk.Desk, v desk.Verdict) (desk.Decision, error) {
				return d.Split(ctx, args[0], args[1:], v)
			})
		},
	}
	f.register(cmd)
	f.reason(cmd)
	return cmd
}

func newUndoCommand() *cobra.Command {
	var f decideFlags
	cmd := &cobra.Command{
		Use:   "undo [ID]",
		Short: "Takes a decision back",
		Long: example("whosaid undo 3") +
			"Gives back what was before a decision, the latest that stands where none is named. What other articles have brought since stays.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var id int64
			if len(args) > 0 {
				var err error
				if id, err = strconv.ParseInt(args[0], 10, 64); err != nil || id < 1 {
					return usagef("%q is no number of a decision; whosaid decisions lists them", args[0])
				}
			}
			return f.do(cmd, "Undone, decision", func(ctx context.Context, d *desk.Desk, v desk.Verdict) (desk.Decision, error) {
				return d.Undo(ctx, id, v.Who)
			})
		},
	}
	f.register(cmd)
	return cmd
}

func newDecisionsCommand() *cobra.Command {
	var f peopleFlags
	cmd := &cobra.Command{
		Use:   "decisions",
		Short: "Lists what was decided about the archive",
		Long: example("whosaid decisions") +
			"Lists what people decided, the latest first: what, who, when and why, and whether it was undone.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return ask(cmd, &f, func(d *desk.Desk) ([]desk.Decision, error) {
				list, err := d.Decisions(cmd.Context())
				if f.limit > 0 {
					list = list[:min(f.limit, len(list))]
				}
				return list, err
			}, people.Decisions)
		},
	}
	f.register(cmd, 40, "how many to list")
	return cmd
}
