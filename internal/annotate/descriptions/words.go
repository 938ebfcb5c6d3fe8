package descriptions

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// A word is a run of letters and digits, the 's of a possessive or a short
// form, or one mark.
type word struct {
	news.Span
	low      string // lower case, apostrophes straight, no full stop at its end
	mark     bool   // neither letter nor digit
	capital  bool   // begins with a capital
	sentence int32  // which one it stands in
}

// A page is the words of one document, with what stands on them.
type page struct {
	text     string
	words    []word
	mentions []mention
	starts   map[int]int // first word -> the longest mention that begins there
	ends     map[int]int // last word + 1 -> the longest mention that ends there
	inside   []int32     // word -> outermost name it lies in, or -1
	actors   []news.Actor
}

// A mention is one of an actor's, as a range of words.
type mention struct {
	actor, from, to int
	form            string
	span            news.Span
}

// named reports whether m holds a name.
func (m mention) named() bool { return m.form == "name" || m.form == "short" || m.form == "acronym" }

// read cuts doc into words, sentence by sentence, and sets its mentions on them.
func read(doc *news.Document) *page {
	p := &page{text: doc.Text, starts: map[int]int{}, ends: map[int]int{}, actors: doc.Actors}
	for i, s := range doc.Sentences {
		p.cut(s, int32(i))
	}
	p.place()
	return p
}

// cut adds the words of one sentence.
func (p *page) cut(s news.Span, sentence int32) {
	for i := s.Start; i < s.End; {
		r, size := utf8.DecodeRuneInString(p.text[i:s.End])
		switch {
		case unicode.IsSpace(r):
			i += size
			continue
		case !letter(r):
			end := i + size
			if (r == '\'' || r == '`') && end < s.End && rune(p.text[end]) == r {
				end++ // a typewriter's double mark
			}
			if r == '\'' || r == '’' {
				if t := tail(p.text[i:s.End]); t > 0 {
					end = i + t
					p.add(i, end, sentence, false)
					i = end
					continue
				}
			}
			p.add(i, end, sentence, true)
			i = end
			continue
		}
		end := p.run(i, s.End)
		p.add(i, end, sentence, false)
		i = end
	}
}

func letter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// tail is how many bytes of s are the end of a short form ('s, ’re), or 0.
func tail(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	n := size
	for n < len(s) && n-size < 3 && s[n] >= 'a' && s[n] <= 'z' {
		n++
	}
	if r, _ := utf8.DecodeRuneInString(s[n:]); letter(r) && n < len(s) {
		return 0
	}
	switch s[size:n] {
	case "s", "re", "m", "ve", "d", "ll":
		return n
	}
	return 0
}

// run is the end of the word that begins at i: letters and digits, joined by
// single hyphens, apostrophes, points and ampersands between them. A point at
// the end belongs to it after an initial or an abbreviation.
func (p *page) run(i, limit int) int {
	start := i
	points := 0
	for i < limit {
		r, size := utf8.DecodeRuneInString(p.text[i:limit])
		if letter(r) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(p.text[i+size : limit])
		joins := r == '-' || r == '‐' || r == '‑' || r == '\'' || r == '’' || r == 'ʼ' || r == '‘' || r == '.' || r == '&' || (r == ',' && unicode.IsDigit(next))
		if !joins || i+size >= limit || !letter(next) {
			if r == '.' && (points > 0 || abbreviated(p.text[start:i])) {
				i += size
			}
			break
		}
		if (r == '\'' || r == '’') && tail(p.text[i:limit]) > 0 {
			break
		}
		if r == '.' {
			points++
		}
		i += size
	}
	return i
}

// abbreviated reports whether a point after w belongs to it.
func abbreviated(w string) bool {
	low := strings.ToLower(w)
	if utf8.RuneCountInString(w) == 1 && unicode.IsUpper([]rune(w)[0]) {
		return true
	}
	switch low {
	case "sen", "sens", "rep", "reps", "gov", "govs", "gen", "lt", "col", "maj", "capt", "cmdr", "sgt", "adm", "brig", "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "st", "jr", "sr", "no", "inc", "corp", "co", "ltd", "cllr", "insp", "supt", "det", "amb", "pres", "fr":
		return true
	}
	return false
}

func (p *page) add(start, end int, sentence int32, mark bool) {
	text := p.text[start:end]
	low := strings.TrimSuffix(strings.ToLower(strings.ReplaceAll(text, "’", "'")), ".")
	if mark {
		low = text
	}
	if text == "US" {
		low = "u.s"
	}
	first, _ := utf8.DecodeRuneInString(text)
	p.words = append(p.words, word{
		Span: news.Span{Start: start, End: end}, low: low, mark: mark, capital: unicode.IsUpper(first), sentence: sentence,
	})
}

// place sets the mentions on the words.
func (p *page) place() {
	p.inside = make([]int32, len(p.words))
	for i := range p.inside {
		p.inside[i] = -1
	}
	for a, actor := range p.actors {
		for _, m := range actor.Mentions {
			from := p.at(m.Start)
			to := from
			for to < len(p.words) && p.words[to].Start < m.End {
				to++
			}
			if from < to {
				p.mentions = append(p.mentions, mention{a, from, to, m.Form, m.Span})
			}
		}
	}
	sort.SliceStable(p.mentions, func(i, j int) bool {
		a, b := p.mentions[i], p.mentions[j]
		return a.from < b.from || a.from == b.from && a.to > b.to
	})
	for i, m := range p.mentions {
		if _, ok := p.starts[m.from]; !ok {
			p.starts[m.from] = i
		}
		if last, ok := p.ends[m.to]; !ok || p.mentions[last].from > m.from {
			p.ends[m.to] = i
		}
		if !m.named() {
			continue
		}
		for w := m.to - 1; w >= m.from && p.inside[w] < 0; w-- {
			p.inside[w] = int32(i)
		}
	}
}

// at is the first word that ends after byte position b.
func (p *page) at(b int) int {
	return sort.Search(len(p.words), func(i int) bool { return p.words[i].End > b })
}

// low is the word at i, or "" where i lies outside sentence s.
func (p *page) low(i int, s int32) string {
	if i < 0 || i >= len(p.words) || p.words[i].sentence != s {
		return ""
	}
	return p.words[i].low
}

// span is the text range of words [from, to).
func (p *page) span(from, to int) news.Span {
	return news.Span{Start: p.words[from].Start, End: p.words[to-1].End}
}

// opening reports whether a mark is one of quotation, at either end.
func quoteMark(low string) bool {
	switch low {
	case `"`, "“", "”", "''", "``", "‘", "'", "«", "»", "„":
		return true
	}
	return false
}
