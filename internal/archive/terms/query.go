package terms

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Op says what a Query joins its parts by.
type Op int

// The operations of a query.
const (
	Phrase Op = iota // Words in this order, one after another; a single word too
	And
	Or
	Not // Parts[0], but not Parts[1]
)

// A Query is what to look for, as a tree.
type Query struct {
	Op     Op
	Words  []Word // of a Phrase; Start and End are not set
	Exact  bool   // a phrase in quotation marks: the very forms, not only their stems
	Prefix bool   // a single word with * behind it: the beginning of a word
	Parts  []*Query
}

// most bounds the parts of a query and how deep they lie.
const (
	mostParts = 200
	mostDepth = 40
)

// Parse reads a query: words, which must all occur; "phrases"; OR, AND and NOT
// (or - before a word) in capitals; brackets; and a * behind the beginning of a
// word. It returns nil where the text holds no word at all and nothing else.
func Parse(text string) (*Query, error) {
	if !utf8.ValidString(text) {
		return nil, errors.New("the query is not valid UTF-8")
	}
	p := parser{tokens: lex(text)}
	if len(p.tokens) == 0 {
		return nil, nil
	}
	if len(p.tokens) > mostParts {
		return nil, fmt.Errorf("the query has more than %d words: make it shorter", mostParts)
	}
	q, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if p.at < len(p.tokens) {
		return nil, errors.New("the query closes a bracket that it never opened")
	}
	return q, nil
}

// A token is a bracket, an operator, a phrase or a word.
type token struct {
	kind string // "(", ")", "AND", "OR", "NOT", "phrase", "word"
	text string
}

func lex(text string) []token {
	var out []token
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(r):
			i += n
		case r == '(' || r == ')':
			out = append(out, token{kind: string(r)})
			i += n
		case quote(r):
			end := strings.IndexFunc(text[i+n:], quote)
			if end < 0 {
				out = append(out, token{"phrase", text[i+n:]})
				return out
			}
			out = append(out, token{"phrase", text[i+n : i+n+end]})
			_, m := utf8.DecodeRuneInString(text[i+n+end:])
			i += n + end + m
		case r == '-':
			next, _ := utf8.DecodeRuneInString(text[i+n:])
			if wordly(next) || quote(next) || next == '(' {
				out = append(out, token{kind: "NOT"})
			}
			i += n
		default:
			end := strings.IndexFunc(text[i:], func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' || quote(r) })
			if end < 0 {
				end = len(text) - i
			}
			switch w := text[i : i+end]; w {
			case "AND", "OR", "NOT":
				out = append(out, token{kind: w})
			default:
				out = append(out, token{"word", w})
			}
			i += end
		}
	}
	return out
}

func quote(r rune) bool {
	return r == '"' || r == '“' || r == '”' || r == '„' || r == '«' || r == '»'
}

type parser struct {
	tokens []token
	at     int
}

func (p *parser) peek() string {
	if p.at < len(p.tokens) {
		return p.tokens[p.at].kind
	}
	return ""
}

var errOr = errors.New("OR needs words on both sides")

// or reads parts joined by OR.
func (p *parser) or(depth int) (*Query, error) {
	if depth > mostDepth {
		return nil, errors.New("the query has brackets within brackets too deep")
	}
	if p.peek() == "OR" {
		return nil, errOr
	}
	q, err := p.and(depth)
	if err != nil {
		return nil, err
	}
	parts := []*Query{q}
	for p.peek() == "OR" {
		p.at++
		if k := p.peek(); k == "" || k == ")" || k == "OR" {
			return nil, errOr
		}
		if q, err = p.and(depth); err != nil {
			return nil, err
		}
		parts = append(parts, q)
	}
	return join(Or, parts), nil
}

// and reads parts that must all be there, and those that must not.
func (p *parser) and(depth int) (*Query, error) {
	var keep, drop []*Query
	for {
		not := false
		switch p.peek() {
		case "AND":
			if len(keep) == 0 {
				return nil, errors.New("AND needs words on both sides")
			}
			p.at++
			if k := p.peek(); k == "" || k == ")" || k == "AND" || k == "OR" {
				return nil, errors.New("AND needs words on both sides")
			}
			continue
		case "NOT":
			p.at++
			not = true
		}
		q, err := p.unit(depth)
		if err != nil {
			return nil, err
		}
		if q == nil {
			if not {
				return nil, errors.New("NOT needs a word behind it")
			}
			break
		}
		if not {
			drop = append(drop, q)
		} else {
			keep = append(keep, q)
		}
	}
	switch {
	case len(keep) == 0 && len(drop) > 0:
		return nil, errors.New("NOT takes away from what other words find: give at least one word to look for")
	case len(keep) == 0:
		return nil, errors.New("there is nothing to look for where the query has an operator or a bracket: put a word there")
	}
	q := join(And, keep)
	if len(drop) > 0 {
		q = &Query{Op: Not, Parts: []*Query{q, join(Or, drop)}}
	}
	return q, nil
}

// unit reads a word, a phrase or brackets; it returns nil at anything else.
func (p *parser) unit(depth int) (*Query, error) {
	if p.at == len(p.tokens) {
		return nil, nil
	}
	t := p.tokens[p.at]
	switch t.kind {
	case "(":
		p.at++
		q, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.peek() != ")" {
			return nil, errors.New("the query opens a bracket that it never closes")
		}
		p.at++
		return q, nil
	case "word", "phrase":
		p.at++
		words := Words(t.text)
		if len(words) == 0 {
			return nil, fmt.Errorf("%q holds no word to look for", t.text)
		}
		for i := range words {
			words[i].Start, words[i].End = 0, 0
		}
		return &Query{
			Op: Phrase, Words: words, Exact: t.kind == "phrase",
			Prefix: t.kind == "word" && len(words) == 1 && strings.HasSuffix(t.text, "*"),
		}, nil
	}
	return nil, nil
}

func join(op Op, parts []*Query) *Query {
	if len(parts) == 1 {
		return parts[0]
	}
	return &Query{Op: op, Parts: parts}
}

// Match reports whether words are what q looks for, and marks those that
// answer it: marked has a place for each word.
func (q *Query) Match(words []Word, marked []bool) bool {
	switch q.Op {
	case And:
		ok := true
		for _, p := range q.Parts {
			ok = p.Match(words, marked) && ok
		}
		return ok
	case Or:
		ok := false
		for _, p := range q.Parts {
			ok = p.Match(words, marked) || ok
		}
		return ok
	case Not:
		return q.Parts[0].Match(words, marked) && !q.Parts[1].Match(words, make([]bool, len(words)))
	}
	ok := false
	for i := 0; i+len(q.Words) <= len(words); i++ {
		if q.matchAt(words[i:]) {
			ok = true
			for j := range q.Words {
				marked[i+j] = true
			}
		}
	}
	return ok
}

func (q *Query) matchAt(words []Word) bool {
	for j, w := range q.Words {
		switch {
		case q.Prefix:
			if !strings.HasPrefix(words[j].Stem, w.Stem) {
				return false
			}
		case q.Exact:
			if words[j].Folded != w.Folded {
				return false
			}
		case words[j].Stem != w.Stem:
			return false
		}
	}
	return true
}
