package pdftext

import (
	"bytes"
	"compress/flate"
	"io"
)

// maxFilters is how often a stream may be packed over.
const maxFilters = 8

// unpack gives the bytes of a stream. Damaged data is read as far as it goes;
// data in a format for pictures is none.
func (f *file) unpack(s *stream) ([]byte, error) {
	data := s.packed
	var filters, params array
	switch v := f.resolve(s.dict["Filter"]).(type) {
	case name:
		filters, params = array{v}, array{s.dict["DecodeParms"]}
	case array:
		filters = v
		params, _ = f.resolve(s.dict["DecodeParms"]).(array)
	}
	if len(filters) > maxFilters {
		return nil, nil
	}
	if f.crypt != nil && s.dict["Type"] != name("XRef") && !(len(filters) > 0 && f.resolve(filters[0]) == name("Crypt")) {
		data = f.crypt.stream(data, s.num, s.gen)
	}
	for i, o := range filters {
		var p dict
		if i < len(params) {
			p, _ = f.resolve(params[i]).(dict)
		}
		n, _ := f.resolve(o).(name)
		var err error
		switch n {
		case "FlateDecode", "Fl":
			data, err = f.inflate(data)
		case "LZWDecode", "LZW":
			early, ok := f.number(p["EarlyChange"])
			data, err = f.lzw(data, !ok || early != 0)
		case "ASCII85Decode", "A85":
			data, err = f.spend(unASCII85(data))
		case "ASCIIHexDecode", "AHx":
			l := lexer{b: append([]byte{'<'}, data...)}
			data, err = f.spend([]byte(l.hex()))
		case "RunLengthDecode", "RL":
			data, err = f.runLength(data)
		case "Crypt":
			continue
		default:
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if predictor, _ := f.number(p["Predictor"]); predictor > 1 {
			data = f.unpredict(data, p, predictor)
		}
	}
	return data, nil
}

// spend takes data off the budget.
func (f *file) spend(data []byte) ([]byte, error) {
	f.left -= int64(len(data))
	if f.left < 0 {
		return nil, ErrTooLarge
	}
	return data, nil
}

func (f *file) inflate(data []byte) ([]byte, error) {
	if len(data) > 2 && data[0]&0x0F == 8 && (int(data[0])<<8|int(data[1]))%31 == 0 {
		data = data[2:] // the header of zlib
	}
	r := flate.NewReader(bytes.NewReader(data))
	out, _ := io.ReadAll(io.LimitReader(r, f.left+1)) // an error ends damaged data
	return f.spend(out)
}

// lzw unpacks LZW as PDF and TIFF have it: codes of 9 to 12 bits, high bit
// first, 256 to clear, 257 to end.
func (f *file) lzw(data []byte, early bool) ([]byte, error) {
	type entry struct {
		prefix int32
		length int32
		first  byte
		last   byte
	}
	const clearCode, endCode = 256, 257
	table := make([]entry, 4096)
	for i := range 256 {
		table[i] = entry{-1, 1, byte(i), byte(i)}
	}
	change := 0
	if early {
		change = 1
	}
	var out []byte
	next, width, previous := 258, 9, -1
	bits, have := uint32(0), 0
	for _, c := range data {
		bits = bits<<8 | uint32(c)
		have += 8
		if have < width {
			continue
		}
		have -= width
		code := int(bits >> have & (1<<width - 1))
		switch {
		case code == endCode:
			return f.spend(out)
		case code == clearCode:
			next, width, previous = 258, 9, -1
			continue
		case previous < 0 && code > 255, code > next, code == next && previous < 0:
			return f.spend(out) // damaged
		}
		if previous >= 0 && next < 4096 {
			first := table[previous].first
			last := first
			if code < next {
				last = table[code].first
			}
			table[next] = entry{int32(previous), table[previous].length + 1, first, last}
			next++
		}
		if code >= next {
			return f.spend(out)
		}
		n := int(table[code].length)
		if int64(len(out)+n) > f.left {
			return nil, ErrTooLarge
		}
		out = append(out, make([]byte, n)...)
		for i, c := len(out)-1, int32(code); n > 0; n-- {
			out[i] = table[c].last
			c = table[c].prefix
			i--
		}
		previous = code
		if next+change >= 1<<width && width < 12 {
			width++
		}
	}
	return f.spend(out)
}

func unASCII85(data []byte) []byte {
	var out []byte
	var group [5]byte
	n := 0
	for _, c := range data {
		switch {
		case c == '~':
			return ascii85End(out, group, n)
		case c == 'z' && n == 0:
			out = append(out, 0, 0, 0, 0)
		case c >= '!' && c <= 'u':
			group[n] = c - '!'
			if n++; n == 5 {
				out = append(out, ascii85Group(group)...)
				n = 0
			}
		}
	}
	return ascii85End(out, group, n)
}

func ascii85Group(g [5]byte) []byte {
	v := uint32(0)
	for _, c := range g {
		v = v*85 + uint32(c)
	}
	return []byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}
}

func ascii85End(out []byte, g [5]byte, n int) []byte {
	if n < 2 {
		return out
	}
	for i := n; i < 5; i++ {
		g[i] = 84
	}
	return append(out, ascii85Group(g)[:n-1]...)
}

func (f *file) runLength(data []byte) ([]byte, error) {
	var out []byte
	for i := 0; i < len(data); {
		n := int(data[i])
		i++
		switch {
		case n == 128:
			return f.spend(out)
		case n < 128:
			end := min(i+n+1, len(data))
			out = append(out, data[i:end]...)
			i = end
		case i < len(data):
			out = append(out, bytes.Repeat(data[i:i+1], 257-n)...)
			i++
		}
		if int64(len(out)) > f.left {
			return nil, ErrTooLarge
		}
	}
	return f.spend(out)
}

// unpredict undoes the predictors of PNG and, for bytes, of TIFF.
func (f *file) unpredict(data []byte, p dict, predictor float64) []byte {
	get := func(k name, or float64) int {
		n, ok := f.number(p[k])
		if !ok || n < 1 || n > 1<<20 {
			n = or
		}
		return int(n)
	}
	colors, bits, columns := get("Colors", 1), get("BitsPerComponent", 8), get("Columns", 1)
	if colors > 64 || bits > 16 {
		return nil
	}
	pixel := max(1, colors*bits/8)
	row := (colors*bits*columns + 7) / 8
	if predictor == 2 {
		if bits == 8 {
			for start := 0; start+row <= len(data); start += row {
				line := data[start : start+row]
				for i := pixel; i < len(line); i++ {
					line[i] += line[i-pixel]
				}
			}
		}
		return data
	}
	out := make([]byte, 0, len(data))
	above := make([]byte, min(row, len(data)))
	for len(data) > 1 {
		kind := data[0]
		line := data[1:min(len(data), row+1)]
		data = data[1+len(line):]
		for i := range line {
			var left, up, corner byte
			up = above[i]
			if i >= pixel {
				left, corner = line[i-pixel], above[i-pixel]
			}
			switch kind {
			case 1:
				line[i] += left
			case 2:
				line[i] += up
			case 3:
				line[i] += byte((int(left) + int(up)) / 2)
			case 4:
				line[i] += paeth(left, up, corner)
			}
		}
		out = append(out, line...)
		above = line
		if len(line) < row {
			break
		}
	}
	return out
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
