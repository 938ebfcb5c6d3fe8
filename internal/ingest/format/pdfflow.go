package format

import (
	"math"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/ingest/format/pdftext"
	"whosaid/internal/news"
)

// A pdfFlow makes paragraphs of the lines of a PDF.
type pdfFlow struct {
	pages   []pdftext.Page
	body    float64 // size of most of the type
	leading float64 // usual distance of two lines, in sizes of the type
	words   map[string]bool
	url     string // from the footer that a browser prints
}

// A pdfLine is a line with what its column says about it.
type pdfLine struct {
	pdftext.Line
	page  int
	right float64 // where lines of its column end
}

func newPDFFlow(d pdftext.Document) *pdfFlow {
	f := &pdfFlow{pages: d.Pages, words: map[string]bool{}}
	sizes := map[float64]int{}
	for i := range f.pages {
		if jumps(f.pages[i].Lines) {
			f.pages[i].Lines = byColumn(f.pages[i].Lines, 0)
		}
		for _, l := range f.pages[i].Lines {
			sizes[math.Round(l.Size*2)/2] += len(l.Text)
			for _, w := range strings.FieldsFunc(l.Text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
				if len(f.words) < 1_000_000 {
					f.words[strings.ToLower(w)] = true
				}
			}
		}
	}
	best := 0
	for size, n := range sizes {
		if n > best || n == best && size < f.body {
			best, f.body = n, size
		}
	}
	f.dropRunning()
	f.leading = f.usualLeading()
	return f
}

// jumps holds for a page whose lines are drawn out of order: more than every
// fourth goes up again within its column, or across to another.
func jumps(lines []pdftext.Line) bool {
	n := 0
	for i := 1; i < len(lines); i++ {
		p, q := lines[i-1], lines[i]
		if q.Y < p.Y-.3*p.Size && overlap(p, q) > 0 || math.Abs(q.Y-p.Y) < .3*p.Size && q.X0 > p.X1 {
			n++
		}
	}
	return len(lines) > 4 && n*4 > len(lines)
}

// overlap is how far two lines stand over each other, in points.
func overlap(p, q pdftext.Line) float64 {
	return math.Min(p.X1, q.X1) - math.Max(p.X0, q.X0)
}

// maxCuts bounds how often a page is cut in two.
const maxCuts = 24

// byColumn puts the lines of a page into the order of reading by cutting it at
// its widest gutters and gaps (the recursive X-Y cut; Nagy and Seth 1984).
func byColumn(lines []pdftext.Line, depth int) []pdftext.Line {
	if len(lines) < 2 {
		return lines
	}
	size := lines[0].Size
	if depth < maxCuts {
		if left, right := cut(lines, .8*size, func(l pdftext.Line) (float64, float64) { return l.X0, l.X1 }); right != nil {
			return append(byColumn(left, depth+1), byColumn(right, depth+1)...)
		}
		if top, bottom := cut(lines, .6*size, func(l pdftext.Line) (float64, float64) { return l.Y - .8*l.Size, l.Y + .2*l.Size }); bottom != nil {
			return append(byColumn(top, depth+1), byColumn(bottom, depth+1)...)
		}
	}
	sort.SliceStable(lines, func(i, j int) bool {
		p, q := lines[i], lines[j]
		if math.Abs(p.Y-q.Y) > .3*size {
			return p.Y < q.Y
		}
		return p.X0 < q.X0
	})
	return lines
}

// cut splits lines at the widest stretch of at least least that none of them
// covers; nil, nil if there is none.
func cut(lines []pdftext.Line, least float64, extent func(pdftext.Line) (float64, float64)) (before, after []pdftext.Line) {
	sorted := make([]pdftext.Line, len(lines))
	copy(sorted, lines)
	sort.SliceStable(sorted, func(i, j int) bool {
		a, _ := extent(sorted[i])
		b, _ := extent(sorted[j])
		return a < b
	})
	at, widest := 0, least
	_, until := extent(sorted[0])
	for i, l := range sorted[1:] {
		from, to := extent(l)
		if from-until > widest {
			at, widest = i+1, from-until
		}
		until = math.Max(until, to)
	}
	if at == 0 {
		return nil, nil
	}
	return sorted[:at], sorted[at:]
}

