// Package pdftext reads the lines of text of a PDF file.
//
// It is our own because the reader must survive any file: the libraries that
// were tried can be made to loop for ever or to ask for more memory than there
// is, and neither can be stopped from outside. Here the cross-reference table
// is not trusted at all: one pass finds every object where it stands (ISO
// 32000-1, 7.5), so that damaged tables cost nothing; every byte that a stream
// unpacks to is counted against one budget, nesting is bounded everywhere, and
// no loop runs over anything but the input.
//
// Text comes with its place on the page, in the order in which the page draws
// it, which is the order of reading in nearly all files.
package pdftext

import (
	"errors"
	"fmt"
	"math"
	"sort"
	"strings"
	"unicode"
)

// A Document is the text of a file.
type Document struct {
	Title  string // as its information dictionary has it
	Author string
	Pages  []Page
	Lost   int // characters whose font does not say what they are
}

// A Page holds lines in the order in which they are drawn.
type Page struct {
	Width, Height float64 // in points
	Lines         []Line
}

// A Line is a run of text on one baseline. Its place is in points from the top
// left corner of the page as it is shown.
type Line struct {
	X0, X1 float64
	Y      float64 // of the baseline
	Size   float64 // of the type
	Bold   bool
	Text   string
}

// Errors that say why a file has no text.
var (
	ErrPassword = errors.New("it is protected by a password")
	ErrTooLarge = errors.New("it unpacks to more than is allowed")
	ErrNoPages  = errors.New("no pages were found in it; it is damaged or cut short")
)

