package plain

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	bylineStart = regexp.MustCompile(`^(?i:(?:(?:story|text|words|written|reported|report|analysis|reporting|posted|published|interview|opinion|author|authors)\s+)?by|author|authors|text|words)[:\s]\s*`)
	published   = regexp.MustCompile(`^(?i)(?:(?:first )?(?:published|posted|issued|released)|publication date|date|dateline)(?: (?:on|at))?\s*:?\s`)
	modified    = regexp.MustCompile(`(?i)\b(?:(?:last )?(?:updated|modified|edited|changed)|last update)(?: (?:on|at))?\s*:?\s`)
	parts       = regexp.MustCompile(`\s+[-–—|•·/]+\s+|\s*[|•·]\s*|\n`)
	together    = regexp.MustCompile(`\s+(?i:and|&|with)\s+|,\s*(?i:and\s+)?|\s*;\s*`)
	place       = regexp.MustCompile(`^(.+?)\s+(?:in|at|reporting from|reports from|for)\s+(?:the\s+)?\p{Lu}.*$`)
	placedName  = regexp.MustCompile(`^\p{Lu}[\p{L}.'’-]+(?: \p{L}[\p{L}.'’-]*){1,3} in \p{Lu}[\p{L} .'’-]*$`)
	agencyLine  = regexp.MustCompile(`^(?i:reuters|ap|afp|upi|dpa|tass|xinhua|bloomberg|(?:the )?associated press|agence france-presse|press association|pa media|staff and agencies|agencies|news agencies|from (?:our )?staff and wire reports)(?:,?\s+(?:in\s+)?\p{Lu}[\p{L} .'’-]+)?\s*[-–—.:]*$`)
	signature   = regexp.MustCompile(`^[(\[]?(?i:(?:additional |further )?(?:reporting|writing|editing|compiled|edited|written|translated)(?: and (?:reporting|writing|editing))? by)\s+\p{Lu}[^“”"]+[)\].]*$`)
	role        = regexp.MustCompile(`(?i)\b(?:editor|correspondent|reporter|reporters|writer|writers|columnist|chief|bureau|analyst|producer|photographer|newsroom|agency|agencies|contributor|special to|media|press|newspaper|magazine|university|professor|ministry|updated|published|fellow|director|politics|reuters|bbc|cnn|afp|staff)\b`)
	calendar    = regexp.MustCompile(`(?i)^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^` + monthNames + `$|^(?:today|yesterday|tomorrow|christmas|easter|summer|winter|spring|autumn|now|then)$`)
)

func isBylineStart(text string) bool { return bylineStart.MatchString(text) }

// isSignature holds for the line at the end that says who reported and edited.
func isSignature(text string) bool { return len(text) <= 300 && signature.MatchString(text) }

// maxByline is the longest line that may be a byline, in bytes.
const maxByline = 250

// byline reports whether text says who wrote the article or when, and keeps
// what it says. It holds only where all of the line is accounted for: names,
// roles, places and dates. A name with a place and nothing else ("Jane Roe in
// Cairo") looks like many a headline; it counts only where underTitle says
// that the headline has gone before.
func (r *reader) byline(text string, underTitle bool) bool {
	if len(text) > maxByline || endsSentence(text) && !isBylineStart(text) && !published.MatchString(text) {
		return false
	}
	if r.onlyDates(text) {
		return true
	}
	if agencyLine.MatchString(text) {
		if len(r.article.Authors) == 0 { // else it is the agency that they work for
			name, _, _ := strings.Cut(strings.Trim(text, " -–—.:"), ",")
			r.addAuthors([]string{strings.TrimSpace(name)})
		}
		return true
	}
	start := bylineStart.FindString(text)
	rest := strings.TrimSpace(text[len(start):])
	var names []string
	dated, understood := false, true
	var took []string // dates, kept only if all is understood
	for i, part := range parts.Split(rest, 12) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if _, at, end := dateIn(part); end > 0 && leftovers(part[:at]+" "+part[end:]) {
			took = append(took, part)
			dated = true
			continue
		}
		// A date behind a comma: "Jane Roe, 3 March 2021".
		if _, at, end := dateIn(part); end > 0 && leftovers(part[end:]) {
			if k := strings.LastIndex(strings.TrimRight(part[:at], " ,"), ","); k > 0 && leftovers(part[k:at]) {
				at = k
			}
			took = append(took, part[at:])
			dated = true
			part = strings.TrimRight(part[:at], " ,")
		}
		found, ok := namesIn(part, start != "" || len(names) > 0)
		if i == 0 && len(found) == 0 {
			ok = false
		}
		if !ok && (i == 0 || start == "") {
			understood = false
			break
		}
		if i == 0 || !role.MatchString(part) {
			names = append(names, found...)
		}
	}
	if !understood || len(names) == 0 || start == "" && !dated && !(underTitle && placedNames(rest)) {
		return false
	}
	for _, d := range took {
		r.keepDate(d)
	}
	r.addAuthors(names)
	return true
}

