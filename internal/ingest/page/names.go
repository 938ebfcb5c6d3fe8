package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// A cleaner makes names of what stands in bylines.
type cleaner struct {
	outlet string // folded
	house  bool   // "Newsroom" and its like count as names
}

// names makes one name each of bylines: "By Jane Roe and John Doe, Staff
// Writer" gives Jane Roe, John Doe.
func (c *cleaner) names(bylines []string) []string {
	var out []string
	for _, line := range bylines {
		for _, n := range c.line(line) {
			if len(out) < 40 && !slices.ContainsFunc(out, func(o string) bool { return fold(o) == fold(n) }) {
				out = append(out, n)
			}
		}
	}
	if len(out) > 1 { // the outlet or an agency beside people is not one of them
		people := slices.DeleteFunc(slices.Clone(out), func(n string) bool {
			f := fold(n)
			return strings.Contains(c.outlet, f) || c.edition(f) || agency.MatchString(n)
		})
		if len(people) > 0 {
			out = people
		}
	}
	return out
}

// edition reports whether a name, folded, begins as the outlet's does: another
// of its editions or desks.
func (c *cleaner) edition(name string) bool {
	n := 0
	for n < len(name) && n < len(c.outlet) && name[n] == c.outlet[n] {
		n++
	}
	return n >= 10 || n > 4 && n == len(c.outlet)
}

// printed is names for a line of the page, of which more may be something
// else: each must look like a name.
func (c *cleaner) printed(line string) []string {
	names := c.names([]string{line})
	for i, n := range names {
		if !fullName.MatchString(n) && !newsroom.MatchString(n) && (strings.Contains(n, " ") || len(n) > 30) {
			return names[:i:i]
		}
	}
	return names
}

