package charset

// scriptOf numbers the script of a letter outside Latin; zero for everything
// else. Only whether two are equal matters.
func scriptOf(r rune) int {
	switch {
	case 0x0370 <= r && r <= 0x03FF:
		return 1
	case 0x0400 <= r && r <= 0x052F:
		return 2
	case 0x0531 <= r && r <= 0x058A:
		return 3
	case 0x0591 <= r && r <= 0x05F4:
		return 4
	case 0x060C <= r && r <= 0x06FF:
		return 5
	case 0x0900 <= r && r <= 0x0DFF:
		return 6
	case 0x0E01 <= r && r <= 0x0EFF:
		return 7
	case 0x10A0 <= r && r <= 0x10FF:
		return 8
	case 0x1100 <= r && r <= 0x11FF, 0xAC00 <= r && r <= 0xD7A3:
		return 9
	case 0x3000 <= r && r <= 0x30FF, 0x3400 <= r && r <= 0x9FFF, 0xFF00 <= r && r <= 0xFFEF, 0x20000 <= r && r <= 0x3134F:
		return 10
	case 0x1000 <= r && r <= 0x109F, 0x1780 <= r && r <= 0x17FF, 0x1200 <= r && r <= 0x137F:
		return 11
	}
	return 0
}

// plausible reports whether r is a character that articles are written with,
// so that it may be what damaged text once was.
func plausible(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r <= 0x017F: // with what is itself damaged once more
		return true
	case r == 0x0192, r == 0x018F, r == 0x0259, r == 0x01A0, r == 0x01A1, r == 0x01AF, r == 0x01B0, 0x0218 <= r && r <= 0x021B, r == 0x02BC, r == 0x02BB, r == 0x02C6, r == 0x02C7, r == 0x02DC:
		return true
	case scriptOf(r) != 0:
		return true
	case 0x1E00 <= r && r <= 0x1EFF, 0x2000 <= r && r <= 0x206F, 0x2070 <= r && r <= 0x209C, 0x20A0 <= r && r <= 0x20C0, 0x2100 <= r && r <= 0x23FF, 0x2460 <= r && r <= 0x27BF, 0x2900 <= r && r <= 0x2BFF:
		return true
	case 0xFB00 <= r && r <= 0xFB06, 0xFE00 <= r && r <= 0xFE0F, r == 0xFEFF, r == 0xFFFD:
		return true
	case 0x1F000 <= r && r <= 0x1FAFF:
		return true
	}
	return false
}
