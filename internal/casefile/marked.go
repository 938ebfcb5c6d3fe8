package casefile

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// mark is one mention as a case writes it: <Jane Roe>, <she = Jane Roe>,
// <Port Halden : place>. Marks do not lie in one another.
var mark = regexp.MustCompile(`<([^<>=:]+)(?: = ([^<>=:]+))?(?: : (person|organisation|place|role|group|document))?>`)

// Marked is a document of the case's text whose actors are those marked in it.
// <Jane Roe> is a mention of the actor of that name; <she = Jane Roe> is
// another of hers, and <the port = Port Halden : organisation> says what an
// actor is that is no person. Marks are taken out of the text. The form of a
// mention is told by its words. An actor whose name begins in lower case has
// none. Ids are a1, a2, … in the order of the text.
func (c Case) Marked() *news.Document {
	doc := &news.Document{}
	known := map[string]int{}
	var text strings.Builder
	for _, b := range c.Blocks {
		if text.Len() > 0 {
			text.WriteString("\n\n")
		}
		start := text.Len()
		body := b.Text(c.Text)
		last := 0
		for _, m := range mark.FindAllStringSubmatchIndex(body, -1) {
			text.WriteString(body[last:m[0]])
			last = m[1]
			words := body[m[2]:m[3]]
			name := words
			if m[4] >= 0 {
				name = body[m[4]:m[5]]
			}
			i, ok := known[name]
			if !ok {
				i = len(doc.Actors)
				known[name] = i
				doc.Actors = append(doc.Actors, news.Actor{ID: fmt.Sprintf("a%d", i+1), Name: name, Named: upper(name), Type: "person"})
			}
			if m[6] >= 0 {
				doc.Actors[i].Type = body[m[6]:m[7]]
			}
			span := news.Span{Start: text.Len(), End: text.Len() + len(words)}
			text.WriteString(words)
			doc.Actors[i].Mentions = append(doc.Actors[i].Mentions, news.Mention{Span: span, Form: form(words, name)})
		}
		text.WriteString(body[last:])
		doc.Blocks = append(doc.Blocks, news.Block{Span: news.Span{Start: start, End: text.Len()}, Kind: b.Kind})
	}
	doc.Text = text.String()
	return doc
}

func upper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// form tells the form of a mention from its words.
func form(words, name string) string {
	switch strings.ToLower(words) {
	case "i", "me", "my", "you", "your", "he", "him", "his", "she", "her", "it", "its", "they", "them", "their":
		return "pronoun"
	}
	switch {
	case words == name && upper(name):
		return "name"
	case !upper(words) || strings.HasPrefix(words, "The ") || strings.HasPrefix(words, "A ") || strings.HasPrefix(words, "His ") || strings.HasPrefix(words, "Her "):
		return "nominal"
	case words == strings.ToUpper(words):
		return "acronym"
	}
	return "short"
}
