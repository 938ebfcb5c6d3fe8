package pdftext

import (
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// glyphNames are the names of the Adobe Glyph List that Latin text is set with,
// but for single letters and letters with accents, which glyphText derives.
var glyphNames = map[string]string{
	"space": " ", "nbspace": " ", "exclam": "!", "quotedbl": `"`, "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&",
	"quotesingle": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "minus": "−",
	"period": ".", "slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
	"eight": "8", "nine": "9", "colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@",
	"bracketleft": "[", "backslash": `\`, "bracketright": "]", "asciicircum": "^", "underscore": "_", "grave": "`", "braceleft": "{",
	"bar": "|", "braceright": "}", "asciitilde": "~", "exclamdown": "¡", "cent": "¢", "sterling": "£", "currency": "¤", "yen": "¥",
	"brokenbar": "¦", "section": "§", "dieresis": "¨", "copyright": "©", "ordfeminine": "ª", "guillemotleft": "«", "logicalnot": "¬",
	"sfthyphen": "\u00AD", "softhyphen": "\u00AD", "registered": "®", "macron": "¯", "degree": "°", "plusminus": "±", "twosuperior": "²",
	"threesuperior": "³", "acute": "´", "mu": "µ", "paragraph": "¶", "periodcentered": "·", "middot": "·", "cedilla": "¸",
	"onesuperior": "¹", "ordmasculine": "º", "guillemotright": "»", "onequarter": "¼", "onehalf": "½", "threequarters": "¾",
	"questiondown": "¿", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ", "Eth": "Ð", "eth": "ð", "Thorn": "Þ", "thorn": "þ",
	"germandbls": "ß", "Oslash": "Ø", "oslash": "ø", "multiply": "×", "divide": "÷", "dotlessi": "ı", "dotlessj": "ȷ", "Lslash": "Ł",
	"lslash": "ł", "Dcroat": "Đ", "dcroat": "đ", "Hbar": "Ħ", "hbar": "ħ", "quoteleft": "‘", "quoteright": "’", "quotesinglbase": "‚",
	"quotereversed": "‛", "quotedblleft": "“", "quotedblright": "”", "quotedblbase": "„", "guilsinglleft": "‹", "guilsinglright": "›",
	"endash": "–", "emdash": "—", "figuredash": "‒", "horizontalbar": "―", "bullet": "•", "ellipsis": "…", "dagger": "†", "daggerdbl": "‡",
	"perthousand": "‰", "prime": "′", "minute": "′", "second": "″", "fraction": "⁄", "Euro": "€", "euro": "€", "trademark": "™",
	"circumflex": "ˆ", "tilde": "˜", "caron": "ˇ", "breve": "˘", "dotaccent": "˙", "ring": "˚", "ogonek": "˛", "hungarumlaut": "˝",
	"florin": "ƒ", "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl", "st": "st", "longst": "st", "Ohm": "Ω", "Omega": "Ω",
	"Delta": "∆", "pi": "π", "notequal": "≠", "lessequal": "≤", "greaterequal": "≥", "approxequal": "≈", "infinity": "∞", "arrowright": "→",
	"lozenge": "◊", "nonbreakinghyphen": "‑", "hyphentwo": "‐", "afii61352": "№", "afii08941": "₤",
}

// accents are the endings of names for letters with accents.
var accents = map[string]rune{
	"grave": 0x300, "acute": 0x301, "circumflex": 0x302, "tilde": 0x303, "macron": 0x304, "breve": 0x306, "dotaccent": 0x307,
	"dieresis": 0x308, "ring": 0x30A, "hungarumlaut": 0x30B, "caron": 0x30C, "cedilla": 0x327, "commaaccent": 0x327, "ogonek": 0x328,
}

// glyphText gives the text of a glyph by its name, as the Adobe Glyph List
// Specification says; "" if the name says nothing.
func glyphText(n string) string {
	n, _, _ = strings.Cut(n, ".")
	if len(n) == 1 && (n[0]|0x20 >= 'a' && n[0]|0x20 <= 'z') {
		return n
	}
	if s, ok := glyphNames[n]; ok {
		return s
	}
	if hex, ok := strings.CutPrefix(n, "uni"); ok && len(hex) >= 4 && len(hex)%4 == 0 && len(hex) <= 32 {
		var out strings.Builder
		for i := 0; i < len(hex); i += 4 {
			v, err := strconv.ParseUint(hex[i:i+4], 16, 16)
			if err != nil {
				return ""
			}
			out.WriteRune(rune(v))
		}
		return out.String()
	}
	if hex, ok := strings.CutPrefix(n, "u"); ok && len(hex) >= 4 && len(hex) <= 6 {
		if v, err := strconv.ParseUint(hex, 16, 21); err == nil {
			return string(rune(v))
		}
	}
	if parts := strings.Split(n, "_"); len(parts) > 1 && len(parts) <= 8 {
		var out strings.Builder
		for _, p := range parts {
			if strings.Contains(p, "_") || p == "" {
				return ""
			}
			out.WriteString(glyphText(p))
		}
		return out.String()
	}
	if len(n) > 3 {
		if mark, ok := accents[n[1:]]; ok && (n[0]|0x20 >= 'a' && n[0]|0x20 <= 'z') {
			if n == "scommaaccent" || n == "Scommaaccent" {
				mark = 0x326 // the only one that Unicode does not call a cedilla
			}
			return norm.NFC.String(n[:1] + string(mark))
		}
		if base, ok := strings.CutSuffix(n, "small"); ok { // small capitals
			return strings.ToLower(glyphText(strings.ToLower(base)))
		}
		if base, ok := strings.CutSuffix(n, "oldstyle"); ok {
			return glyphText(base)
		}
	}
	return ""
}

// encodingTable gives the characters of a named encoding.
func encodingTable(n name) *[256]string {
	var t [256]string
	decode := charmap.Windows1252
	switch n {
	case "MacRomanEncoding":
		decode = charmap.Macintosh
	case "StandardEncoding":
		for c := ' '; c <= '~'; c++ {
			t[c] = string(c)
		}
		t['\''], t['`'] = "’", "‘"
		for i, r := range []rune("¡¢£⁄¥ƒ§¤'“«‹›") {
			t[0xA1+i] = string(r)
		}
		for c, s := range map[int]string{
			0xAE: "fi", 0xAF: "fl", 0xB1: "–", 0xB2: "†", 0xB3: "‡", 0xB4: "·", 0xB6: "¶", 0xB7: "•", 0xB8: "‚", 0xB9: "„", 0xBA: "”",
			0xBB: "»", 0xBC: "…", 0xBD: "‰", 0xBF: "¿", 0xC1: "`", 0xC2: "´", 0xC3: "ˆ", 0xC4: "˜", 0xC5: "¯", 0xC6: "˘", 0xC7: "˙",
			0xC8: "¨", 0xCA: "˚", 0xCB: "¸", 0xCD: "˝", 0xCE: "˛", 0xCF: "ˇ", 0xD0: "—", 0xE1: "Æ", 0xE3: "ª", 0xE8: "Ł", 0xE9: "Ø",
			0xEA: "Œ", 0xEB: "º", 0xF1: "æ", 0xF5: "ı", 0xF8: "ł", 0xF9: "ø", 0xFA: "œ", 0xFB: "ß",
		} {
			t[c] = s
		}
		return &t
	}
	for c := range 256 {
		if r := decode.DecodeByte(byte(c)); c >= ' ' && c != 0x7F && r != '\uFFFD' {
			t[c] = string(r)
		}
	}
	return &t
}

// Widths of the standard fonts, in thousandths of the size, for the characters
// from space to ~ (Adobe Font Metrics), where a file gives none.
var (
	helvetica = [95]uint16{
		278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556,
		278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,
		611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833,
		556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
	}
	times = [95]uint16{
		250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500,
		278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556,
		611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778,
		500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
	}
)

// standardWidth is the width of a character in a font of this name.
func standardWidth(base string, text string) float64 {
	low := strings.ToLower(base)
	if strings.Contains(low, "courier") || strings.Contains(low, "mono") {
		return 600
	}
	table := &helvetica
	if strings.Contains(low, "times") || strings.Contains(low, "serif") || strings.Contains(low, "roman") {
		table = &times
	}
	if len(text) == 1 && text[0] >= ' ' && text[0] <= '~' {
		return float64(table[text[0]-' '])
	}
	switch text {
	case "‘", "’", "‚":
		return 278
	case "“", "”", "„":
		return 400
	case "—", "…":
		return 1000
	}
	return 540
}
