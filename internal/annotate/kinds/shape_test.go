package kinds

import (
	"slices"
	"strings"
	"testing"

	"whosaid/internal/news"
)

// named lists what shape says of one statement.
func named(cue, text string, form news.Form) []string {
	var list []string
	shape(&news.Statement{Form: form}, newContent(text), wordsOf(cue), cue, true, func(name string) { list = append(list, name) })
	return list
}

func TestShape(t *testing.T) {
	for _, c := range []struct {
		cue, text string
		form      news.Form
		want, not string // names with commas
	}{
		{"said", "“I never signed the lease,”", news.Direct, "denied of me, denied of me after plain cue, denied what was", "told to act"},
		{"said", "there is no second bridge", news.Indirect, "denied of there", "denied what was"},
		{"said", "the ferry sails although nobody in the harbour has been paid since", news.Indirect, "denied of other", "denied of me"},
		{"told", "the pilots to wait", news.Indirect, "told to act, cue tells to act", "denied of other"},
		{"told", "the pilots that it was safe to land", news.Indirect, "", "told to act"},
		{"asked", "not to be named", news.Indirect, "told to act, cue tells to act", ""},
		{"called", "the plan “a kite without a string”", news.Mixed, "frame by call, frame quoted, frame of noun", "frame as"},
		{"described", "the harbour as a scandal", news.Indirect, "frame by desc, frame as", "frame quoted"},
		{":", "Sit down, Oskar!", news.Indirect, "order first, order first after mark", "one question"},
		{"said", "“Who paid for the gate?”", news.Direct, "one question, one question after plain cue", "ends with a question"},
		{"said", "“We paid. Who else did?”", news.Direct, "ends with a question", "one question"},
		{"said", "“You did this,”", news.Direct, "begins with you, short quotation after plain cue", "begins with they"},
	} {
		got := named(c.cue, c.text, c.form)
		for _, name := range strings.Split(c.want, ", ") {
			if name != "" && !slices.Contains(got, name) {
				t.Errorf("%s | %s: %q is missing among %q", c.cue, c.text, name, got)
			}
		}
		if slices.Contains(got, c.not) {
			t.Errorf("%s | %s: %q should not be among %q", c.cue, c.text, c.not, got)
		}
	}
	if got := named("", "", news.Indirect); len(got) > 0 {
		t.Errorf("an empty statement has %q", got)
	}
}
