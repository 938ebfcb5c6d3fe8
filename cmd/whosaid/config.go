package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// variable is the environment variable of a flag of serve.
func variable(flag string) string {
	return "WHOSAID_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// configure sets the flags of cmd that its command line leaves alone from the
// environment, and those that this leaves alone from a file of TOML. What is in
// neither keeps its default; what no flag is named like is a mistake.
func configure(cmd *cobra.Command, file string) error {
	flags := cmd.Flags()
	var wrong error
	flags.VisitAll(func(f *pflag.Flag) {
		value, there := os.LookupEnv(variable(f.Name))
		if !there || f.Changed || wrong != nil || f.Name == "archive" { // that one has a variable of its own meaning
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			wrong = usagef("%s: %w", variable(f.Name), err)
		}
	})
	if file == "" {
		file = flags.Lookup("config").Value.String()
	}
	if wrong != nil || file == "" {
		return wrong
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return usagef("the configuration cannot be read: %w", err)
	}
	var values map[string]any
	if _, err := toml.Decode(string(text), &values); err != nil {
		return usagef("%s: %w", file, err)
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names) // so that of several mistakes it tells the same one each time
	for _, name := range names {
		f := flags.Lookup(name)
		if f == nil || name == "config" || name == "help" {
			return usagef("%s: there is no setting %q; whosaid serve --help lists them", file, name)
		}
		if f.Changed || name == "archive" && os.Getenv(variable(name)) != "" {
			continue
		}
		list, many := values[name].([]any)
		if !many {
			list = []any{values[name]}
		}
		for _, v := range list {
			if err := flags.Set(name, fmt.Sprint(v)); err != nil {
				return usagef("%s: %s: %w", file, name, err)
			}
		}
	}
	return nil
}
