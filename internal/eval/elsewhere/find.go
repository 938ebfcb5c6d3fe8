package elsewhere

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// A finder turns words into their place in a text.
type finder struct {
	text   string
	blocks []news.Block
	flat   string // text with straight quotation marks and single spaces for line breaks
	at     []int  // byte of text at which each byte of flat began
}

func newFinder(text string, blocks []news.Block) *finder {
	f := &finder{text: text, blocks: blocks}
	var flat strings.Builder
	for i, r := range text {
		s := straight.Replace(string(r))
		flat.WriteString(s)
		for range len(s) {
			f.at = append(f.at, i)
		}
	}
	f.at = append(f.at, len(text))
	f.flat = flat.String()
	return f
}

// most is how many places of the same words are counted.
const most = 1000

// places gives the places of words in the scope, in order: as whole words, and
// touching none of the spans in not.
func (f *finder) places(words string, scope, not []news.Span) []news.Span {
	pattern := straight.Replace(words)
	if pattern == "" {
		return nil
	}
	first, _ := utf8.DecodeRuneInString(pattern)
	last, _ := utf8.DecodeLastRuneInString(pattern)
	var found []news.Span
	for _, s := range scope {
		from, _ := slices.BinarySearch(f.at, s.Start)
		to, _ := slices.BinarySearch(f.at, s.End)
		for len(found) < most {
			i := strings.Index(f.flat[from:to], pattern)
			if i < 0 {
				break
			}
			start, end := from+i, from+i+len(pattern)
			before, _ := utf8.DecodeLastRuneInString(f.flat[:start])
			after, _ := utf8.DecodeRuneInString(f.flat[end:])
			span := news.Span{Start: f.at[start], End: f.at[end]}
			if !(inWord(before) && inWord(first)) && !(inWord(last) && inWord(after)) &&
				!slices.ContainsFunc(not, span.Overlaps) {
				found = append(found, span)
			}
			_, size := utf8.DecodeRuneInString(f.flat[start:])
			from = start + size
		}
	}
	return found
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

var ordinal = regexp.MustCompile(`^(.*?) #(\d{1,4})$`)

// An absent error says that words were not found at all, so that they may be
// looked for elsewhere.
type absent string

func (a absent) Error() string {
	return fmt.Sprintf("“%s” was not found where it is looked for", string(a))
}

// span finds words such as “We ~ home” #2 in the scope. Of several places that
// in the same sentence as the spans in by is meant, where one alone is; of marks
// without letters, the one nearest to them.
func (f *finder) span(words string, scope, not, by []news.Span) (news.Span, error) {
	words = strings.TrimSpace(words)
	nth := 0
	if m := ordinal.FindStringSubmatch(words); m != nil {
		words = m[1]
		nth, _ = strconv.Atoi(m[2])
	}
	head, tail, elided := strings.Cut(words, " ~ ")
	found := f.places(head, scope, not)
	if nth == 0 && len(found) > 1 && len(by) > 0 {
		found = f.closest(found, by, strings.IndexFunc(head, inWord) < 0)
	}
	switch {
	case len(found) == 0:
		return news.Span{}, absent(head)
	case nth > len(found):
		return news.Span{}, fmt.Errorf("“%s” stands %s where it is looked for, so there is no #%d", head, times(len(found)), nth)
	case nth == 0 && len(found) > 1:
		return news.Span{}, fmt.Errorf("“%s” stands %d times where it is looked for: write #1 to #%d after it (%s)", head, len(found), len(found), f.around(found))
	}
	s := found[max(nth, 1)-1]
	if !elided {
		return s, nil
	}
	rest := []news.Span{{Start: s.End, End: len(f.text)}}
	for _, sc := range scope {
		if sc.Contains(s) {
			rest[0].End = sc.End
		}
	}
	ends := f.places(strings.TrimSpace(tail), rest, not)
	if len(ends) == 0 {
		return news.Span{}, fmt.Errorf("“%s” was not found after “%s”", tail, head)
	}
	return news.Span{Start: s.Start, End: ends[0].End}, nil
}

// ending is where one sentence ends and another begins, roughly.
var ending = regexp.MustCompile(`[.?!…]["')]* `)

// closest keeps of several places the one that is nearest to by, or, unless any
// will do, those with no end of a sentence between.
func (f *finder) closest(places, by []news.Span, any bool) []news.Span {
	var same []news.Span
	best, least := places[0], len(f.text)
	for _, p := range places {
		near := slices.MinFunc(by, func(a, b news.Span) int { return cmp.Compare(distance(a, p), distance(b, p)) })
		d := distance(near, p)
		if d < least {
			best, least = p, d
		}
		between := f.text[min(near.End, p.End, max(near.Start, p.Start)):max(near.Start, p.Start)]
		if d <= 0 || !ending.MatchString(straight.Replace(between)) && !strings.Contains(between, "\n\n") {
			same = append(same, p)
		}
	}
	switch {
	case any:
		return []news.Span{best}
	case len(same) == 1:
		return same
	}
	return places
}

func distance(a, b news.Span) int {
	return max(a.Start-b.End, b.Start-a.End)
}

// times is a count in words.
func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// around shows the words about each of the first few places.
func (f *finder) around(places []news.Span) string {
	var parts []string
	for i, s := range places {
		if i == 6 {
			parts = append(parts, "…")
			break
		}
		start, end := max(s.Start-20, 0), min(s.End+20, len(f.text))
		parts = append(parts, fmt.Sprintf("#%d …%s…", i+1, strings.ToValidUTF8(strings.ReplaceAll(f.text[start:end], "\n", " "), "")))
	}
	return strings.Join(parts, "; ")
}

// whole is the scope of the whole text.
func (f *finder) whole() []news.Span { return []news.Span{{Start: 0, End: len(f.text)}} }

// near finds words in the blocks that the spans touch, outside the spans; else
// in the block before, else in the one after.
func (f *finder) near(words string, spans, not []news.Span) (news.Span, error) {
	first, last := len(f.blocks), -1
	var scope []news.Span
	for i, b := range f.blocks {
		if slices.ContainsFunc(spans, b.Overlaps) {
			scope = append(scope, b.Span)
			first, last = min(first, i), max(last, i)
		}
	}
	s, err := f.span(words, scope, not, spans)
	var missing absent
	if !errors.As(err, &missing) {
		return s, err
	}
	for _, i := range []int{first - 1, last + 1} {
		if i >= 0 && i < len(f.blocks) {
			if s, other := f.span(words, []news.Span{f.blocks[i].Span}, not, spans); other == nil {
				return s, nil
			}
		}
	}
	return s, err
}