// line reads one byline: the names in the first of its parts that has any.
func (c *cleaner) line(line string) []string {
	if len(line) > 400 || strings.ContainsAny(line, "{}") {
		return nil
	}
	line = email.ReplaceAllString(clean(html.UnescapeString(line)), " ")
	line = brackets.ReplaceAllString(line, " ")
	line = anyDate.ReplaceAllString(line, " | ")
	if at := chinese.FindStringIndex(line); at != nil {
		line = line[at[1]:]
	} else if at := label.FindStringIndex(line); at != nil {
		line = line[at[1]:]
	} else if at := leadIn.FindStringIndex(line); at != nil {
		line = line[at[1]:]
	}
	for _, segment := range hard.Split(line, -1) {
		var out []string
		for _, part := range soft.Split(segment, -1) {
			name, last := c.name(part)
			if name != "" {
				out = append(out, name)
			}
			if last && len(out) > 0 {
				break
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// name cleans one name; empty if it is none. last tells that no name follows
// it in the same list: it, or what is left of it, leads to something else.
func (c *cleaner) name(part string) (name string, last bool) {
	for range 3 {
		next := clean(bylineStart.ReplaceAllString(part+" ", ""))
		if next == part || next == "" {
			break
		}
		part = next
	}
	part = number.ReplaceAllString(part, "")
	part = courtesy.ReplaceAllString(part, "")
	if s := tail.ReplaceAllString(part, ""); s != "" && s != part {
		part, last = s, true
	}
	if role.MatchString(trimName(part)) && !newsroom.MatchString(trimName(part)) {
		return "", false
	}
	if s := lastRole.ReplaceAllString(part, ""); strings.Contains(s, " ") {
		part = s
	}
	part = c.withoutOutlet(part)
	part = trimName(part)
	if utf8.RuneCountInString(fold(part)) < 2 || strings.Count(part, " ") > 5 || len(part) > 80 || noName.MatchString(part) {
		return "", true
	}
	if newsroom.MatchString(part) && !c.house {
		return "", last
	}
	return unshouted(part), last
}

// unshouted writes a name that is all in capitals as names are written: JANE
// ROE. One with initials, or a word that may be an acronym, stays.
func unshouted(name string) string {
	words := strings.Split(name, " ")
	if len(words) < 2 || name != strings.ToUpper(name) {
		return name
	}
	for i, w := range words {
		if utf8.RuneCountInString(w) < 3 || !shouted.MatchString(w) {
			return name
		}
		var out strings.Builder
		first := true // of a part: O'BRIEN-ROE has three
		for _, r := range w {
			if first {
				out.WriteRune(r)
			} else {
				out.WriteRune(unicode.ToLower(r))
			}
			first = !unicode.IsLetter(r)
		}
		words[i] = out.String()
	}
	return strings.Join(words, " ")
}

// shouted is a word in capitals that can be spoken.
var shouted = regexp.MustCompile(`^[\p{Lu}'’-]*[AEIOUYÄÖÜÉÈÁ][\p{Lu}'’-]*$`)

// withoutOutlet drops the outlet's name after a person's: "Jane Roe Courier".
func (c *cleaner) withoutOutlet(name string) string {
	words := strings.Fields(name)
	for n := len(words) - 1; n >= 2; n-- {
		if fold(strings.Join(words[n:], "")) == c.outlet {
			return strings.Join(words[:n], " ")
		}
	}
	return name
}

// trimName drops marks around a name, but not the point of "Jr." or "M."
func trimName(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '_'
	})
	s = strings.TrimLeft(s, ".")
	if strings.HasSuffix(s, ".") && !initialAtEnd.MatchString(s) {
		s = strings.TrimRight(s, ".")
	}
	return s
}

// onlyHouse reports whether the names are the outlet's own.
func (c *cleaner) onlyHouse(names []string) bool {
	for _, n := range names {
		f := fold(n)
		if company.MatchString(n) {
			continue
		}
		if c.outlet == "" || !strings.Contains(f, c.outlet) && !(len(f) > 4 && strings.Contains(c.outlet, f)) {
			return false
		}
	}
	return true
}

const (
	monthNames = `january|february|march|april|may|june|july|august|september|october|november|december|` +
		`januar|jänner|februar|märz|mai|juni|juli|oktober|dezember|` +
		`janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|` +
		`enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|` +
		`jan|feb|mar|mär|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez`
	dayNames = `(mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|` +
		`lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo`
	by       = `by|von|vom|par|por`
	authored = `posts?|posted|published|publiziert|veröffentlicht|geschrieben|verfasst|erstellt|eingestellt|written|publié|publicado|gepostet|gesendet|` +
		`articles?|artikel|beitrag|beiträge|interview|kolumne|kommentar|gastbeitrag|analyse|bericht|reportage|rezension|essay|accueil|alles|story|pressemitteilung`
	writer = `herausgeber|autor(en|in|innen|es|a|/in|:in|\*in)?|authors?|auteure?s?|redakteur(in)?|verfasser(in)?`
	beat   = `political|science|health|business|sports?|crime|court|city|foreign|national|news|features?|technology|tech|education|environment|economics?|` +
		`diplomatic|white house|washington|moscow|london|paris|europe|asia|africa|middle east|world|web|online|digital|data|investigative|legal|local|general|assignment|content`
)

var (
	// fullName is a first and a last name, each with a capital.
	fullName = regexp.MustCompile(`^((\p{Lu}[\p{L}.'’-]*|von|van|de|der|den|la|le|al|bin|ibn|del|di|da|dos|y|zu|zur|v\.) ){1,4}\p{Lu}[\p{L}.'’-]+$`)
	// username is one word that is no plain one: "MikeNils", "delta201".
	username = regexp.MustCompile(`^(\p{Lu}?\p{Ll}+\p{Lu}[\pL\d_]*|\p{L}+\d[\pL\d_]*)$`)
	// byLine begins "By Jane Roe" or "Author: Jane Roe".
	byLine = regexp.MustCompile(`^\W*((?i:written by|posted by|words by|words|reported by|text( und| &|/| and)? (fotos?|bilder|photos?)|text|` + writer + `|escribe|` + by + `)\s*:\s*|` +
		`(By|BY|by|Von|VON|von|Par|PAR|Por|POR|Text von|Text|Autor|Autorin|Autoren|Author|Vom|vom|Escribe|Words by|Written by|Posted by) )\p{L}`)
	// onlyLabel is a line that says that the next one is the byline.
	onlyLabel = regexp.MustCompile(`(?i)^(` + writer + `|written by|words by|` + by + `)\s*:?$`)
	// labelAbove is such a line in the same paragraph as its byline.
	labelAbove = regexp.MustCompile(`(?i)^(` + writer + `)\s*:?\n`)
	// chinese labels end with a wide colon and need no space.
	chinese = regexp.MustCompile(`^.{0,20}(作者|责任编辑|编辑|记者)\s*[：:]\s*`)
	// leadIn is what stands before the name where it comes later in a line:
	// "Posted on | in News by Jane Roe", a bar standing for a date.
	leadIn = regexp.MustCompile(`(?i)^(.{0,60}\b(` + authored + `)\b.{0,60}?|.{0,60}\|[^|\pL]*)\b(` + by + `)\s*:?\s+|^.{0,60}?\b(` + writer + `|redaktion)\s*:\s*`)
	label  = regexp.MustCompile(`(?i)^.{0,80}\b(` + writer + `|text( und| &|/| and)? (fotos?|bilder|photos?)|text|words|redaktion|bericht|interview|herausgeber)\s*:\s*`)
	// bylineStart is what is dropped from the start of a name.
	bylineStart = regexp.MustCompile(`(?i)^\W*((` + authored + `|reported|words|text|écrit|escrito|kritik)\s*:?\s*(` + by + `|per|di)\b|` +
		by + `|di|da|af|av|door|od|` + writer + `|author info|words|escribe|from|und|and)\s*(:|\b)\s*((by|von)\b)?\s*`)
	anyDate = regexp.MustCompile(`(?i)\b(` + dayNames + `)?,?\s*((\d{1,2}(st|nd|rd|th|\.|er)?\s*(de\s+)?(` + monthNames + `)\b\.?,?\s*(de\s+)?(\d{4})?|(` + monthNames + `)\.? \d{1,2}(st|nd|rd|th)?,?( \d{4})?)\b|` +
		`\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[:.]\d{2}( ?uhr| ?[ap]\.?m\.?| (E|P|C|M)[SD]?T\b| GMT\S*| UTC)?)`)
	number   = regexp.MustCompile(`[\s|,•·–—\-(:]+\d.*$|^\d+\b.*$`)
	email    = regexp.MustCompile(`\S+@\S+\.\w+|(^|\s)@\S+|https?://\S+`)
	brackets = regexp.MustCompile(`\([^)]*\)|\[[^\]]*\]`)
	hard     = regexp.MustCompile(`\s*(\||•|·|//|~|—)\s*|\s+[-–]\s+`)
	soft     = regexp.MustCompile(`(?i)\s+im gespräch mit\s+|\s*[;,]\s*|\s+&\s+|\s*/\s*|\s+(and|und|with|y|et|e|og|och)\s+`)
	role     = regexp.MustCompile(`(?i)^(the |our |a |an |ein |eine )?((senior|junior|chief|deputy|managing|associate|assistant|contributing|executive|staff|special|guest|freelance|` + beat + `)[ -]+)*` +
		`(staff|writers?|reporters?|correspondents?|editors?|editor-in-chief|columnists?|contributors?|journalists?|producers?|photographers?|analysts?|bureau chiefs?|critics?|bloggers?|authors?|guest|freelancers?|at large|attorney|director|secretary|president|chair(man|woman)?|` +
		`redakteure?(in|innen)?|chefredakteur(in)?|volontär(in)?|korrespondent(in|en)?|autor(in|en)?|reporterin|journalistin|\p{L}*(leiter|sprecher|direktor|professor|beauftragte)(in)?|freie[r]? (journalist|autor|mitarbeiter)(in)?|` +
		`periodista|redactora?|corresponsal|rédact(eur|rice)( en chef)?|journaliste)( (for|of|at|in|für|bei|de|der) .*)?$`)
	lastRole = regexp.MustCompile(`(?i)\s+(staff writer|staff reporter|staff|reporter|editor|correspondent|contributor|chefredakteur(in)?|redakteur(in)?|online-redaktion|twitter)$`)
	tail     = regexp.MustCompile(`(?i)\s+(for the|for|of|fuer|für|at|aus|bei|via|under|from|is|ist|schreibt|writes|reports|hat|has|as told to|als|illustration|fotos?|photos?|publiziert|veröffentlicht|published|updated|posted|geschrieben|` +
		`alle artikel|alle beiträge|weitere beiträge|kategorien:|lesezeit|last|zuletzt|follow|shares?|profil|in|mit)(\s+.*)?$|\s+(on|am|um|le|el|vor|hace)$`)
	courtesy     = regexp.MustCompile(`(?i)^(rechtsanw(alt|ältin)|ra|chefredakteur(in)?|redakteur(in)?|kommentar|interview:?|kolumne|text|foto|gastautor(in)?|reporter|pressemitteilung)\s+`)
	company      = regexp.MustCompile(`(?i)\b(gmbh|ag|se|kg|e\. ?v\.|inc\.?|ltd\.?|llc|corp\.?|s\.a\.|verlag|verein)( & co\.? kg)?$`)
	agency       = regexp.MustCompile(`(?i)^(dpa|afp|ap|apa|aap|sda|epd|kna|sid|sp-x|ots|pa|pti|tass|upi|jiji|kyodo|xinhua|reuters|efe|ansa|associated press|the associated press|agencies|agenturen)$`)
	initialAtEnd = regexp.MustCompile(`(^|[ .])(\p{Lu}|Jr|Sr)\.$`)
	noName       = regexp.MustCompile(`(?i)^(admin(istrator)?|wordpressadmin|author|authors|autor|autorin|no author|by|von|unknown|n/?a|none|null|undefined|anonymous|guest|webmaster|name|benutzername|login|stand|home|start|human|on|in|at|am|um|uhr|min|` +
		`follow|share|email|e-mail|mail|twitter|facebook|more|mehr|about|über|contact|print|min read|view profile|profile|jr\.?|sr\.?|ph\.?d\.?|m\.?d\.?|dr\.?|esq\.?|mba|ca|est|wem|vor|hace|mon|mois|agenturen|agencies|agency|` +
		`(comment|kommentar|published|publiziert|veröffentlicht|updated|aktualisiert|posted|photo|foto|bild|image|tags?|categor|kategorie|lesezeit|schlagwörter|riproduzione|paid content|sponsored|datum|date|weitere|teilen|share|afficher|rebloggt).*|` +
		`(last|read|see|all|alle|alles|zum|zur|view|show|click|zeige|in|mit|bei|unter|under|gespeichert|gesendet|eingetragen|filed|zuletzt|aus|an|art by|illustrations?|keine|video|copyright) .*|[^\pL]+)$`)
	newsroom = regexp.MustCompile(`(?i)^(die |the )?(\S+ )?(redaktion|redacción|rédaction|newsroom|news ?desk|staff|staff writers?|team|editorial team|editorial staff|webteam)$`)
)
