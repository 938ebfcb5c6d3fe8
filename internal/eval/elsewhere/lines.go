package elsewhere

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"whosaid/internal/news"
)

// A statement is a statement of the gold and how deep it lies.
type statement struct {
	id      string
	content []news.Span
}

var (
	actorLine    = regexp.MustCompile(`^([\pL\pN]+) = (.+)$`)
	relationLine = regexp.MustCompile(`^([\pL\pN]+) (leads|holds-office|member-of|part-of|ally-of|opponent-of|family-of|works-for) ([\pL\pN]+|“[^”]+”|"[^"]+")(?: \| (.+))?$`)
	actorTypes   = []string{"person", "organisation", "place", "role", "group", "document"}
	kinds        = []string{"claim", "denial", "prediction", "warning", "promise", "demand", "question", "praise", "criticism"}
)

// lines reads what stands under "--": actors first, for all else names them.
func (r *reader) lines() error {
	var rest []line
	for _, l := range r.want {
		if m := actorLine.FindStringSubmatch(l.text); m != nil {
			if err := r.actor(l, m[1], m[2]); err != nil {
				return err
			}
			continue
		}
		rest = append(rest, l)
	}
	for _, m := range r.marks {
		if err := r.apply(m); err != nil {
			return err
		}
	}
	for i, a := range r.out.Gold.Actors {
		slices.SortFunc(a.Mentions, func(a, b news.Mention) int { return a.Start - b.Start })
		slices.SortFunc(a.Descriptions, func(a, b news.Description) int { return a.Start - b.Start })
		r.out.Gold.Actors[i] = a
	}
	slices.SortFunc(r.out.Gold.Dates, func(a, b news.Date) int { return a.Start - b.Start })
	var errs []error // all at once, so that a new case is put right in one go
	for _, l := range rest {
		if err := r.line(l); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (r *reader) actor(l line, key, words string) error {
	if _, ok := r.keys[key]; ok || key == "on" {
		return r.fail(l, "the key “%s” is taken: choose another", key)
	}
	a := news.Actor{ID: fmt.Sprintf("a%d", len(r.keys)+1), Name: words, Named: true, Type: "person"}
	if i := strings.LastIndex(words, ", "); i >= 0 {
		a.Name, a.Type = words[:i], words[i+2:]
	}
	if !slices.Contains(actorTypes, a.Type) {
		return r.fail(l, "“%s” is no type of actor: choose one of %s", a.Type, strings.Join(actorTypes, ", "))
	}
	r.keys[key] = len(r.out.Gold.Actors)
	r.out.Gold.Actors = append(r.out.Gold.Actors, a)
	return nil
}

// line reads a line that is no actor.
func (r *reader) line(l line) error {
	doc := r.out.Gold
	name, value, _ := strings.Cut(l.text, ": ")
	switch name {
	case "region":
		r.out.Region = value
		return nil
	case "outlet":
		doc.Outlet = value
		return nil
	case "published":
		if !iso.MatchString(value) {
			return r.fail(l, "“%s” is no day: write published: 2023-05-04", value)
		}
		doc.Published = value
		return nil
	case "by":
		doc.Authors = strings.Split(value, ", ")
		return nil
	case "own":
		r.out.Own = true
		if value == "none" {
			return nil
		}
		s, err := r.find.span(value, r.find.whole(), nil, nil)
		if err != nil {
			return r.fail(l, "%v", err)
		}
		doc.OwnVoice = append(doc.OwnVoice, s)
		return nil
	}
	if m := relationLine.FindStringSubmatch(l.text); m != nil {
		return r.relation(l, m)
	}
	return r.statement(l)
}

func (r *reader) relation(l line, m []string) error {
	doc := r.out.Gold
	rel := news.Relation{Type: m[2], To: strings.Trim(m[3], `“”"`), By: "outlet"}
	from, ok := r.keys[m[1]]
	if !ok {
		return r.fail(l, "“%s” is the key of no actor", m[1])
	}
	rel.From = doc.Actors[from].ID
	if rel.To == m[3] {
		to, ok := r.keys[m[3]]
		if !ok {
			return r.fail(l, "“%s” is the key of no actor: put words in quotation marks", m[3])
		}
		rel.To = doc.Actors[to].ID
	}
	if m[4] != "" {
		s, err := r.find.span(m[4], r.find.whole(), nil, nil)
		if err != nil {
			return r.fail(l, "%v", err)
		}
		rel.Evidence = s
	}
	doc.Relations = append(doc.Relations, rel)
	return nil
}

// statement reads source | cue | content | kind | speakers | to: … | in: … | on: …;
// from the speakers on all may be missing.
func (r *reader) statement(l line) error {
	text, optional := strings.CutPrefix(l.text, "? ")
	depth := 0
	for strings.HasPrefix(text, "> ") {
		text, depth = text[2:], depth+1
	}
	parts := strings.Split(text, " | ")
	if len(parts) < 4 {
		return r.fail(l, "a statement is source | cue | content | kind | speakers, and here are %d parts", len(parts))
	}
	if len(parts) == 4 {
		parts = append(parts, "unknown")
	}
	if depth > len(r.stack) {
		return r.fail(l, "“>” puts a statement inside the one above it, and there is none %d deep", depth)
	}
	doc := r.out.Gold
	s := news.Statement{ID: fmt.Sprintf("s%d", len(doc.Statements)+1), By: news.ByModel, CueStance: "neutral", Confidence: 1}
	scope := r.find.whole()
	if depth > 0 {
		parent := r.stack[depth-1]
		s.Parent, scope = parent.id, parent.content
	}
	var err error
	if s.Content, err = pieces(parts[2], func(w string) (news.Span, error) { return r.find.span(w, scope, nil, nil) }); err != nil {
		return r.fail(l, "content: %v", err)
	}
	if len(s.Content) == 0 {
		return r.fail(l, "a statement without content is none: give the words that were said")
	}
	look := func(words string) (news.Span, error) {
		if depth > 0 {
			found, err := r.find.span(words, scope, s.Content, s.Content)
			if err == nil {
				return found, nil
			}
		}
		return r.find.near(words, s.Content, s.Content)
	}
	if s.Source, err = pieces(parts[0], look); err != nil {
		return r.fail(l, "source: %v", err)
	}
	if s.Cue, err = pieces(parts[1], look); err != nil {
		return r.fail(l, "cue: %v", err)
	}
	s.Form = quoted(doc.Text, s.Content)
	if err := r.kind(l, &s, parts[3]); err != nil {
		return err
	}
	if err := r.speakers(l, &s, parts[4]); err != nil {
		return err
	}
	for _, extra := range parts[5:] {
		if err := r.extra(l, &s, extra); err != nil {
			return err
		}
	}
	doc.Statements = append(doc.Statements, s)
	r.stack = append(r.stack[:depth], &statement{s.ID, s.Content})
	if optional {
		r.out.Optional[s.ID] = true
	}
	return nil
}

// pieces finds each of the words joined by " + ", in the order of the text.
func pieces(words string, find func(string) (news.Span, error)) ([]news.Span, error) {
	if words = strings.TrimSpace(words); words == "—" || words == "" {
		return nil, nil
	}
	var out []news.Span
	for _, w := range strings.Split(words, " + ") {
		s, err := find(w)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b news.Span) int { return a.Start - b.Start })
	return out, nil
}

func (r *reader) kind(l line, s *news.Statement, words string) error {
	for i, w := range strings.Fields(words) {
		switch {
		case i == 0:
			first, also, both := strings.Cut(w, "/")
			if !slices.Contains(kinds, first) || both && !slices.Contains(kinds, also) {
				return r.fail(l, "“%s” is no kind: choose among %s", w, strings.Join(kinds, ", "))
			}
			if s.Kind = first; both {
				r.out.Also[s.ID] = also
			}
		case w == "if":
			s.Conditional = true
		case w == "doubting" || w == "endorsing":
			s.CueStance = w
		default:
			return r.fail(l, "“%s” is not understood: after the kind may stand “if”, “doubting” or “endorsing”", w)
		}
	}
	if s.Kind == "" {
		return r.fail(l, "the statement has no kind: write one of %s", strings.Join(kinds, ", "))
	}
	return nil
}

func (r *reader) speakers(l line, s *news.Statement, words string) error {
	if words == "unknown" {
		return nil
	}
	for _, w := range strings.Split(words, " & ") {
		p := news.Speaker{Confidence: 1, By: "nominal"}
		if name, ok := strings.CutPrefix(w, "unnamed "); ok {
			a := r.unnamed(name)
			form := "nominal"
			for _, span := range s.Source {
				if pronouns.MatchString(span.Text(r.out.Gold.Text)) {
					form = "pronoun"
				}
				a.Mentions = append(a.Mentions, news.Mention{Span: span, Form: form})
			}
			if p.By = form; len(s.Source) == 0 {
				p.By = "implied"
			}
			p.Actor, p.Name = a.ID, name
			s.Speakers = append(s.Speakers, p)
			continue
		}
		i, ok := r.keys[w]
		if !ok {
			return r.fail(l, "“%s” is the key of no actor: write keys joined by &, or unnamed and words, or unknown", w)
		}
		a := r.out.Gold.Actors[i]
		p.Actor, p.Name, p.By = a.ID, a.Name, r.by(s.Source, a)
		s.Speakers = append(s.Speakers, p)
	}
	return nil
}

// unnamed is the actor that has no name and is called so.
func (r *reader) unnamed(name string) *news.Actor {
	doc := r.out.Gold
	for i, a := range doc.Actors {
		if !a.Named && a.Name == name {
			return &doc.Actors[i]
		}
	}
	doc.Actors = append(doc.Actors, news.Actor{ID: fmt.Sprintf("a%d", len(doc.Actors)+1), Name: name, Type: "role"})
	return &doc.Actors[len(doc.Actors)-1]
}

// by is what in the source leads to the actor a.
func (r *reader) by(source []news.Span, a news.Actor) string {
	if len(source) == 0 {
		return "implied"
	}
	by := "nominal"
	for _, s := range source {
		if pronouns.MatchString(s.Text(r.out.Gold.Text)) {
			return "pronoun"
		}
		for _, m := range a.Mentions {
			if s.Contains(m.Span) && m.Form != "nominal" && m.Form != "pronoun" {
				by = "name"
			}
		}
	}
	return by
}

func (r *reader) extra(l line, s *news.Statement, extra string) error {
	name, words, _ := strings.Cut(extra, ": ")
	span, err := r.find.near(words, s.Content, nil)
	switch name {
	case "to", "in", "on":
	default:
		return r.fail(l, "“%s” is not understood: after the speakers may stand to: WORDS, in: WORDS and on: WORDS", extra)
	}
	if err != nil {
		return r.fail(l, "%s: %v", name, err)
	}
	switch name {
	case "to":
		s.Addressee = &span
	case "in":
		s.Venue = &span
	case "on":
		when := news.Date{Span: span, Kind: "point"}
		for _, d := range r.out.Gold.Dates {
			if d.Overlaps(span) {
				when = d
			}
		}
		s.When = &when
	}
	return nil
}

// quoted says how content stands in quotation marks.
func quoted(text string, content []news.Span) news.Form {
	opened, whole := false, true
	for _, s := range content {
		t := strings.TrimSpace(straight.Replace(s.Text(text)))
		t = strings.Map(func(r rune) rune {
			if r == '«' || r == '»' || r == '„' || r == '「' || r == '」' || r == '‹' || r == '›' {
				return '"'
			}
			return r
		}, t)
		if strings.Contains(t, `"`) || quote.MatchString(t) {
			opened = true
		}
		end := strings.TrimRight(t, ".,!?;:")
		if !(strings.HasPrefix(t, `"`) && strings.HasSuffix(end, `"`) || strings.HasPrefix(t, "'") && strings.HasSuffix(end, "'")) {
			whole = false
		}
	}
	switch {
	case opened && whole:
		return news.Direct
	case opened:
		return news.Mixed
	}
	return news.Indirect
}

// quote is a single mark that opens a quotation.
var quote = regexp.MustCompile(`(^|[\s(\[—–-])'\pL`)