var (
	pageNumber  = regexp.MustCompile(`(?i)^(?:[-–—|]\s*)?(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?(?:\s*[-–—|])?$`)
	printFooter = regexp.MustCompile(`^(https?://\S+)(?:\s+(?:Page\s+)?\d+(?:\s*(?:/|of)\s*\d+)?)?$`)
	printHeader = regexp.MustCompile(`^\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}:\d{2}(?:\s*[AP]M)?\b`)
	digits      = regexp.MustCompile(`\d+`)
)

// edge is the part of a page's height, at the top and at the bottom, in which
// running heads and page numbers stand.
const edge = .12

// dropRunning takes out page numbers, what browsers print around a page, and
// lines that stand at the edge of most pages.
func (f *pdfFlow) dropRunning() {
	at := func(p pdftext.Page, l pdftext.Line) bool { return l.Y < edge*p.Height || l.Y > (1-edge)*p.Height }
	bands := make([][2]float64, len(f.pages))
	for i, p := range f.pages {
		bands[i] = f.bands(p)
	}
	inBand := func(page int, l pdftext.Line) bool { return l.Y <= bands[page][0] || l.Y >= bands[page][1] }
	key := func(l pdftext.Line) string { return digits.ReplaceAllString(strings.ToLower(l.Text), "0") }
	seen := map[string]int{}
	for i, p := range f.pages {
		here := map[string]bool{}
		for _, l := range p.Lines {
			if inBand(i, l) {
				here[key(l)] = true
			}
		}
		for k := range here {
			seen[k]++
		}
	}
	for i, p := range f.pages {
		kept := p.Lines[:0:0]
		header := -1.0 // height of the line with date and title that browsers print
		for _, l := range p.Lines {
			if at(p, l) && printHeader.MatchString(l.Text) {
				header = l.Y
			}
		}
		for _, l := range p.Lines {
			running := inBand(i, l) && len(f.pages) > 1 && seen[key(l)] >= max(2, (len(f.pages)*2+4)/5)
			switch {
			case at(p, l) && printFooter.MatchString(l.Text):
				if f.url == "" {
					f.url = printFooter.FindStringSubmatch(l.Text)[1]
				}
			case at(p, l) && pageNumber.MatchString(l.Text), at(p, l) && header >= 0 && math.Abs(l.Y-header) < 2, running && !f.isTitle(i, l):
			default:
				kept = append(kept, l)
			}
		}
		f.pages[i].Lines = kept
	}
}

// bands gives the baselines down to which and from which the rows at the top and
// at the bottom of a page stand apart from the rest: three at most, inside the
// edge, with a gap after them.
func (f *pdfFlow) bands(p pdftext.Page) [2]float64 {
	rows := make([]float64, 0, len(p.Lines))
	for _, l := range p.Lines {
		rows = append(rows, l.Y)
	}
	sort.Float64s(rows)
	band := [2]float64{math.Inf(-1), math.Inf(1)}
	gap := 1.6 * f.body
	for i, n := 0, 0; i+1 < len(rows) && rows[i] < edge*p.Height && n < 3; i++ {
		if step := rows[i+1] - rows[i]; step > gap {
			band[0] = rows[i]
			n++
		} else if step > .3*f.body {
			n++
		}
	}
	for i, n := len(rows)-1, 0; i > 0 && rows[i] > (1-edge)*p.Height && n < 3; i-- {
		if step := rows[i] - rows[i-1]; step > gap {
			band[1] = rows[i]
			n++
		} else if step > .3*f.body {
			n++
		}
	}
	return band
}

// isTitle holds for the large type of the first page, which running heads
// repeat.
func (f *pdfFlow) isTitle(page int, l pdftext.Line) bool {
	return page == 0 && l.Size > titleSize*f.body
}

