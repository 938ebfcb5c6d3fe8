package pdftext

import (
	"bytes"
	"math"
	"strings"
	"unicode"
)

// A matrix maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type matrix [6]float64

// times is the matrix that applies m first, then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// A glyph is one character where the page shows it, in points from its top left
// corner.
type glyph struct {
	x, y  float64 // start of the baseline
	width float64
	size  float64
	text  string
	bold  bool
}

func (g glyph) end() float64 { return g.x + g.width }

// A state is what q saves and Q restores.
type state struct {
	ctm     matrix
	font    *font
	size    float64
	char    float64 // Tc
	word    float64 // Tw
	stretch float64 // Tz, 1 for none
	leading float64
	rise    float64
}

// An interpreter draws the text of one page.
type interpreter struct {
	file   *file
	fonts  *fontCache
	glyphs []glyph
	lost   int

	state
	saved    []state
	text     matrix
	line     matrix
	inForm   map[int]bool
	artifact []bool // for each open marked content: page number, running head
	hidden   int    // how many of artifact are true
}

const maxSaved = 1000

// page draws the contents of a page.
func (in *interpreter) page(p dict, base matrix) error {
	in.state = state{ctm: base, stretch: 1}
	in.inForm = map[int]bool{}
	resources, _ := in.file.resolve(p["Resources"]).(dict)
	contents := array{p["Contents"]}
	if a, ok := in.file.resolve(p["Contents"]).(array); ok {
		contents = a
	}
	var all []byte
	for _, o := range contents { // an operator may start in one and end in the next
		data, err := in.file.content(o)
		if err != nil {
			return err
		}
		all = append(append(all, data...), '\n')
	}
	return in.run(all, resources, 0)
}

// run draws one stream.
func (in *interpreter) run(data []byte, resources dict, depth int) error {
	l := lexer{b: data}
	fonts, _ := in.file.resolve(resources["Font"]).(dict)
	named := map[name]*font{}
	var args []object
	for len(in.glyphs) < maxGlyphs {
		o, ok := l.object(false)
		if !ok {
			return nil
		}
		op, isOp := o.(word)
		if !isOp {
			if len(args) < 64 {
				args = append(args, o)
			}
			continue
		}
		switch op {
		case "Tf":
			if n, ok := arg[name](args, 0); ok && len(args) > 1 {
				f, seen := named[n]
				if !seen {
					var err error
					if f, err = in.fonts.get(fonts[n]); err != nil {
						return err
					}
					named[n] = f
				}
				in.font = f
				in.size, _ = arg[float64](args, 1)
			}
		case "Do":
			if n, ok := arg[name](args, 0); ok {
				if err := in.form(n, resources, depth); err != nil {
					return err
				}
			}
		case "BI":
			skipImage(&l)
		case "BDC", "BMC":
			in.mark(args)
		case "EMC":
			if n := len(in.artifact) - 1; n >= 0 {
				if in.artifact[n] {
					in.hidden--
				}
				in.artifact = in.artifact[:n]
			}
		default:
			in.operator(op, args)
		}
		args = args[:0]
	}
	return nil
}

func arg[T any](args []object, i int) (T, bool) {
	var none T
	if i < 0 || i >= len(args) {
		return none, false
	}
	v, ok := args[i].(T)
	return v, ok
}

// floats gives the last n arguments as numbers.
func floats(args []object, n int) ([]float64, bool) {
	if len(args) < n {
		return nil, false
	}
	out := make([]float64, n)
	for i, o := range args[len(args)-n:] {
		v, ok := o.(float64)
		if !ok {
			return nil, false
		}
		out[i] = v
	}
	return out, true
}

// mark opens marked content. What a page says of itself to be an artifact of
// pagination is no text of the article.
func (in *interpreter) mark(args []object) {
	artifact := false
	if tag, _ := arg[name](args, 0); tag == "Artifact" {
		props, _ := arg[dict](args, 1)
		artifact = props["Type"] == name("Pagination")
	}
	if len(in.artifact) < maxSaved {
		in.artifact = append(in.artifact, artifact)
		if artifact {
			in.hidden++
		}
	}
}

