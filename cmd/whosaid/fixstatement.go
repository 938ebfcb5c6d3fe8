package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"whosaid/internal/desk"
	"whosaid/internal/news"
)

// statementHelp says how a statement is named.
const statementHelp = "A statement is named by its number, which whosaid search prints, or by its article and its id there (ARTICLE#s3)."

func newRejectCommand() *cobra.Command {
	var f decideFlags
	var label, of string
	cmd := &cobra.Command{
		Use:   "reject STATEMENT",
		Short: "Decides that something is no statement, or no label",
		Long: example("whosaid fix reject 17 --why 'a headline, nobody says it'") +
			"Takes a statement out of searches, people, pages and exports. It stays in the record, marked, and whosaid search --rejected shows it. Where the article is read again the decision holds for the statement that has the same words. " + statementHelp + "\n\n" +
			"With --label the argument is an article, by its id, its address or the number of a version (#12): it does not call somebody so.",
		Example: "whosaid fix reject https://example.org/story --label 'hard-liner' --of 'Ida Brandt'",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if of != "" && label == "" {
				return usagef("--of says whose --label is wrong; give both")
			}
			return f.do(cmd, "Decision", func(ctx context.Context, d *desk.Desk, v desk.Verdict) (desk.Decision, error) {
				if label != "" {
					return d.RejectLabel(ctx, args[0], label, of, v)
				}
				return d.Reject(ctx, args[0], v)
			})
		},
	}
	f.register(cmd)
	f.reason(cmd)
	cmd.Flags().StringVar(&label, "label", "", "the label, title or role of an actor that is wrong")
	cmd.Flags().StringVar(&of, "of", "", "whose label it is, where the article calls several so")
	return cmd
}

func newCorrectCommand() *cobra.Command {
	var f decideFlags
	var c desk.Change
	var l desk.LabelChange
	var label, of string
	cmd := &cobra.Command{
		Use:   "correct STATEMENT",
		Short: "Decides who says a statement, or what it or a label is",
		Long: example("whosaid fix correct 17 --speaker 'Ida Brandt'") +
			"Gives a statement another speaker, kind or form than was read. The record of the reading stays beside it. Where the article is read again the decision holds for the statement that has the same words. " + statementHelp + "\n\n" +
			"A speaker is somebody whom the article or the archive knows, by a name or a number (#12), or unknown.\n\n" +
			"With --label the argument is an article, by its id, its address or the number of a version (#12): what it calls somebody is of another --kind, has other --words, or is said of somebody else (--to).",
		Example: strings.Join([]string{
			"whosaid fix correct 17 --speaker unknown",
			"whosaid fix correct 17 --kind warning --form indirect --why 'he warns of it'",
			"whosaid fix correct https://example.org/story --label 'hard-liner' --to 'Rolf Weir'",
		}, "\n"),
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if label != "" {
				l.Kind = c.Kind
				switch {
				case c.Speaker != "" || c.Form != "":
					return usagef("--speaker and --form are of statements, and --label is of an article")
				case l == desk.LabelChange{}:
					return usagef("say what to correct: --kind, --words or --to")
				case l.Kind != "" && !slices.Contains(desk.LabelKinds, l.Kind):
					return usagef("there is no kind %q of label: choose from %s", l.Kind, strings.Join(desk.LabelKinds, ", "))
				}
				return f.do(cmd, "Decision", func(ctx context.Context, d *desk.Desk, v desk.Verdict) (desk.Decision, error) {
					return d.CorrectLabel(ctx, args[0], label, of, l, v)
				})
			}
			switch {
			case of != "" || l.Words != "" || l.To != "":
				return usagef("--of, --words and --to are about a --label: give it too")
			case c == desk.Change{}:
				return usagef("say what to correct: --speaker, --kind or --form")
			case c.Kind != "" && !slices.Contains(news.Kinds, c.Kind):
				return usagef("there is no kind %q: choose from %s", c.Kind, strings.Join(news.Kinds, ", "))
			case c.Form != "" && !slices.Contains(forms, c.Form):
				return usagef("there is no form %q: choose from %s", c.Form, strings.Join(forms, ", "))
			}
			return f.do(cmd, "Decision", func(ctx context.Context, d *desk.Desk, v desk.Verdict) (desk.Decision, error) {
				return d.Correct(ctx, args[0], c, v)
			})
		},
	}
	f.register(cmd)
	f.reason(cmd)
	flags := cmd.Flags()
	flags.StringVar(&c.Speaker, "speaker", "", "who says it: a name, a number (#12), or unknown")
	flags.StringVar(&c.Kind, "kind", "", "what it is: "+strings.Join(news.Kinds, ", ")+"; of a label "+strings.Join(desk.LabelKinds, ", "))
	flags.StringVar(&c.Form, "form", "", "how it is said: "+strings.Join(forms, ", "))
	flags.StringVar(&label, "label", "", "the label, title or role of an actor that is wrong")
	flags.StringVar(&of, "of", "", "whose label it is, where the article calls several so")
	flags.StringVar(&l.Words, "words", "", "the words of the article that make up the label")
	flags.StringVar(&l.To, "to", "", "the actor of the article who is called so")
	return cmd
}

func newApartCommand() *cobra.Command {
	var f decideFlags
	cmd := &cobra.Command{
		Use:   "apart STATEMENT STATEMENT",
		Short: "Decides that two statements are not of one utterance",
		Long: example("whosaid fix apart 17 42 --why 'said a year later'") +
			"Takes the link between two statements away, for good: it stays away when their articles are compared or read again. Others that are linked with both may still bring them together. " + statementHelp,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.do(cmd, "Decision", func(ctx context.Context, d *desk.Desk, v desk.Verdict) (desk.Decision, error) {
				return d.Part(ctx, args[0], args[1], v)
			})
		},
	}
	f.register(cmd)
	f.reason(cmd)
	return cmd
}
