package main

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"whosaid/internal/news"
)

// A filter says which statements of an article are shown. Those that report
// one that is shown go with it only if they pass themselves.
type filter struct {
	speakers []string
	kinds    []string
	since    string
}

func (f *filter) register(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.speakers, "speaker", nil, "show statements of speakers whose name holds this word or these words; may be repeated")
	flags.StringSliceVar(&f.kinds, "kind", nil, "show statements of these kinds: "+strings.Join(news.Kinds, ", "))
	flags.StringVar(&f.since, "since", "", "show statements made, or else printed, on this day or later: 2022-01-20, 2022-01 or 2022")
}

func (f *filter) check() error {
	for _, k := range f.kinds {
		if !slices.Contains(news.Kinds, k) {
			return usagef("--kind %s: there is no such kind: choose of %s", k, strings.Join(news.Kinds, ", "))
		}
	}
	if f.since != "" && !isDay(f.since) {
		return usagef("--since %s: write a day, month or year as 2022-01-20, 2022-01 or 2022", f.since)
	}
	return nil
}

// isDay reports whether s is an ISO 8601 day, month or year.
func isDay(s string) bool {
	const form = "0000-00-00"
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i, c := range s {
		if (form[i] == '-') != (c == '-') || c != '-' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// apply leaves the statements of doc that pass. One whose parent does not pass
// stands by itself.
func (f *filter) apply(doc *news.Document) {
	if len(f.speakers) == 0 && len(f.kinds) == 0 && f.since == "" {
		return
	}
	doc.Statements = slices.DeleteFunc(doc.Statements, func(s news.Statement) bool { return !f.passes(doc, &s) })
	kept := map[string]bool{}
	for _, s := range doc.Statements {
		kept[s.ID] = true
	}
	for i := range doc.Statements {
		if s := &doc.Statements[i]; !kept[s.Parent] {
			s.Parent = ""
		}
	}
}

func (f *filter) passes(doc *news.Document, s *news.Statement) bool {
	if len(f.kinds) > 0 && !slices.Contains(f.kinds, s.Kind) {
		return false
	}
	if f.since != "" {
		day := doc.Published
		if s.When != nil && s.When.Value != "" {
			day = s.When.Value
		}
		n := min(len(day), len(f.since))
		if day == "" || day[:n] < f.since[:n] {
			return false
		}
	}
	return len(f.speakers) == 0 || slices.ContainsFunc(f.speakers, func(name string) bool { return spokenBy(doc, s, name) })
}

// spokenBy reports whether every word of name is one of a speaker's name, or,
// where the speaker is not known, of the source.
func spokenBy(doc *news.Document, s *news.Statement, name string) bool {
	holds := func(who string) bool {
		words := strings.Fields(strings.ToLower(who))
		for _, w := range strings.Fields(strings.ToLower(name)) {
			if !slices.ContainsFunc(words, func(x string) bool {
				return x == w || strings.Trim(x, ".,’'“”\"") == w || strings.HasSuffix(x, "-"+w)
			}) {
				return false
			}
		}
		return true
	}
	for _, p := range s.Speakers {
		if holds(p.Name) {
			return true
		}
	}
	return len(s.Speakers) == 0 && slices.ContainsFunc(s.Source, func(p news.Span) bool { return holds(p.Text(doc.Text)) })
}