func (in *interpreter) operator(op word, args []object) {
	switch op {
	case "q":
		if len(in.saved) < maxSaved {
			in.saved = append(in.saved, in.state)
		}
	case "Q":
		if n := len(in.saved); n > 0 {
			in.state, in.saved = in.saved[n-1], in.saved[:n-1]
		}
	case "cm":
		if v, ok := floats(args, 6); ok {
			in.ctm = matrix(v).times(in.ctm)
		}
	case "BT":
		in.text, in.line = matrix{1, 0, 0, 1, 0, 0}, matrix{1, 0, 0, 1, 0, 0}
	case "Tm":
		if v, ok := floats(args, 6); ok {
			in.text, in.line = matrix(v), matrix(v)
		}
	case "Td", "TD":
		if v, ok := floats(args, 2); ok {
			if op == "TD" {
				in.leading = -v[1]
			}
			in.move(v[0], v[1])
		}
	case "T*":
		in.move(0, -in.leading)
	case "Tc", "Tw", "Tz", "TL", "Ts":
		if v, ok := floats(args, 1); ok {
			switch op {
			case "Tc":
				in.char = v[0]
			case "Tw":
				in.word = v[0]
			case "Tz":
				in.stretch = v[0] / 100
			case "TL":
				in.leading = v[0]
			case "Ts":
				in.rise = v[0]
			}
		}
	case "Tj":
		if s, ok := arg[str](args, 0); ok {
			in.show(s)
		}
	case "'", `"`:
		if op == `"` {
			if v, ok := floats(args[:min(len(args), 2)], 2); ok {
				in.word, in.char = v[0], v[1]
			}
		}
		in.move(0, -in.leading)
		if s, ok := arg[str](args, len(args)-1); ok && len(args) > 0 {
			in.show(s)
		}
	case "TJ":
		a, _ := arg[array](args, 0)
		for _, o := range a {
			switch v := o.(type) {
			case str:
				in.show(v)
			case float64:
				in.text = matrix{1, 0, 0, 1, -v / 1000 * in.size * in.stretch, 0}.times(in.text)
			}
		}
	}
}

func (in *interpreter) move(x, y float64) {
	in.line = matrix{1, 0, 0, 1, x, y}.times(in.line)
	in.text = in.line
}

// show draws a string.
func (in *interpreter) show(s str) {
	if in.font == nil {
		in.lost += len(s)
		return
	}
	in.font.each(s, func(c shown) {
		m := matrix{in.size * in.stretch, 0, 0, in.size, 0, in.rise}.times(in.text).times(in.ctm)
		advance := (c.width*in.size + in.char) * in.stretch
		if c.space {
			advance += in.word * in.stretch
		}
		in.text = matrix{1, 0, 0, 1, advance, 0}.times(in.text)
		text := clean(c.text)
		if text == "" {
			if c.text == "" {
				in.lost++
			}
			return
		}
		upright := math.Abs(m[1]) < .2*math.Abs(m[0]) && m[0] > 0
		size := math.Hypot(m[2], m[3])
		if in.hidden > 0 || !upright || len(in.glyphs) >= maxGlyphs || !(size > .5 && size < 2000) || !near(m[4]) || !near(m[5]) {
			return
		}
		in.glyphs = append(in.glyphs, glyph{x: m[4], y: m[5], width: c.width * m[0], size: size, text: text, bold: in.font.bold})
	})
}

// near holds for a place that can be on a page.
func near(v float64) bool { return v > -20_000 && v < 20_000 }

// clean drops what no font should map to: control characters and the marks for
// what is not known.
func clean(s string) string {
	if len(s) == 1 && s[0] >= ' ' && s[0] < 0x7F {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u00A0':
			return ' '
		case unicode.IsControl(r) || r == unicode.ReplacementChar || r == '\uFEFF' || r == '\u200B' || r >= 0xE000 && r <= 0xF8FF:
			return -1
		}
		return r
	}, s)
}

// maxForms is how deep forms may draw each other.
const maxForms = 12

// form draws a form XObject.
func (in *interpreter) form(n name, resources dict, depth int) error {
	objects, _ := in.file.resolve(resources["XObject"]).(dict)
	s, ok := in.file.resolve(objects[n]).(*stream)
	if !ok || in.file.resolve(s.dict["Subtype"]) != name("Form") || depth >= maxForms || in.inForm[s.num] {
		return nil
	}
	data, err := in.file.content(s)
	if err != nil {
		return err
	}
	own, ok := in.file.resolve(s.dict["Resources"]).(dict)
	if !ok {
		own = resources
	}
	saved, text, line, stack := in.state, in.text, in.line, in.saved
	in.saved = nil
	if m := in.file.numbers(s.dict["Matrix"]); len(m) == 6 {
		in.ctm = matrix(m).times(in.ctm)
	}
	in.inForm[s.num] = true
	err = in.run(data, own, depth+1)
	delete(in.inForm, s.num)
	in.state, in.text, in.line, in.saved = saved, text, line, stack
	return err
}

// skipImage steps over an inline image: from after BI to after EI.
func skipImage(l *lexer) {
	i := bytes.Index(l.b[l.pos:], []byte("ID"))
	if i < 0 {
		l.pos = len(l.b)
		return
	}
	l.pos += i + 2
	for {
		i := bytes.Index(l.b[l.pos:], []byte("EI"))
		if i < 0 {
			l.pos = len(l.b)
			return
		}
		before, after := l.pos+i-1, l.pos+i+2
		l.pos = after
		if isSpace(l.b[before]) && (after >= len(l.b) || isSpace(l.b[after])) {
			return
		}
	}
}
