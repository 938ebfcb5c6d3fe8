package desk

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/archive"
	"whosaid/internal/news"
)

// A looker looks up the places in articles on which something rests. Each
// version is loaded once.
type looker struct {
	desk     *Desk
	person   int64
	versions map[int64]*archive.Version
}

// evidence adds to p the places on which up to most of its roles, of its labels
// and of its ties rest.
func (d *Desk) evidence(ctx context.Context, person int64, p *Person, most int) error {
	l := &looker{d, person, map[int64]*archive.Version{}}
	for _, list := range [][]Naming{p.Roles, p.Labels} {
		for i := range list[:min(most, len(list))] {
			if err := l.naming(ctx, &list[i]); err != nil {
				return err
			}
		}
	}
	for i := range p.Relations[:min(most, len(p.Relations))] {
		if err := l.tie(ctx, &p.Relations[i]); err != nil {
			return err
		}
	}
	return nil
}

// each shows versions to do, with the ids of the actors in it that are the
// person.
func (l *looker) each(ctx context.Context, versions []int64, do func(v *archive.Version, who map[string]int64)) error {
	for _, id := range versions {
		v := l.versions[id]
		if v == nil {
			var err error
			if v, err = l.desk.store.Version(ctx, id); err != nil {
				return err
			}
			l.versions[id] = v
		}
		who := map[string]int64{}
		if len(v.People) == len(v.Doc.Actors) {
			for i, a := range v.Doc.Actors {
				who[a.ID] = v.People[i]
			}
		}
		do(v, who)
	}
	return nil
}

func (l *looker) naming(ctx context.Context, n *Naming) error {
	return l.each(ctx, n.Versions, func(v *archive.Version, who map[string]int64) {
		for _, a := range v.Doc.Actors {
			if who[a.ID] != l.person {
				continue
			}
			i := slices.IndexFunc(a.Descriptions, func(x news.Description) bool {
				return x.Kind == n.Kind && (x.By == "outlet") == n.Own && oneSpace(x.Text(v.Doc.Text)) == n.Text
			})
			if i >= 0 {
				n.Evidence = append(n.Evidence, evidenceAt(v, a.Descriptions[i].Span))
				return
			}
		}
	})
}

func (l *looker) tie(ctx context.Context, t *Tie) error {
	return l.each(ctx, t.Versions, func(v *archive.Version, who map[string]int64) {
		for _, r := range v.Doc.Relations {
			mine, other := r.From, r.To
			if !t.From {
				mine, other = other, mine
			}
			if r.Type == t.Type && who[mine] == l.person && who[other] == t.Other && (r.By == "outlet") == t.Own {
				t.Evidence = append(t.Evidence, evidenceAt(v, r.Evidence))
				return
			}
		}
	})
}

// reach is how many bytes of a paragraph are shown before and behind a span.
const reach = 160

// evidenceAt is a span of a version with the words around it.
func evidenceAt(v *archive.Version, s news.Span) Evidence {
	text := v.Doc.Text
	around := news.Span{Start: max(0, s.Start-reach), End: min(len(text), s.End+reach)}
	for _, b := range v.Doc.Blocks {
		if b.Contains(s) {
			around.Start, around.End = max(around.Start, b.Start), min(around.End, b.End)
			around.Start, around.End = wordsOnly(text, around, b.Span)
		}
	}
	at := news.NewOffsets(text)
	return Evidence{
		Article: v.Info.ID, Version: v.ID, Outlet: v.Info.Outlet, Title: v.Info.Title, URL: v.Info.URL, Published: v.Info.Published,
		Start: at.Rune(s.Start), End: at.Rune(s.End),
		Text: oneSpace(s.Text(text)), Around: oneSpace(strings.ToValidUTF8(around.Text(text), "")),
	}
}

// wordsOnly narrows s, inside a block, so that it cuts no word.
func wordsOnly(text string, s, block news.Span) (start, end int) {
	for s.Start > block.Start && s.Start < s.End && inWord(text, s.Start-1) && inWord(text, s.Start) {
		s.Start++
	}
	for s.End < block.End && s.End > s.Start && inWord(text, s.End-1) && inWord(text, s.End) {
		s.End--
	}
	return s.Start, s.End
}

// inWord reports whether the byte at i belongs to a word.
func inWord(text string, i int) bool {
	if text[i] >= utf8.RuneSelf {
		return true
	}
	r := rune(text[i])
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\''
}

// oneSpace is s with one space wherever there is white space.
func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }
