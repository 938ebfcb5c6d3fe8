package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestHelp holds every verb to a help that opens with an example, and every
// example to a command line that the verb takes.
func TestHelp(t *testing.T) {
	var verbs []*cobra.Command
	var collect func(*cobra.Command)
	collect = func(cmd *cobra.Command) {
		verbs = append(verbs, cmd)
		for _, verb := range cmd.Commands() {
			collect(verb)
		}
	}
	collect(newRoot())
	if len(verbs) < 30 {
		t.Fatalf("only %d verbs were found", len(verbs))
	}
	for _, cmd := range verbs {
		path := cmd.CommandPath()
		first, _, _ := strings.Cut(cmd.Long, "\n")
		lines := strings.Split(cmd.Example, "\n")
		switch opening, ok := strings.CutPrefix(first, "$ "); {
		case !ok && cmd.Name() != "version":
			t.Errorf("the help of %s opens with %q, no example", path, first)
		case ok:
			lines = append(lines, opening)
		}
		for _, line := range lines {
			if line == "" {
				continue
			}
			if err := takes(newRoot(), path, line); err != nil {
				t.Errorf("the help of %s has the example\n\t%s\nwhich it refuses: %v", path, line, err)
			}
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("%s --%s says nothing of itself", path, f.Name)
			}
		})
	}
}

// takes parses an example of the verb at path, up to a pipe or a file that the
// shell would see to.
func takes(root *cobra.Command, path, line string) error {
	for part := range strings.SplitSeq(line, " | ") {
		if !strings.Contains(part, path) && !strings.HasPrefix(part, "whosaid ") {
			continue // another program
		}
		args := words(part)
		if strings.Contains(part, "$(") {
			continue // what a shell puts there is not known here
		}
		verb, rest, err := root.Find(args[1:])
		if err != nil {
			return err
		}
		if err := verb.ParseFlags(rest); err != nil {
			return err
		}
		if err := verb.ValidateArgs(verb.Flags().Args()); err != nil {
			return err
		}
	}
	return nil
}

// words splits a line as a shell does, as far as examples need it.
func words(line string) []string {
	var out []string
	quote, word, open := rune(0), "", false
	for _, r := range line + " " {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word += string(r)
		case r == '\'' || r == '"':
			quote, open = r, true
		case r == '<' || r == '>':
			return out
		case r != ' ':
			word, open = word+string(r), true
		case open:
			out, word, open = append(out, word), "", false
		}
	}
	return out
}