// titleSize is how large a title is at least, in sizes of the text.
const titleSize = 1.25

// usualLeading is the distance of two lines of a paragraph, in sizes of the type:
// a low percentile of those that follow each other in a column, for some stand
// between paragraphs.
func (f *pdfFlow) usualLeading() float64 {
	var steps []float64
	for _, p := range f.pages {
		for i := 1; i < len(p.Lines); i++ {
			a, b := p.Lines[i-1], p.Lines[i]
			if step := (b.Y - a.Y) / b.Size; overlap(a, b) > 0 && step > .8 && step < 2.5 && math.Abs(a.Size-b.Size) < .5 {
				steps = append(steps, step)
			}
		}
	}
	if len(steps) == 0 {
		return 1.2
	}
	sort.Float64s(steps)
	return steps[len(steps)*15/100]
}

// blocks joins the lines into paragraphs.
func (f *pdfFlow) blocks() []Block {
	lines := f.columns()
	var out []Block
	title := f.title(lines)
	var text []byte
	var kind news.BlockKind
	start := 0
	end := func(i int) {
		if i > start {
			out = addBlock(out, kind, unligature.Replace(string(text)))
		}
		text = text[:0]
		start = i
	}
	for i, l := range lines {
		k := f.kind(l)
		if i >= title[0] && i < title[1] {
			k = news.Headline
		}
		inTitle := k == news.Headline && i > title[0]
		if i == start || k != kind || !inTitle && f.breaks(lines[i-1], l) {
			end(i)
			kind = k
			text = append(text, l.Text...)
			continue
		}
		text = f.join(text, l.Text)
	}
	end(len(lines))
	return demote(out)
}

// demote makes paragraphs of headings that are none: long, or ended like
// sentences.
func demote(blocks []Block) []Block {
	for i, b := range blocks {
		if b.Kind == news.Heading && (utf8.RuneCountInString(b.Text) > 150 || strings.HasSuffix(b.Text, ".") || strings.HasPrefix(b.Text, "“") || strings.HasPrefix(b.Text, `"`)) {
			blocks[i].Kind = news.Paragraph
		}
	}
	return blocks
}

// columns gives all lines with the right edge of their column: the furthest that
// a line of a run with the same left edge goes.
func (f *pdfFlow) columns() []pdfLine {
	var all []pdfLine
	for n, p := range f.pages {
		first := len(all)
		for _, l := range p.Lines {
			all = append(all, pdfLine{l, n, l.X1})
		}
		for i := first; i < len(all); {
			j, left, right := i+1, all[i].X0, all[i].X1
			for j < len(all) && all[j].Y > all[j-1].Y && math.Abs(all[j].X0-left) < 4*f.body && overlap(all[j].Line, all[j-1].Line) > 0 {
				left = math.Min(left, all[j].X0)
				right = math.Max(right, all[j].X1)
				j++
			}
			for ; i < j; i++ {
				all[i].right = right
			}
		}
	}
	return all
}

// title finds the lines of the title: the largest type on the first page.
func (f *pdfFlow) title(lines []pdfLine) [2]int {
	best, size := -1, titleSize*f.body
	for i, l := range lines {
		if l.page > 0 {
			break
		}
		if l.Size > size+.5 && strings.Contains(l.Text, " ") {
			best, size = i, l.Size
		}
	}
	if best < 0 {
		return [2]int{-1, -1}
	}
	end := best + 1
	for end < len(lines) && end < best+5 && lines[end].page == 0 && math.Abs(lines[end].Size-size) < .5 && lines[end].Y > lines[end-1].Y && lines[end].Y-lines[end-1].Y < 2*size {
		end++
	}
	return [2]int{best, end}
}

// kind tells headings by their type.
func (f *pdfFlow) kind(l pdfLine) news.BlockKind {
	if l.Size > 1.12*f.body || l.Bold && l.X1 < l.right-2*l.Size {
		return news.Heading
	}
	return news.Paragraph
}

