package pdftext

import "strings"

// A font says what the codes of a string mean and how wide they are.
type font struct {
	base      string // its name
	bold      bool
	composite bool // codes of two bytes, or as its map says
	ucs2      bool // codes are UTF-16
	text      [256]string
	width     [256]float64 // thousandths of the size
	unicode   *cmap        // nil where the file gives none
	codes     *cmap        // of a composite font with a map of its own
	wide      map[int]float64
	usual     float64 // width of what wide does not hold
	scale     float64 // of widths, to text space
}

// fontCache holds the fonts of a file by the number of their object.
type fontCache struct {
	*file
	byNumber map[int]*font
	made     int
}

// maxFonts bounds how many fonts are read.
const maxFonts = 5000

// get reads a font; nil if there is none.
func (c *fontCache) get(o object) (*font, error) {
	r, isRef := o.(ref)
	if f, ok := c.byNumber[r.num]; isRef && ok {
		return f, nil
	}
	d, ok := c.resolve(o).(dict)
	if c.made++; !ok || c.made > maxFonts {
		return nil, nil
	}
	f, err := c.read(d)
	if isRef && err == nil {
		c.byNumber[r.num] = f
	}
	return f, err
}

func (c *fontCache) read(d dict) (*font, error) {
	f := &font{scale: .001}
	base, _ := c.resolve(d["BaseFont"]).(name)
	f.base = string(base)
	if _, rest, found := strings.Cut(f.base, "+"); found {
		f.base = rest
	}
	low := strings.ToLower(f.base)
	f.bold = strings.Contains(low, "bold") || strings.Contains(low, "black") || strings.Contains(low, "heavy") || strings.Contains(low, "semibd")
	var err error
	if s, ok := c.resolve(d["ToUnicode"]).(*stream); ok {
		data, uerr := c.content(s)
		if uerr != nil {
			return nil, uerr
		}
		f.unicode = readCMap(data)
	}
	if c.resolve(d["Subtype"]) == name("Type0") {
		err = c.readComposite(f, d)
	} else {
		c.readSimple(f, d)
	}
	return f, err
}

// readSimple reads a font with codes of one byte.
func (c *fontCache) readSimple(f *font, d dict) {
	table := name("StandardEncoding")
	descriptor, _ := c.resolve(d["FontDescriptor"]).(dict)
	if c.resolve(d["Subtype"]) == name("TrueType") {
		table = "WinAnsiEncoding"
	}
	var differences array
	switch e := c.resolve(d["Encoding"]).(type) {
	case name:
		table = e
	case dict:
		if base, ok := c.resolve(e["BaseEncoding"]).(name); ok {
			table = base
		}
		differences, _ = c.resolve(e["Differences"]).(array)
	}
	f.text = *encodingTable(table)
	code := 0
	for i, o := range differences {
		if i > 1000 {
			break
		}
		switch v := c.resolve(o).(type) {
		case float64:
			code = int(v)
		case name:
			if code >= 0 && code < 256 {
				f.text[code] = glyphText(string(v))
			}
			code++
		}
	}
	missing, _ := c.number(descriptor["MissingWidth"])
	widths, hasWidths := c.resolve(d["Widths"]).(array)
	first, _ := c.number(d["FirstChar"])
	for code := range f.width {
		switch i := code - int(first); {
		case hasWidths && i >= 0 && i < len(widths):
			f.width[code], _ = c.number(widths[i])
		case hasWidths:
			f.width[code] = missing
		default:
			f.width[code] = standardWidth(f.base, f.text[code])
		}
	}
	if m := c.numbers(d["FontMatrix"]); len(m) == 6 && m[0] != 0 {
		f.scale = m[0] // Type 3
	}
}

// maxWide bounds the widths of a composite font.
const maxWide = 70_000

// readComposite reads a font with codes of several bytes.
func (c *fontCache) readComposite(f *font, d dict) error {
	f.composite = true
	f.usual = 1000
	f.wide = map[int]float64{}
	switch e := c.resolve(d["Encoding"]).(type) {
	case name:
		f.ucs2 = strings.Contains(string(e), "UCS2") || strings.Contains(string(e), "UTF16")
	case *stream:
		data, err := c.content(e)
		if err != nil {
			return err
		}
		f.codes = readCMap(data)
	}
	descendants, _ := c.resolve(d["DescendantFonts"]).(array)
	if len(descendants) == 0 {
		return nil
	}
	cid, _ := c.resolve(descendants[0]).(dict)
	if dw, ok := c.number(cid["DW"]); ok {
		f.usual = dw
	}
	w, _ := c.resolve(cid["W"]).(array)
	for i := 0; i+1 < len(w) && len(f.wide) < maxWide; {
		first, _ := c.number(w[i])
		switch second := c.resolve(w[i+1]).(type) {
		case array:
			for j, v := range second {
				if j > maxWide {
					break
				}
				f.wide[int(first)+j], _ = c.number(v)
			}
			i += 2
		case float64:
			if i+2 < len(w) {
				v, _ := c.number(w[i+2])
				for cid := int(first); cid <= int(second) && len(f.wide) < maxWide && cid < 1<<16; cid++ {
					f.wide[cid] = v
				}
			}
			i += 3
		default:
			i++
		}
	}
	return nil
}

