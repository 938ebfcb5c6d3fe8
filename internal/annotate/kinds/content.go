package kinds

import (
	"slices"
	"strings"
)

// A content is what is said, as far as kinds are read off it.
type content struct {
	text  string   // its spans, a space between two
	words []string // the first of them, in lower case
}

// mostWords is how many words of a content are looked at: the act is in the
// first sentence or nowhere.
const mostWords = 60

// mostBytes bounds what is cut into words.
const mostBytes = 600

func newContent(text string) content {
	head := text
	if len(head) > mostBytes {
		head = strings.ToValidUTF8(head[:mostBytes], "")
	}
	words := wordsOf(head)
	return content{text: text, words: words[:min(len(words), mostWords)]}
}

var (
	asking  = wordSet("if whether who whom whose what when where why how which")
	clausal = wordSet("is are was were be been has have had will would could can may might should must shall did does do am " +
		"i he she they it we you there this these those isn't")
)

// meets reports whether c is what a condition of the lexicon asks for.
func (c content) meets(condition string) bool {
	if condition == "" {
		return true
	}
	if len(c.words) == 0 {
		return false
	}
	first := c.words[0]
	switch condition {
	case "to", "for":
		return first == condition
	case "whether":
		return asking[first]
	case "own":
		return first == "to" || strings.HasSuffix(first, "ing") && len(first) > 4
	case "future":
		return slices.ContainsFunc(c.words[:min(len(c.words), 12)], func(w string) bool { return w == "will" || w == "would" || w == "shall" })
	case "act":
		return c.orders()
	case "clause":
		return c.clause()
	case "noun":
		return !c.clause()
	}
	return false
}

// clause reports whether c is a quotation or has words that only clauses have.
func (c content) clause() bool {
	if strings.IndexAny(c.text, "“\"‘'«") == 0 || c.words[0] == "that" || asking[c.words[0]] {
		return true
	}
	for i, w := range c.words {
		if w == "that" || w == "which" || w == "who" {
			return false // a relative clause of a noun phrase
		}
		if clausal[w] && (i > 0 || len(c.words) > 2) {
			return true
		}
	}
	return false
}