// breaks tells whether a paragraph ends between two lines that follow each
// other.
func (f *pdfFlow) breaks(p, q pdfLine) bool {
	size := math.Max(p.Size, q.Size)
	if math.Abs(p.Size-q.Size) > .15*size {
		return true
	}
	below := p.page == q.page && q.Y > p.Y && overlap(p.Line, q.Line) > 0
	if !below { // the next column or page
		return p.fits(q) || endsSentence(p.Text) && !startsSmall(q.Text)
	}
	switch step := q.Y - p.Y; {
	case step > (f.leading+.4)*size:
		return true
	case q.X0 > p.X0+.8*size && !startsList(p.Text) && q.X0 < p.X0+6*size:
		return true
	case startsList(q.Text):
		return true
	}
	if f.kind(p) == news.Heading && p.Size > f.body {
		return false // broken by sense
	}
	return p.fits(q)
}

// fits holds where the first word of q would have fitted at the end of p: then
// somebody ended the line there, unless the sentence plainly goes on.
func (p pdfLine) fits(q pdfLine) bool {
	if startsSmall(q.Text) && !endsSentence(p.Text) {
		return false
	}
	first, _, _ := strings.Cut(q.Text, " ")
	perLetter := (q.X1 - q.X0) / float64(max(1, utf8.RuneCountInString(q.Text)))
	return p.right-p.X1 > perLetter*float64(utf8.RuneCountInString(first)+1)+p.Size
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, `"'”’»)]`)
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".?!:…", r)
}

func startsSmall(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func startsList(s string) bool {
	return strings.HasPrefix(s, "• ") || strings.HasPrefix(s, "· ") || strings.HasPrefix(s, "▪ ") || strings.HasPrefix(s, "■ ") || strings.HasPrefix(s, "– ")
}

// unligature takes apart what typesetters join.
var unligature = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st", "\u00AD", "")

// longWord is how far back from a line's end the word that it divides is looked
// for, in bytes.
const longWord = 64

// join appends a line to a paragraph. A hyphen at the end of a line is dropped
// where it only divided a word.
func (f *pdfFlow) join(text []byte, line string) []byte {
	tail := string(text[max(0, len(text)-longWord):])
	for _, hyphen := range []string{"\u00AD", "-", "‐"} {
		stem, ok := strings.CutSuffix(tail, hyphen)
		last, _ := utf8.DecodeLastRuneInString(stem)
		switch {
		case !ok || !unicode.IsLetter(last) && !unicode.IsDigit(last):
			continue
		case hyphen == "\u00AD", unicode.IsLetter(last) && startsSmall(line) && !f.compound(stem, line):
			text = text[:len(text)-len(hyphen)]
		}
		return append(text, line...)
	}
	return append(append(text, ' '), line...)
}

// prefixes stand before a hyphen that belongs to the word.
var prefixes = map[string]bool{
	"self": true, "ex": true, "well": true, "non": true, "long": true, "short": true, "high": true, "low": true, "half": true, "part": true,
	"vice": true, "so": true, "by": true, "two": true, "three": true, "four": true, "five": true, "six": true, "seven": true, "eight": true,
	"nine": true, "ten": true, "twenty": true, "thirty": true, "forty": true, "fifty": true, "sixty": true, "seventy": true, "eighty": true,
	"ninety": true, "first": true, "second": true, "third": true, "year": true, "full": true, "hard": true, "far": true, "left": true,
	"right": true, "anti": true, "pro": true, "post": true, "pre": true, "mid": true, "all": true,
}

// compound tells whether the word that a line end divided is written with a
// hyphen: it is so elsewhere in the file, or its first part says so.
func (f *pdfFlow) compound(stem, line string) bool {
	first := strings.ToLower(stem[strings.LastIndexFunc(stem, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })+1:])
	second := line
	if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }); i >= 0 {
		second = line[:i]
	}
	second = strings.ToLower(second)
	switch {
	case f.words[first+"-"+second]:
		return true
	case f.words[first+second]:
		return false
	}
	return prefixes[first] || strings.Contains(first, "-")
}
