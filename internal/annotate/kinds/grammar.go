package kinds

import (
	"slices"
	"strings"

	"whosaid/internal/news"
)

// Cues after which somebody or something is called something.
var framing = wordSet("call calls called calling describe describes described describing portray portrays portrayed portraying label labels labeled labelled labeling brand brands branded branding " +
	"dub dubbed dubs see sees saw seen view views viewed viewing regard regards regarded consider considers considered deem deems deemed introduce introduced introducing refer refers referred referring " +
	"cast casts casting paint paints painted painting name named characterize characterizes characterized characterizing think thinks thought rate rated compare compared compares treat treats treated")

// Sources that are many people asked by a poll.
var polled = wordSet("percent percentage voters respondents poll polls americans majority surveyed those adults women men six three half most third quarter many")

// Words with which a claim about the future begins.
var futures = wordSet("will shall would going")

// Words that begin an order: verbs that seldom begin anything else.
var imperatives = wordSet("stop let go get do don't please tell ask vote remember help join keep give take make come stand look think listen wake call send put leave bring turn stay hold " +
	"show sign read watch wait consider imagine reply release drop end fight build pass save protect support elect choose be")

// grammar adds what the order of the words shows: who will do what, who is
// praised or blamed, whether that is what the statement is about.
func grammar(s *news.Statement, c content, cue, source []string, v Verdict, add func(string)) {
	good, bad := signNames(c, add)
	polar := ""
	switch {
	case good > bad:
		polar = "good"
	case bad > good:
		polar = "bad"
	case good > 0:
		polar = "both"
	}
	frame := slices.ContainsFunc(cue, func(w string) bool { return framing[w] })
	if frame {
		add("frame")
	}
	poll := slices.ContainsFunc(source, func(w string) bool { return polled[w] || w[0] >= '0' && w[0] <= '9' })
	if poll {
		add("poll")
	}
	plain := v.Kind == ""
	if polar != "" {
		add("polar=" + polar)
		if frame {
			add("polar=" + polar + " in frame")
		}
		if poll {
			add("polar=" + polar + " of poll")
		}
		if plain {
			add("polar=" + polar + " after plain cue")
		}
		if len(c.words) <= 12 {
			add("polar=" + polar + " and short")
		}
		if s.Form != news.Indirect {
			add("polar=" + polar + " quoted")
		}
	}
	if good >= 2 && bad == 0 {
		add("polar=good twice")
	}
	if bad >= 2 && good == 0 {
		add("polar=bad twice")
	}
	who := future(c, source)
	if who != "" {
		add("future of " + who)
		if plain {
			add("future of " + who + " after plain cue")
		}
		if polar != "" {
			add("future of " + who + " " + polar)
		}
	}
	if obligation(c.words) != "" {
		add("ought of " + obligation(c.words))
	}
	if n := len(c.words); n > 0 {
		if imperatives[c.words[0]] && s.Form == news.Direct {
			add("imperative")
		}
		if strings.HasSuffix(strings.TrimRight(c.text, "”\"’' ,"), "?") {
			add("ends=?")
		}
		if i := strings.IndexAny(c.text, "?.!"); i >= 0 && c.text[i] == '?' {
			add("first sentence=?")
		}
	}
}

// signNames adds the signs of a content and counts words of praise and blame in
// it; those in the first words are named apart.
func signNames(c content, add func(string)) (good, bad int) {
	const early = 20
	for _, f := range standardSigns.in(c.words) {
		sign := f.sign
		if f.negated {
			switch sign {
			case "good":
				sign = "bad"
			case "bad":
				sign = "good"
			default:
				add("sign:not " + sign)
				continue
			}
		}
		switch sign {
		case "good":
			good++
		case "bad":
			bad++
		}
		add("sign:" + sign)
		if f.at < early {
			add("sign:" + sign + " early")
		}
	}
	return good, bad
}

var third = wordSet("he she they it")

// future says whose future a content tells of: "me" (I, we), "self" (a third
// person at its head that may be the speaker), "you", "other"; empty for none.
func future(c content, source []string) string {
	for i, w := range c.words[:min(len(c.words), 40)] {
		if !futures[w] || w == "going" && (i+1 >= len(c.words) || c.words[i+1] != "to") {
			continue
		}
		for k := i - 1; k >= max(0, i-3); k-- {
			switch p := c.words[k]; {
			case p == "i" || p == "we":
				return "me"
			case p == "you":
				return "you"
			case third[p] && k <= 1:
				if slices.Contains(source, p) || !slices.ContainsFunc(source, func(s string) bool { return third[s] }) {
					return "self"
				}
				return "other"
			}
		}
		return "other"
	}
	if len(c.words) > 0 && c.words[0] == "to" {
		return "to"
	}
	return ""
}

// obligation says on whom a content lays a duty: "me", "you", "other"; empty
// for none.
func obligation(words []string) string {
	for i, w := range words[:min(len(words), 40)] {
		duty := w == "should" || w == "must" || w == "ought" ||
			(w == "need" || w == "needs" || w == "have" || w == "has" || w == "got") && i+1 < len(words) && words[i+1] == "to"
		if !duty {
			continue
		}
		for k := i - 1; k >= max(0, i-3); k-- {
			switch words[k] {
			case "i":
				return "me"
			case "we":
				return "us"
			case "you":
				return "you"
			}
		}
		return "other"
	}
	return ""
}