// placedNames holds for "Jane Roe in Cairo and John Doe in Beirut".
func placedNames(text string) bool {
	found := false
	for _, piece := range together.Split(text, 12) {
		words := strings.Fields(piece)
		switch {
		case placedName.MatchString(piece) && !headlineWords[words[0]]:
			found = true
		case !isName(piece) || len(words) < 2:
			return false
		}
	}
	return found
}

// headlineWords begin headlines in title case, and no name.
var headlineWords = setOf(`The A An In On At By How Why What When Where Who Is Are Was For From After Before As No Not New Inside Meet With Two Three Four Five Six Seven Eight Nine Ten
	Hundreds Thousands Dozens Many Police Army Officials Protesters Rebels Troops Government President Minister Man Woman Men Women People All More Most Some Killed Dead Live Life Fire War Peace Talks`)

// namesIn reads the names in one part of a byline. It fails where something
// there is neither name nor role nor place.
func namesIn(part string, labelled bool) (names []string, ok bool) {
	part = strings.TrimRight(part, " .,:")
	for i, piece := range together.Split(part, 12) {
		piece = strings.TrimSpace(piece)
		if m := place.FindStringSubmatch(piece); m != nil {
			piece = strings.TrimSpace(m[1])
		}
		switch {
		case piece == "":
		case strings.Contains(piece, "@"): // an address
		case i == 0 && labelled && isName(piece) && len(strings.Fields(piece)) <= 3:
			names = append(names, piece) // a desk or an agency is a name where it comes first
		case role.MatchString(piece):
			if i == 0 && !labelled {
				return names, false
			}
		case isName(piece):
			if i == 0 || len(strings.Fields(piece)) > 1 {
				names = append(names, piece)
			}
		default:
			return names, false
		}
	}
	return names, true
}

var particles = map[string]bool{
	"de": true, "da": true, "do": true, "dos": true, "das": true, "del": true, "della": true, "di": true, "du": true, "van": true, "von": true, "der": true, "den": true, "ter": true, "ten": true,
	"bin": true, "ibn": true, "ben": true, "abu": true, "al": true, "el": true, "la": true, "le": true, "y": true, "e": true, "zu": true, "af": true, "av": true, "st": true, "mac": true,
}

// isName holds for one to five words as names are written.
func isName(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 5 || len(s) > 60 || calendar.MatchString(words[0]) {
		return false
	}
	capitals := 0
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case strings.ContainsFunc(w, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(".'’-‘`", r)
		}):
			return false
		case unicode.IsUpper(first) || unicode.IsLetter(first) && !unicode.IsLower(first):
			capitals++
		case i > 0 && particles[w], strings.HasPrefix(w, "al-"), strings.HasPrefix(w, "el-"), strings.HasPrefix(w, "d'"), strings.HasPrefix(w, "d’"):
		default:
			return false
		}
	}
	return capitals > 0
}

// leftovers reports whether nothing that matters stands around a date: the day
// of the week, the time, "Published", "on", marks.
var leftover = regexp.MustCompile(`(?i)^(?:[\s,.:;|()\[\]•·/–—-]|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|on|at|first|last|published|posted|issued|released|updated|update|modified|edited|date|dateline|publication|local time|et|pt|ist|am|pm|a\.m\.|p\.m\.|\d{1,2}[:.]\d\d|gmt|utc|\d+ (?:min(?:ute)?s?|hours?|days?) (?:ago|read))\b)*$`)

func leftovers(s string) bool { return leftover.MatchString(s) }

// onlyDates holds for a line of dates and nothing else, and keeps them.
func (r *reader) onlyDates(text string) bool {
	rest, found := text, false
	var around strings.Builder
	for range 4 {
		_, start, end := dateIn(rest)
		if end == 0 {
			break
		}
		found = true
		around.WriteString(rest[:start] + " ")
		rest = rest[end:]
	}
	around.WriteString(rest)
	if !found || !leftovers(around.String()) {
		return false
	}
	r.keepDate(text)
	return true
}

// dateLine reports whether segment i is a line of dates.
func (r *reader) dateLine(i int) bool {
	text := r.words(i)
	_, start, end := dateIn(text)
	return len(text) <= maxByline && end > 0 && leftovers(text[:start]) && (leftovers(text[end:]) || modified.MatchString(text[end:]))
}

// keepDate takes the day of publication and of the last change from a line.
func (r *reader) keepDate(line string) {
	changed := modified.FindStringIndex(line)
	for at := 0; at < len(line); {
		iso, start, end := dateIn(line[at:])
		if end == 0 {
			return
		}
		if changed != nil && changed[1] <= at+start+1 {
			if r.article.Modified == "" {
				r.article.Modified = iso
			}
		} else if r.article.Published == "" {
			r.article.Published = iso
		}
		at += end
	}
}

func (r *reader) addAuthors(names []string) {
	for _, n := range names {
		if n = strings.Trim(n, " .,;:-–—"); n != "" && !contains(r.article.Authors, n) {
			r.article.Authors = append(r.article.Authors, n)
		}
	}
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if strings.EqualFold(have, s) {
			return true
		}
	}
	return false
}
