package page

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whosaid/internal/news"
)

// choose gives each block its part in the article; an empty kind leaves it
// out. found tells which blocks the extraction library took, headline is the
// block with the title or -1, title and description what the page says of itself; first
// is the first paragraph of the body or -1.
//
// The library finds the right part of nearly every page. What it misses is
// mostly the deck and single paragraphs set apart; what it takes too much is
// mostly lines that call to read on, sign up or share.
func choose(blocks []block, found []match, headline int, title, description string) (kinds []news.BlockKind, first int) {
	kinds = make([]news.BlockKind, len(blocks))
	take := make([]bool, len(blocks))
	after, total := 0, 0
	for i := range blocks {
		take[i] = found[i].end > 0
		if take[i] {
			total += len(blocks[i].fold)
			if i > headline {
				after += len(blocks[i].fold)
			}
		}
	}
	// What comes before the headline is a menu or a teaser, unless the
	// headline found is that of another story further down.
	if headline >= 0 && after*10 >= total*6 {
		for i := range headline {
			take[i] = false
		}
	} else if headline >= 0 && total > 0 {
		headline = -1
	}
	first = -1
	last := -1
	for i, b := range blocks {
		if take[i] {
			if first < 0 && i > headline && prose(b) {
				first = i
			}
			last = i
		}
	}
	if headline >= 0 {
		take[headline] = false
		kinds[headline] = news.Headline
	}
	fillGaps(blocks, take, first, last)
	dropFurniture(blocks, take, first)
	dropRepeats(blocks, take, title)
	for i, b := range blocks {
		switch {
		case !take[i]:
		case b.within&inCaption != 0 && (b.tag != atom.P || len(b.text) < 300):
			kinds[i] = news.Caption
		case headingTags[b.tag] && !strings.Contains(b.text, "\n") && utf8.RuneCountInString(b.text) < 200:
			kinds[i] = news.Heading
		default:
			kinds[i] = news.Paragraph
		}
	}
	if first >= 0 {
		setDeck(blocks, kinds, headline, first, description)
		setCaptions(blocks, kinds, headline, last)
	}
	return kinds, first
}

// prose reports whether b reads like a sentence rather than a label.
func prose(b block) bool {
	return len(b.text) >= 40 && b.links*2 < len(b.text) && strings.Count(b.text, " ") >= 5 && !headingTags[b.tag]
}

// unlikely are the places where no part of an article stands.
const unlikely = inHidden | inNav | inComments | inRelated

// setDeck finds the lines between headline and body that sum the story up.
func setDeck(blocks []block, kinds []news.BlockKind, headline, first int, description string) {
	from := headline + 1
	if headline < 0 {
		from = max(0, first-12)
	}
	desc := fold(description)
	decks := 0
	for i := from; i <= first && decks < 3; i++ {
		b := blocks[i]
		taken := kinds[i] == news.Paragraph || kinds[i] == news.Heading
		if kinds[i] != "" && !taken || b.within&(unlikely|inCaption) != 0 || len(b.text) > 1000 || b.links*2 > len(b.text) {
			continue
		}
		equal := len(desc) >= 15 && b.fold == desc
		if (len(b.text) < 40 || strings.Count(b.text, " ") < 5) && !equal {
			continue
		}
		same := equal || len(desc) > 30 && len(b.fold) > 30 && (strings.HasPrefix(b.fold, desc[:min(len(desc), 60)]) || strings.HasPrefix(desc, b.fold[:min(len(b.fold), 60)]))
		named := false
		for n, up := b.node, 0; n != nil && up < 3 && n.DataAtom != atom.Body; n, up = n.Parent, up+1 {
			named = named || hasWord(n, deckWords...)
		}
		if taken && !named && !(same && len(b.fold) <= len(desc)+10) {
			continue
		}
		if same || named || headline >= 0 && len(b.text) >= 80 && strings.ContainsAny(b.text, ".!?…") {
			kinds[i] = news.Deck
			decks++
		}
	}
}

var deckWords = []string{
	"deck", "dek", "standfirst", "subtitle", "subtitel", "subheadline", "subhead", "subheading", "lead", "lede", "intro", "introduction",
	"teaser", "teasertext", "summary", "excerpt", "abstract", "description", "chapo", "bajada", "copete", "entradilla", "sumario", "vorspann",
	"untertitel", "kicker", "strapline", "tagline", "hook", "leadtext", "einleitung", "ingress", "sommario", "occhiello",
}

