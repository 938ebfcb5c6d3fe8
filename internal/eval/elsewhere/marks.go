package elsewhere

import (
	"regexp"
	"strings"
	"unicode"

	"whosaid/internal/news"
)

// A mark is what a pair of braces says of the words in it.
type mark struct {
	news.Span
	line line
	says string // what stands after the bar
}

// deepest is how many braces may stand inside one another.
const deepest = 8

// body reads the text: its blocks and the marks in it.
func (r *reader) body() error {
	var text strings.Builder
	doc := r.out.Gold
	var open []int // starts of the braces that are not closed yet
	var lines []line
	flush := func() error {
		if len(lines) == 0 {
			return nil
		}
		kind := news.Paragraph
		for _, k := range []news.BlockKind{news.Headline, news.Deck, news.Byline, news.Caption, news.Heading, news.Paragraph, news.Furniture} {
			if rest, ok := strings.CutPrefix(lines[0].text, "["+string(k)+"] "); ok {
				kind, lines[0].text = k, rest
				break
			}
		}
		if text.Len() > 0 {
			text.WriteString("\n\n")
		}
		start := text.Len()
		for i, l := range lines {
			if i > 0 {
				text.WriteByte(' ')
			}
			var err error
			if open, err = r.marked(&text, l, open); err != nil {
				return err
			}
		}
		if len(open) > 0 {
			return r.fail(lines[len(lines)-1], "a brace is not closed in this paragraph: put “}” after the words it holds")
		}
		lines = nil
		doc.Blocks = append(doc.Blocks, news.Block{Span: news.Span{Start: start, End: text.Len()}, Kind: kind})
		return nil
	}
	for _, l := range r.draft.body {
		if l.text != "" {
			lines = append(lines, line{l.number, strings.TrimSpace(l.text)})
			continue
		}
		if err := flush(); err != nil {
			return err
		}
	}
	if err := flush(); err != nil {
		return err
	}
	doc.Text = text.String()
	for _, b := range doc.Blocks {
		switch {
		case b.Kind == news.Headline && doc.Title == "":
			doc.Title = b.Text(doc.Text)
		case b.Kind == news.Deck && doc.Deck == "":
			doc.Deck = b.Text(doc.Text)
		}
	}
	if strings.TrimSpace(doc.Text) == "" {
		return r.fail(r.name, "the case has no text above its line \"--\"")
	}
	return nil
}

// marked writes one line without its braces and notes what they say.
func (r *reader) marked(text *strings.Builder, l line, open []int) ([]int, error) {
	rest := l.text
	for {
		i := strings.IndexAny(rest, "{|}")
		if i < 0 {
			text.WriteString(rest)
			return open, nil
		}
		text.WriteString(rest[:i])
		c := rest[i]
		rest = rest[i+1:]
		switch c {
		case '{':
			if len(open) == deepest {
				return nil, r.fail(l, "more than %d braces stand inside one another", deepest)
			}
			open = append(open, text.Len())
		case '}':
			return nil, r.fail(l, "a brace is closed that does not say whose words it holds: write {words|key}")
		case '|':
			end := strings.IndexByte(rest, '}')
			if len(open) == 0 || end < 0 {
				return nil, r.fail(l, "a bar stands in the text outside braces: write {words|key}")
			}
			start := open[len(open)-1]
			open = open[:len(open)-1]
			if start == text.Len() {
				return nil, r.fail(l, "the braces before “|%s}” hold no words", rest[:end])
			}
			r.marks = append(r.marks, mark{news.Span{Start: start, End: text.Len()}, l, strings.TrimSpace(rest[:end])})
			rest = rest[end+1:]
		}
	}
}

var iso = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d(T\d\d:\d\d)?)?)?(/\d{4}(-\d\d(-\d\d)?)?)?$`)

// apply adds what a mark says to the actors and dates.
func (r *reader) apply(m mark) error {
	doc := r.out.Gold
	words := strings.Fields(m.says)
	if len(words) == 0 || len(words) > 3 {
		return r.fail(m.line, "braces round “%s” say “%s”: write a key, or a key and one word", m.Text(doc.Text), m.says)
	}
	if words[0] == "on" {
		return r.date(m, words[1:])
	}
	i, ok := r.keys[words[0]]
	if !ok {
		return r.fail(m.line, "“%s” is the key of no actor: add a line “%s = NAME” under \"--\"", words[0], words[0])
	}
	a := &doc.Actors[i]
	if len(words) > 2 {
		return r.fail(m.line, "braces round “%s” say “%s”: one word may stand after the key", m.Text(doc.Text), m.says)
	}
	says := ""
	if len(words) == 2 {
		says = words[1]
	}
	description, both := strings.CutPrefix(says, "+")
	switch description {
	case "role", "title", "label":
		span := m.Span
		if both {
			a.Mentions = append(a.Mentions, news.Mention{Span: span, Form: "nominal"})
			span.Start += determiner(span.Text(doc.Text))
		}
		a.Descriptions = append(a.Descriptions, news.Description{Span: span, Kind: description, By: "outlet"})
		return nil
	}
	switch says {
	case "":
		says = form(m.Text(doc.Text), a)
	case "name", "short", "acronym", "pronoun", "nominal":
	default:
		return r.fail(m.line, "“%s” is no form of a mention and no kind of description: choose name, short, acronym, pronoun, nominal, role, title, label, +role, +title or +label", says)
	}
	a.Mentions = append(a.Mentions, news.Mention{Span: m.Span, Form: says})
	return nil
}

func (r *reader) date(m mark, words []string) error {
	if len(words) == 0 || !iso.MatchString(words[0]) {
		return r.fail(m.line, "the date “%s” has no value: write {words|on 2023-05-02}, as precise as the words are", m.Text(r.out.Gold.Text))
	}
	d := news.Date{Span: m.Span, Value: words[0], Kind: "point"}
	if strings.Contains(d.Value, "/") {
		d.Kind = "range"
	}
	if len(words) == 2 {
		d.Kind = words[1]
	}
	switch d.Kind {
	case "point", "range", "deadline":
	default:
		return r.fail(m.line, "“%s” is no kind of date: choose point, range or deadline", d.Kind)
	}
	r.out.Gold.Dates = append(r.out.Gold.Dates, d)
	return nil
}

var (
	pronouns    = regexp.MustCompile(`(?i)^(I|me|my|mine|myself|you|your|yours|yourself|he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themself|themselves|we|us|our|ours|ourselves|it|its|itself)$`)
	determiners = regexp.MustCompile(`(?i)^(a|an|the|this|that|these|those|my|your|his|her|its|our|their|one|another) `)
)

// determiner is the length of the article or possessive that words begin with.
func determiner(words string) int { return len(determiners.FindString(words)) }

// form is the plain form of a mention of a.
func form(words string, a *news.Actor) string {
	switch {
	case pronouns.MatchString(words):
		return "pronoun"
	case fold(words) == fold(a.Name) || fold(words[determiner(words):]) == fold(a.Name):
		return "name"
	case a.Type != "person" && !strings.Contains(words, " ") && words == strings.ToUpper(words):
		return "acronym"
	case determiner(words) > 0 || strings.IndexFunc(words, unicode.IsUpper) < 0:
		return "nominal"
	}
	return "short"
}

// fold makes curly quotation marks straight and letters small.
func fold(s string) string { return strings.ToLower(straight.Replace(s)) }

var straight = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`)
