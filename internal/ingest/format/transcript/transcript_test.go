package transcript

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string // title, then speaker|text
	}{
		"voices": {
			"WEBVTT - Velm tonight\nKind: captions\n\nNOTE Nobody reads this\n\nSTYLE\n::cue { color: red }\n\n1\n00:00:01.000 --> 00:00:03.000 align:start\n<v Mara Tolven>We will stay\n<i>until</i> May.</v>\n\n00:03.000 --> 00:05.000\n<v.loud Mara Tolven>Not a day &amp; night longer.\n\n00:05.500 --> 00:06.000\n<v Tom Reed>Why? <v Mara Tolven>Because.\n\n00:06.500 --> 00:07.000\nNobody knows who says this.\n",
			[]string{"Velm tonight", "Mara Tolven|We will stay until May. Not a day & night longer.", "Tom Reed|Why?", "Mara Tolven|Because.", "|Nobody knows who says this."},
		},
		"names": {
			"1\r\n00:00:01,000 --> 00:00:02,000\r\nTOLVEN: We will stay\r\n\r\n2\r\n00:00:02,100 --> 00:00:03,000\r\nuntil May.\r\n\r\n3\r\n00:00:03,200 --> 00:00:04,000\r\n[applause]\r\n{\\an8}>> Ines Okoro: Remember: not everybody.\r\n\r\n4\r\n00:00:04,100 --> 00:00:05,000\r\nRemember: I said so.\r\n",
			[]string{"", "TOLVEN|We will stay until May.", "Ines Okoro|Remember: not everybody. Remember: I said so."},
		},
		"dashes": {
			"1\n00:00:01,000 --> 00:00:02,000\n- We stay.\n- We do not.\n",
			[]string{"", "|We stay.", "|We do not."},
		},
		"rolling": {
			"WEBVTT\n\n00:01.000 --> 00:02.000\nwe will stay\n\n00:02.000 --> 00:03.000\nwe will stay\nuntil May\n",
			[]string{"", "|we will stay until May"},
		},
		"a pause": {
			"WEBVTT\n\n00:01.000 --> 00:02.000\nIt is over.\n\n00:12.000 --> 00:13.000\nIt began again.\n",
			[]string{"", "|It is over.", "|It began again."},
		},
		"no empty lines": {
			"1\n00:00:01,000 --> 00:00:02,000\nOne.\n2\n00:00:02,000 --> 00:00:03,000\nTwo.\n",
			[]string{"", "|One. Two."},
		},
		"nothing": {"WEBVTT", []string{""}},
	} {
		title, turns := Parse(c.text)
		got := []string{title}
		for _, u := range turns {
			got = append(got, u.Speaker+"|"+u.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>b<v C>d\n")
	f.Add("1\n00:00:01,000 --> 00:00:02,000\nADA: b\n")
	f.Fuzz(func(t *testing.T, text string) {
		_, turns := Parse(text)
		for _, u := range turns {
			if strings.TrimSpace(u.Text) == "" || strings.Contains(u.Text, "\n") {
				t.Errorf("%+v", u)
			}
		}
	})
}