// fillGaps takes paragraphs that stand between paragraphs taken, under the
// same parent.
func fillGaps(blocks []block, take []bool, first, last int) {
	parents := map[*html.Node]bool{}
	for i := max(first, 0); i <= last; i++ {
		if take[i] && blocks[i].tag == atom.P && len(blocks[i].text) >= 80 {
			parents[blocks[i].node.Parent] = true
		}
	}
	for i := max(first, 0); i <= last; i++ {
		b := blocks[i]
		if take[i] || b.within&(unlikely|inCaption|inAside) != 0 || b.tag != atom.P || !prose(b) {
			continue
		}
		if parents[b.node.Parent] {
			take[i] = true
		}
	}
	for i := last + 1; last >= 0 && i < len(blocks); i++ { // and those that end it
		b := blocks[i]
		if b.tag != atom.P || blocks[last].tag != atom.P || b.node.Parent != blocks[last].node.Parent || !prose(b) || b.within&unlikely != 0 || b.links > 0 {
			break
		}
		take[i] = true
	}
}

// dropRepeats leaves out the second print of a paragraph, pull quotes, and the
// title where it is printed again in the body.
func dropRepeats(blocks []block, take []bool, title string) {
	title = fold(title)
	seen := map[string]bool{}
	var body strings.Builder // paragraphs that are no pull quotes
	for i, b := range blocks {
		switch {
		case !take[i]:
		case b.fold == title || len(b.fold) >= 24 && seen[b.fold]:
			take[i] = false
		default:
			seen[b.fold] = true
			if !setApart(b) {
				body.WriteString(b.fold)
				body.WriteByte(' ')
			}
		}
	}
	text, tries := body.String(), 0
	for i, b := range blocks {
		if take[i] && setApart(b) && len(b.fold) >= 24 && tries < 100 {
			tries++
			take[i] = !strings.Contains(text, b.fold)
		}
	}
}

// setApart reports whether b stands out of the running text, as a pull quote
// does.
func setApart(b block) bool {
	return b.within&(inPull|inAside|inQuote|inCaption) != 0 || headingTags[b.tag] || hasWord(b.node, "quote", "pullquote", "zitat")
}

// setBylines marks the lines between headline and body that name the authors.
func setBylines(blocks []block, kinds []news.BlockKind, headline, first int, authors []string) {
	if len(authors) == 0 || first < 0 {
		return
	}
	name := fold(authors[0])
	for i, b := range blocks { // a signature
		if kinds[i] == news.Paragraph && b.fold == name {
			kinds[i] = news.Byline
		}
	}
	for i := max(headline-4, 0); i < len(blocks) && i < first+3; i++ {
		b := blocks[i]
		if i == headline || b.within&(inHidden|inComments|inRelated) != 0 || len(b.text) > 160 || !strings.Contains(b.fold, name) {
			continue
		}
		if byLine.MatchString(b.spaced()) || i < first && kinds[i] != news.Paragraph && len(b.fold) < len(fold(strings.Join(authors, "")))+60 {
			kinds[i] = news.Byline
		}
	}
}

// setBios marks the lines under the article that say who its authors are: what
// they say of themselves is not reported.
func setBios(blocks []block, kinds []news.BlockKind, authors []string) {
	left := 3 // paragraphs from the end
	for i := len(kinds) - 1; i >= 0 && left > 0; i-- {
		if kinds[i] != news.Paragraph {
			continue
		}
		left--
		for _, name := range authors {
			rest, ok := strings.CutPrefix(blocks[i].text, name)
			if ok && len(rest) < 400 && bio.MatchString(rest) {
				kinds[i] = news.Furniture
			}
		}
	}
}

var bio = regexp.MustCompile(`^,?\s(is (an? |the |our |author|senior|editor|professor|co-)|covers |writes |reports (on|from) |contributed |\p{Lu}?[\pL ]{0,40}covers )`)

// setCaptions keeps what is printed under the pictures of the article.
func setCaptions(blocks []block, kinds []news.BlockKind, headline, last int) {
	for i := max(headline, 0); i < last; i++ {
		b := blocks[i]
		if kinds[i] == "" && b.tag == atom.Figcaption && b.within&unlikely == 0 && !isCall(b) {
			kinds[i] = news.Caption
		}
	}
}
