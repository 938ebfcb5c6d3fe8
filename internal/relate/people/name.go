package people

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"

	"whosaid/internal/english"
)

// A Name is the name of a person, taken apart. All words are lower case, a to z
// alone; an initial is a word of one letter. Honorifics, articles (al-, el-)
// and particles (van, de la) are left out.
type Name struct {
	Given  []string // given and middle names
	Family string   // empty where the name is one word, which may be either
	Father string   // behind bin, ibn: a father's name, or a forefather's that serves as family name
	Suffix string   // jr, ii: what tells two people of one name apart
	Only   string   // the word of a name of one word
}

// Parse takes a name apart. A name without a letter is the zero Name.
func Parse(name string) Name {
	words, suffix := nameWords(name)
	n := Name{Suffix: suffix}
	var rest []string
	for i := 0; i < len(words); i++ {
		w := words[i]
		last := i+1 == len(words)
		switch {
		case !last && i > 0 && slices.Contains([]string{"bin", "ibn", "ben", "bint"}, w):
			i++
			n.Father = words[i]
		case !last && slices.Contains([]string{"abu", "abou", "umm", "um"}, w):
			i++ // Abu Mahdi is one name
			rest = append(rest, "abu"+words[i])
		case !last && slices.Contains([]string{"abd", "abdul", "abdel", "abdal"}, w):
			i++
			rest = append(rest, "abd"+words[i])
		case !last && i > 0 && len(w) > 1 && english.Particle(w):
		default:
			rest = append(rest, servant(w))
		}
	}
	switch {
	case len(rest) == 0:
		n.Only, n.Father = n.Father, ""
	case len(rest) == 1 && n.Father == "":
		n.Only = rest[0]
	case len(rest) == 1: // Mohammed bin Salman
		n.Given = rest
	case len(rest) <= 3 && familyFirst[rest[0]] && eastern(rest[1:]):
		n.Family, n.Given = rest[0], []string{strings.Join(rest[1:], "")}
	default:
		n.Family, n.Given = rest[len(rest)-1], rest[:len(rest)-1]
	}
	return n
}

// nameWords are the words of a name without honorifics, and its suffix.
func nameWords(name string) (words []string, suffix string) {
	fields := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	for i := range fields {
		fields[i] = strings.TrimSuffix(strings.TrimSuffix(fields[i], "'s"), "’s")
	}
	for len(fields) > 1 {
		if _, ok := english.Honorific(fields[0]); !ok && !slices.Contains([]string{"the", "The"}, fields[0]) {
			break
		}
		fields = fields[1:]
	}
	for len(fields) > 1 {
		known, distinct := english.NameSuffix(fields[len(fields)-1])
		if !known {
			break
		}
		if distinct {
			suffix = letterOnly(fields[len(fields)-1])
		}
		fields = fields[:len(fields)-1]
	}
	for i, f := range fields {
		if strings.Contains(f, ".") && len(f) <= 6 { // H.W.
			for part := range strings.SplitSeq(f, ".") {
				if part = letterOnly(part); part != "" {
					words = append(words, part)
				}
			}
			continue
		}
		parts := strings.FieldsFunc(f, func(r rune) bool { return unicode.Is(unicode.Pd, r) })
		for len(parts) > 1 && english.Article(parts[0]) {
			parts = parts[1:]
		}
		w := letterOnly(strings.Join(parts, ""))
		if w == "" || i > 0 && i+1 < len(fields) && english.Article(w) {
			continue
		}
		words = append(words, w)
	}
	return words, suffix
}

// letterOnly is s in lower case, its letters written in a to z, without all
// else.
func letterOnly(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			s = unidecode.Unidecode(s)
			break
		}
	}
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		case 'a' <= r && r <= 'z':
			return r
		}
		return -1
	}, s)
}

// servant writes the names that begin with Abd in one way: Abdulrahman,
// Abdelrahman, Abdurrahman.
func servant(w string) string {
	for _, begin := range []string{"abdul", "abdel", "abdal", "abdol", "abdur", "abder"} {
		if rest, ok := strings.CutPrefix(w, begin); ok && len(rest) >= 3 {
			return "abd" + rest
		}
	}
	return w
}

// familyFirst are common family names of China, Korea and Vietnam, which stand
// first.
var familyFirst = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields("wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng feng cao peng zeng xiao tian dong pan yuan " +
		"cai jiang yu du ye cheng wei su lu ding ren shen yao xi mao hua bo jia qin hou meng long fan han kim park pak lee yi choi choe jung jeong chung kang cho jo yoon yun jang chang lim im " +
		"oh seo suh shin sin kwon hwang ahn ryu yoo moon hong bae baek noh roh nguyen tran le pham huynh phan vu vo dang bui ho ngo duong ly") {
		set[w] = true
	}
	return set
}()

// eastern reports whether given names can be of China, Korea or Vietnam: short,
// and none that English has.
func eastern(given []string) bool {
	all := 0
	for _, w := range given {
		if _, known := english.GivenName(w); known || len(w) < 2 {
			return false
		}
		all += len(w)
	}
	return all <= 9 && !strings.HasSuffix(given[len(given)-1], "er") && !strings.HasSuffix(given[len(given)-1], "on")
}
