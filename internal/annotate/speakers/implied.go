package speakers

import (
	"sort"
	"strings"

	"whosaid/internal/news"
)

// impliedBy is who speaks a statement without a source, where the form of the
// article tells it.
func (a *assigner) impliedBy(s *news.Statement) []found {
	if f := a.participle(s); f != nil {
		return f
	}
	if s.Form == news.Indirect {
		return nil
	}
	if f := a.besides(s); f != nil {
		return f
	}
	return a.turns(s)
}

// participle is who spoke the statement before in the same sentence, which a
// participle goes on from ("…, adding that the bridge was safe").
func (a *assigner) participle(s *news.Statement) []found {
	if len(s.Cue) == 0 {
		return nil
	}
	cue := s.Cue[0].Text(a.text)
	first, _, _ := strings.Cut(cue, " ")
	if !strings.HasSuffix(first, "ing") {
		return nil
	}
	for k := a.at - 1; k >= 0 && k >= a.at-2; k-- {
		o := a.doc.Statements[a.order[k]]
		if len(o.Speakers) == 0 || !a.oneSentence(place(o), s.Cue[0].Start) {
			continue
		}
		return goOn(o, 0.75, "a participle goes on from the statement before")
	}
	return nil
}

func goOn(o news.Statement, factor float64, why string) []found {
	var list []found
	for _, p := range o.Speakers {
		list = append(list, found{actor: p.Actor, name: p.Name, by: implied, sure: factor * p.Confidence, why: why})
	}
	return list
}

// oneSentence reports whether no sentence ends between two places.
func (a *assigner) oneSentence(x, y int) bool {
	i := sort.Search(len(a.doc.Sentences), func(i int) bool { return a.doc.Sentences[i].End > min(x, y) })
	return i < len(a.doc.Sentences) && max(x, y) < a.doc.Sentences[i].End
}

// besides is who speaks the other quotations of the same paragraph, if they are
// one: a quotation after "he said." goes on.
func (a *assigner) besides(s *news.Statement) []found {
	begin := s.Content[0].Start
	for _, step := range []int{-1, 1} {
		for k := a.at + step; k >= 0 && k < len(a.order) && k >= a.at-3 && k <= a.at+3; k += step {
			o := a.doc.Statements[a.order[k]]
			if len(o.Speakers) == 0 || len(o.Content) == 0 || o.Form == news.Indirect || o.Parent != "" {
				continue
			}
			if a.breaks(o.Content[0].Start, begin) == 0 {
				return goOn(o, 0.8, "the quotation beside it in the paragraph has this speaker")
			}
			break
		}
	}
	return nil
}

// breaks is how many blank lines stand between two places.
func (a *assigner) breaks(x, y int) int {
	x, y = min(x, y), max(x, y)
	if y-x > 4000 {
		return 9
	}
	return strings.Count(a.text[x:y], "\n\n")
}

// turns is who speaks a bare quotation in a paragraph of its own where two people
// have been taking turns: the one of them who did not speak before it.
func (a *assigner) turns(s *news.Statement) []found {
	var last []news.Statement
	for k := a.at - 1; k >= 0 && len(last) < 2 && k >= a.at-4; k-- {
		o := a.doc.Statements[a.order[k]]
		if o.Form == news.Indirect || len(o.Speakers) != 1 {
			return nil
		}
		last = append(last, o)
	}
	if len(last) < 2 || last[0].Speakers[0].Actor == last[1].Speakers[0].Actor {
		return nil
	}
	if a.breaks(last[0].Content[0].Start, s.Content[0].Start) != 1 || a.breaks(last[1].Content[0].Start, last[0].Content[0].Start) != 1 {
		return nil
	}
	return goOn(last[1], 0.7, "two people take turns, and the other one spoke before")
}