// A shown is one character of a string: its text, empty if unknown, and its
// width in thousandths of the size.
type shown struct {
	text  string
	width float64 // in text space for a size of 1
	space bool    // the code is a single byte of 32, to which word spacing applies
}

// each takes a string apart.
func (f *font) each(s str, do func(shown)) {
	if !f.composite {
		for i := range len(s) {
			c := s[i]
			text := f.text[c]
			if f.unicode != nil {
				if t, ok := f.unicode.text[cmapCode{1, uint32(c)}]; ok {
					text = t
				}
			}
			do(shown{text, f.width[c] * f.scale, c == ' '})
		}
		return
	}
	for len(s) > 0 {
		n := 2
		switch {
		case f.codes != nil:
			n = f.codes.length(string(s), 2)
		case f.unicode != nil && !f.ucs2:
			n = f.unicode.length(string(s), 2)
		}
		n = min(n, len(s))
		code := uint32(0)
		for i := range n {
			code = code<<8 | uint32(s[i])
		}
		c := shown{width: f.usual * f.scale, space: n == 1 && code == ' '}
		if w, ok := f.wide[int(code)]; ok {
			c.width = w * f.scale
		}
		switch {
		case f.unicode != nil:
			c.text = f.unicode.text[cmapCode{n, code}]
		case f.ucs2:
			c.text = utf16Text(string(s[:n]))
		}
		do(c)
		s = s[n:]
	}
}

// A cmap maps codes to text (Adobe Technical Note 5014 and 5411).
type cmap struct {
	text   map[cmapCode]string
	spaces []cmapSpace
}

type cmapCode struct {
	bytes int
	code  uint32
}

// A cmapSpace is a range of codes of one length.
type cmapSpace struct {
	bytes    int
	low, top uint32
}

// maxMapped bounds the codes of one map.
const maxMapped = 100_000

func readCMap(data []byte) *cmap {
	m := &cmap{text: map[cmapCode]string{}}
	l := lexer{b: data}
	var args []object
	for {
		o, ok := l.object(false)
		if !ok {
			return m
		}
		w, isWord := o.(word)
		if !isWord {
			if args = append(args, o); len(args) > 4096 {
				args = args[:0]
			}
			continue
		}
		switch w {
		case "endcodespacerange":
			for i := 0; i+1 < len(args) && len(m.spaces) < 100; i += 2 {
				low, ok1 := args[i].(str)
				top, ok2 := args[i+1].(str)
				if ok1 && ok2 && len(low) == len(top) && len(low) >= 1 && len(low) <= 4 {
					m.spaces = append(m.spaces, cmapSpace{len(low), number(low), number(top)})
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				code, ok1 := args[i].(str)
				to, ok2 := args[i+1].(str)
				if ok1 && ok2 && len(code) <= 4 && len(m.text) < maxMapped {
					m.text[cmapCode{len(code), number(code)}] = utf16Text(string(to))
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				m.addRange(args[i], args[i+1], args[i+2])
			}
		}
		args = args[:0]
	}
}

func number(s str) uint32 {
	n := uint32(0)
	for i := range len(s) {
		n = n<<8 | uint32(s[i])
	}
	return n
}

func (m *cmap) addRange(from, until, to object) {
	low, ok1 := from.(str)
	top, ok2 := until.(str)
	if !ok1 || !ok2 || len(low) > 4 || len(low) == 0 {
		return
	}
	first, last := number(low), number(top)
	for i := uint32(0); i <= last-first && last >= first && i < 1<<16 && len(m.text) < maxMapped; i++ {
		var text string
		switch to := to.(type) {
		case str:
			if len(to) < 2 {
				return
			}
			b := []byte(to)
			end := uint32(b[len(b)-2])<<8 + uint32(b[len(b)-1]) + i
			b[len(b)-2], b[len(b)-1] = byte(end>>8), byte(end)
			text = utf16Text(string(b))
		case array:
			if i >= uint32(len(to)) {
				return
			}
			s, _ := to[i].(str)
			text = utf16Text(string(s))
		default:
			return
		}
		m.text[cmapCode{len(low), first + i}] = text
	}
}

// length is how many bytes the code at the start of s has.
func (m *cmap) length(s string, usual int) int {
	if len(m.spaces) == 0 {
		return usual
	}
	for n := 1; n <= 4 && n <= len(s); n++ {
		code := number(str(s[:n]))
		for _, space := range m.spaces {
			if space.bytes == n && code >= space.low && code <= space.top {
				return n
			}
		}
	}
	return m.spaces[0].bytes
}
