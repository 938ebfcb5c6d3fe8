package kinds

import (
	"slices"
	"strings"

	"whosaid/internal/news"
)

// Words that deny, as wordsOf gives them.
var denying = wordSet("not no never nothing none neither nor cannot without nobody")

// Words before which a denial tells of what is over.
var pastWords = wordSet("was were had did been never")

// Verbs that begin an order, more than imperatives has: said aloud in a hall,
// where no quotation marks tell it from a report.
var commands = wordSet("stop let go get do please tell ask vote remember help join keep give take make come stand look think listen wake call send put leave bring turn stay hold " +
	"show sign read watch wait consider imagine reply release drop end fight build pass save protect support elect choose be sit speak behave shut learn respect cut lower buy sell " +
	"resign grow pull push move start quit calm trust open close pay add bar ban raise withdraw apologize apologise impeach repeal reject beware forget never say see try use work " +
	"write hang run spare mind check follow act admit face set")

// Marks that stand for a cue before what somebody says in a hall or a headline.
var callMarks = []string{":", "-", "–", "—"}

// shape adds what the first words of a content show by their order: who denies
// what, whether one is told to do something, what is called what, whether all
// of it is one question.
func shape(s *news.Statement, c content, cue []string, mark string, plain bool, add func(string)) {
	if who := denier(c.words); who != "" {
		add("denied of " + who)
		if plain {
			add("denied of " + who + " after plain cue")
		}
		if slices.ContainsFunc(c.words[:min(len(c.words), 8)], func(w string) bool { return pastWords[w] }) {
			add("denied what was")
		}
	}
	if c.orders() {
		add("told to act")
		if slices.ContainsFunc(cue, bidding) {
			add("cue tells to act")
		}
	}
	framed(c, cue, add)
	asked(c.text, plain, add)
	if len(c.words) == 0 {
		return
	}
	if commands[c.words[0]] && (len(cue) == 0 || cue[len(cue)-1] != "to") {
		add("order first")
		if slices.Contains(callMarks, mark) {
			add("order first after mark")
		}
	}
	if plain && len(c.words) <= 8 && s.Form != news.Indirect {
		add("short quotation after plain cue")
	}
	if c.words[0] == "they" {
		add("begins with they")
	}
	if slices.ContainsFunc(c.words[:min(len(c.words), 3)], func(w string) bool { return w == "you" || w == "your" }) {
		add("begins with you")
	}
}

// denier says of whom the first words of a content deny something: "me", "you",
// "there" (that there is any), "third", "bare" (the denial comes first),
// "other"; empty where they deny nothing.
func denier(words []string) string {
	for i, w := range words[:min(len(words), 8)] {
		if !denying[w] {
			continue
		}
		has := func(set map[string]bool) bool {
			return slices.ContainsFunc(words[:i], func(w string) bool { return set[w] })
		}
		switch {
		case i == 0:
			return "bare"
		case has(meWords):
			return "me"
		case has(youWords):
			return "you"
		case slices.Contains(words[:i], "there"):
			return "there"
		case has(thirdWords):
			return "third"
		}
		return "other"
	}
	return ""
}

var (
	meWords    = wordSet("i we my our")
	youWords   = wordSet("you your")
	thirdWords = wordSet("he she they it his her their its")
)

// orders reports whether a content says what somebody is to do: "the woman to
// raise her voice", "not to be named".
func (c content) orders() bool {
	if len(c.words) > 1 && c.words[0] == "not" && c.words[1] == "to" {
		return true
	}
	for i, w := range c.words[:min(len(c.words), 8)] {
		switch {
		case w == "to":
			return i > 0 && i+1 < len(c.words)
		case clausal[w] && w != "he" && w != "she" && w != "they" && w != "you" && w != "it", asking[w], w == "that":
			return false
		}
	}
	return false
}

// bidding reports whether a word of a cue may tell people what to do.
func bidding(w string) bool {
	for _, verb := range []string{"ask", "tell", "told", "shout", "want", "urg", "beg", "press", "call"} {
		if strings.HasPrefix(w, verb) {
			return true
		}
	}
	return false
}

// framed adds how a content calls something something, after a cue that does.
func framed(c content, cue []string, add func(string)) {
	at := slices.IndexFunc(cue, func(w string) bool {
		return framing[w] || strings.HasPrefix(w, "dismiss") || strings.HasPrefix(w, "denounc")
	})
	if at < 0 {
		return
	}
	verb := cue[at]
	add("frame by " + verb[:min(len(verb), 4)])
	if slices.Contains(c.words[:min(len(c.words), 14)], "as") || cue[len(cue)-1] == "as" {
		add("frame as")
	}
	if strings.ContainsAny(c.text, "\"“'‘«") {
		add("frame quoted")
	}
	if !slices.ContainsFunc(c.words[:min(len(c.words), 10)], func(w string) bool { return clausal[w] && !thirdWords[w] && !meWords[w] }) {
		add("frame of noun")
	}
}

// asked adds whether a content is one question, or ends with one.
func asked(text string, plain bool, add func(string)) {
	body := strings.TrimRight(text, "”\"’'» ,.")
	if !strings.HasSuffix(body, "?") {
		return
	}
	if strings.ContainsAny(strings.TrimRight(body, "?"), ".!?") {
		add("ends with a question")
		return
	}
	add("one question")
	if plain {
		add("one question after plain cue")
	}
}