// Read reads a file. At most limit bytes may come out of its streams. What was
// read before an error comes with it.
func Read(b []byte, limit int64) (Document, error) {
	f, err := open(b, limit)
	if err != nil {
		return Document{}, err
	}
	var d Document
	info, _ := f.resolve(f.trailer["Info"]).(dict)
	d.Title, d.Author = f.textString(info["Title"]), f.textString(info["Author"])
	pages := f.pages()
	if len(pages) == 0 {
		return d, ErrNoPages
	}
	fonts := &fontCache{file: f, byNumber: map[int]*font{}}
	for i, p := range pages {
		page, lost, err := readPage(f, fonts, p)
		d.Pages = append(d.Pages, page)
		d.Lost += lost
		if err != nil {
			return d, fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	return d, nil
}

// maxGlyphs bounds what one page may draw.
const maxGlyphs = 1_000_000

// readPage draws one page and sets its glyphs into lines.
func readPage(f *file, fonts *fontCache, p dict) (Page, int, error) {
	box := f.numbers(p["MediaBox"])
	if crop := f.numbers(p["CropBox"]); len(crop) == 4 {
		box = crop
	}
	if len(box) != 4 || box[2] == box[0] || box[3] == box[1] {
		box = []float64{0, 0, 612, 792}
	}
	x0, x1 := math.Min(box[0], box[2]), math.Max(box[0], box[2])
	y0, y1 := math.Min(box[1], box[3]), math.Max(box[1], box[3])
	w, h := x1-x0, y1-y0
	rotate, _ := f.number(p["Rotate"])
	base := matrix{1, 0, 0, -1, -x0, y1} // to points from the top left
	switch int(math.Mod(math.Mod(rotate, 360)+360, 360)) {
	case 90:
		base = matrix{0, 1, 1, 0, -y0, -x0}
		w, h = h, w
	case 180:
		base = matrix{-1, 0, 0, 1, x1, -y0}
	case 270:
		base = matrix{0, -1, -1, 0, y1, x1}
		w, h = h, w
	}
	in := &interpreter{file: f, fonts: fonts}
	err := in.page(p, base)
	return Page{Width: w, Height: h, Lines: lines(in.glyphs)}, in.lost, err
}

// pages gives the pages in order, each with what it inherits.
func (f *file) pages() []dict {
	var pages []dict
	root, _ := f.resolve(f.trailer["Root"]).(dict)
	seen := map[int]bool{}
	var walk func(o object, inherited dict, depth int)
	walk = func(o object, inherited dict, depth int) {
		if r, ok := o.(ref); ok {
			if seen[r.num] {
				return
			}
			seen[r.num] = true
		}
		node, ok := f.resolve(o).(dict)
		if !ok || depth > maxNesting {
			return
		}
		here := dict{}
		for _, k := range []name{"Resources", "MediaBox", "CropBox", "Rotate"} {
			if v, ok := node[k]; ok {
				here[k] = v
			} else if v, ok := inherited[k]; ok {
				here[k] = v
			}
		}
		if kids, ok := f.resolve(node["Kids"]).(array); ok {
			for _, kid := range kids {
				if _, ok := kid.(ref); ok {
					walk(kid, here, depth+1)
				}
			}
			return
		}
		if len(pages) < maxPages {
			here["Contents"] = node["Contents"]
			pages = append(pages, here)
		}
	}
	walk(root["Pages"], nil, 0)
	if len(pages) > 0 {
		return pages
	}
	// The tree is damaged: take the pages as they stand in the file.
	numbers := make([]int, 0, len(f.places))
	for n := range f.places {
		numbers = append(numbers, n)
	}
	sort.Ints(numbers)
	for _, n := range numbers {
		if node, ok := f.resolve(ref{num: n}).(dict); ok && node["Type"] == name("Page") && len(pages) < maxPages {
			pages = append(pages, node)
		}
	}
	return pages
}

const maxPages = 20_000

// gutter is how wide a gap within a line may be, in sizes of the type: wider ones
// part columns.
const gutter = 1.6

// lines joins glyphs into lines: those on one baseline that follow each other
// without a gutter between them.
func lines(glyphs []glyph) []Line {
	var out []Line
	var text strings.Builder
	var cur *Line
	var last glyph
	bold, letters := 0, 0
	end := func() {
		if cur == nil {
			return
		}
		cur.Text = strings.Join(strings.Fields(text.String()), " ")
		cur.Bold = bold*2 > letters
		if cur.Text != "" {
			out = addLine(out, *cur)
		}
		cur = nil
		text.Reset()
		bold, letters = 0, 0
	}
	for _, g := range glyphs {
		space := strings.TrimSpace(g.text) == ""
		if cur != nil {
			gap := g.x - last.end()
			size := math.Max(g.size, last.size)
			switch {
			case g.text == last.text && math.Abs(g.x-last.x) < .1*size && math.Abs(g.y-last.y) < .1*size && !space:
				continue // drawn twice, to look bold
			case math.Abs(g.y-cur.Y) > .35*size || gap < -.6*size || gap > gutter*size:
				end()
			case gap > .17*size:
				text.WriteByte(' ')
			}
		}
		if cur == nil {
			if space {
				continue
			}
			cur = &Line{X0: g.x, Y: g.y, Size: g.size, X1: g.end()}
		}
		text.WriteString(g.text)
		if !space {
			cur.X1 = math.Max(cur.X1, g.end())
			if g.size > cur.Size { // a raised figure came first
				cur.Size, cur.Y = g.size, g.y
			}
			letters++
			if g.bold {
				bold++
			}
		}
		last = g
	}
	end()
	return out
}

// lookBack is how many lines before it a line is compared with.
const lookBack = 40

// addLine appends a line, unless it is drawn twice, and joins it to one that it
// goes on from: programs draw a line piece by piece, not always in order.
func addLine(out []Line, l Line) []Line {
	for i := len(out) - 1; i >= 0 && i >= len(out)-lookBack; i-- {
		p := &out[i]
		if math.Abs(p.Y-l.Y) > .2*l.Size {
			continue
		}
		if p.Text == l.Text && math.Abs(p.X0-l.X0) < .3*l.Size {
			return out
		}
		if p.Size > 1.5*l.Size || l.Size > 1.5*p.Size {
			continue
		}
		switch after, before := l.X0-p.X1, p.X0-l.X1; {
		case after > -.2*l.Size && after < .9*l.Size:
			p.Text = join(p.Text, l.Text, after > .1*l.Size)
			p.X1 = l.X1
			p.Bold = p.Bold && l.Bold
			return out
		case before > -.2*l.Size && before < .9*l.Size:
			p.Text = join(l.Text, p.Text, before > .1*l.Size)
			p.X0 = l.X0
			p.Bold = p.Bold && l.Bold
			return out
		}
	}
	if n := len(out); n > 0 && isDropCap(out[n-1], l) {
		p := &out[n-1]
		p.Text += l.Text
		p.X1, p.Y, p.Size, p.Bold = l.X1, l.Y, l.Size, l.Bold
		return out
	}
	return append(out, l)
}

func join(a, b string, space bool) string {
	if space {
		return a + " " + b
	}
	return a + b
}

// isDropCap holds for a single large letter with the rest of its word to the
// right of it.
func isDropCap(p, l Line) bool {
	r := []rune(p.Text)
	return len(r) == 1 && unicode.IsUpper(r[0]) && p.Size > 1.8*l.Size && l.X0 >= p.X1-.3*l.Size && l.X0-p.X1 < l.Size &&
		l.Y <= p.Y+.2*l.Size && l.Y > p.Y-p.Size
}
