package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"whosaid/internal/neural/kernel"
)

// newRoot is the command with its verbs.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "whosaid",
		Short: "Reads news articles and prints who said what in them",
		Long: example("whosaid read article.html") +
			"Reads news articles and prints who said what in them: every statement that an article reports, with its speaker, its cue and its words, as the outlet printed them.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if err := kernel.CheckEnv(); err != nil {
			return usageError{err}
		}
		return nil
	}
	root.AddCommand(newReadCommand(), newExplainCommand(), newStagesCommand(), newEvalCommand(), newBenchCommand(), newAddCommand(), newWatchCommand(), newRereadCommand(), newSearchCommand(), newPeopleCommand(), newPersonCommand(), newLabelsCommand(), newTimelineCommand(), newCompareCommand(), newFixCommand(), newUndoCommand(), newDecisionsCommand(),
		newExportCommand(), newImportCommand(), newBackupCommand(), newRestoreCommand(), newVerifyCommand(), newForgetCommand(),
		newServeCommand(), newUserCommand(), newTokenCommand(), newAlertCommand(), newVersionCommand())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%w; see %s --help", err, cmd.CommandPath())
	})
	return root
}

// example is the line that a command's help opens with.
func example(line string) string { return "$ " + line + "\n\n" }

// The exit codes.
const (
	exitFailed      = 1   // an input failed
	exitUsage       = 2   // the command line is wrong
	exitInterrupted = 130 // by the person at the keyboard
)

// A usageError is a command line that cannot be carried out.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

// A runError is what went wrong once the command line was understood. Cobra's
// own errors have no type, so those without this one are about usage.
type runError struct{ error }

func (e runError) Unwrap() error { return e.error }

// errTold ends a command whose errors have been printed already.
var errTold = errors.New("some inputs failed")

// execute runs root and returns the exit code.
func execute(ctx context.Context, root *cobra.Command) int {
	markRun(root)
	err := fang.Execute(ctx, root,
		fang.WithVersion(version()),
		fang.WithErrorHandler(func(w io.Writer, _ fang.Styles, err error) { tell(w, err) }))
	var usage usageError
	var failed runError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		return exitUsage
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &failed):
		return exitFailed
	}
	return exitUsage
}

// markRun marks the errors of what cmd and its verbs run.
func markRun(cmd *cobra.Command) {
	if run := cmd.RunE; run != nil {
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if err := run(cmd, args); err != nil {
				return runError{err}
			}
			return nil
		}
	}
	for _, verb := range cmd.Commands() {
		markRun(verb)
	}
}

// tell prints err on one line.
func tell(w io.Writer, err error) {
	if errors.Is(err, errTold) {
		return
	}
	msg := err.Error()
	if errors.Is(err, context.Canceled) {
		msg = "interrupted"
	}
	fmt.Fprintln(w, "whosaid: "+strings.Join(strings.Fields(msg), " "))
}
