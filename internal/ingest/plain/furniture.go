package plain

import (
	"regexp"
	"strings"
)

// furniture are lines that come along when a page is copied, each matched as a
// whole.
var furniture = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`(?:story continues below )?(?:this )?advertise?ments?`, `ad feedback`, `\(?article continues (?:below|after)[^.]*\)?`, `sponsored(?: content)?`, `promoted(?: content)?`,
	`(?:continue|keep) reading(?: below)?(?: the main story)?`, `skip (?:to |past )?.*`, `scroll (?:down )?to continue.*`, `back to top`,
	`share(?: this| on| via)?(?: (?:this )?(?:article|story|page|post))?(?: (?:on|via|with) .+)?`, `(?:facebook|twitter|x|whatsapp|linkedin|e-?mail|reddit|pinterest|telegram|copy link|print|save|bookmark|comments?|share|tweet|reply|like|listen|watch|more|menu|search|home|close|log ?in|sign in|register|subscribe|subscribe now|newsletters?|video|gallery|photos)(?:[ |·•/,]+(?:facebook|twitter|x|whatsapp|linkedin|e-?mail|reddit|pinterest|telegram|copy link|print|save|share|tweet|comments?))*`,
	`(?:please )?(?:sign up|subscribe|register)(?: now| today| here| free)*(?: (?:for|to|and|with)\b.*)?`, `get (?:the|our|all the) .*(?:newsletter|inbox|app|alerts?)\b.*`, `.*\b(?:delivered|sent|straight) (?:straight |directly |right )?to your inbox\b.*`,
	`(?:follow|like|find|join) (?:us|me|@\w+|the \w+(?: \w+)?)(?: on .+| @\w+)?`, `download (?:the|our) .*\bapp\b.*`,
	`(?:click|tap) (?:here|below|on)\b.*`, `(?:read|see|watch|listen)(?: also| more| next| now| this| on)?:.*`, `also read:?.*`, `read (?:also|next)\b.*`, `(?:related|recommended|see also|more on this|in case you missed it|don['’]t miss|you may like|you might like|up next|watch|opinion) ?:.*`,
	`(?:©|\(c\)|copyright\b).*`, `.*\ball rights reserved\b.*`, `this (?:material|content|article) may not be (?:published|reproduced|copied).*`,
	`.*\b(?:uses?|use of|accept(?: all)?|reject(?: all)?|manage|about) (?:(?:all|our|these|non-essential|essential) )*cookies\b.*`, `cookie (?:policy|settings|notice|preferences|consent)`, `privacy (?:policy|notice)(?: .*)?`, `terms (?:of (?:use|service)|and conditions)(?: .*)?`,
	`(?:\d+|a|one) min(?:ute)?s?(?: |-)read`, `\d+ (?:comments?|shares?|views?|likes?)`, `(?:reading|read) time:?.*`, `(?:tags|topics|filed under|categories|keywords|section)\s?:.*`, `(?:loading|getting your .*)(?:\.\.\.|…)?`,
	`support (?:us|our journalism|independent journalism)\b.*`, `(?:become a member|donate|donate now|join now|start your free trial)\b.*`, `[-_=*~#•·—– ]+`, `###`, `(?:the )?ends?`, `-?30-?`, `\[?view (?:image|gallery|comments|all)[^.]*\]?`,
}, `|`) + `)[.!:»›>→]*$`)

// box are lines that head a box of links; the short lines under it belong to it.
var box = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`(?:the )?most (?:popular|read|viewed|shared|watched|commented|recent)(?: (?:now|today|this week|stories|articles|news|in .+))?`, `trending(?: (?:now|today|stories|topics))?`, `top (?:stories|news|headlines)`, `latest (?:news|stories|headlines|articles|updates)`,
	`related(?: (?:articles?|stor(?:y|ies)|posts?|news|topics?|content|links?|coverage|reading))?`, `recommended(?: (?:for you|stories|articles|reading|videos?))?`, `more (?:from|on|in|about) .+`, `more (?:stories|news|headlines|like this|coverage|top stories)`, `read (?:more|next|also|this next)`, `further reading`, `see also`, `also (?:read|in the news|on .+)`,
	`you (?:may|might) also (?:like|be interested in|enjoy)`, `you may like`, `editor['’]s?['’]? (?:picks|choice)s?`, `editors['’]? picks`, `what to read next`, `around the web`, `from (?:the|around the) web`, `in case you missed it`, `don['’]t miss`, `popular (?:now|stories|posts|articles)`, `up next`, `other (?:stories|news)`, `newsletters?`, `share this(?: (?:article|story|page))?`, `follow us`,
}, `|`) + `)[.:»›>→]*$`)

// maxFurniture is the longest line, in bytes, that is looked at for furniture:
// a paragraph that begins like it is still a paragraph.
const maxFurniture = 260

func isFurniture(text string) bool {
	if len(text) > maxFurniture || !maybeFurniture(text) || !furniture.MatchString(text) {
		return false
	}
	// "Sign up…" and the like never stand before what somebody said.
	return !strings.ContainsAny(text, `“”"`) || !says.MatchString(text)
}

// furnitureStarts are the words that furniture begins with. Looking at the
// first word saves trying the expression, which is slow, on nearly all lines.
var furnitureStarts = setOf(`story this advertisement advertisements advertisment ad article sponsored promoted continue keep skip scroll back share
	facebook twitter x whatsapp linkedin e email reddit pinterest telegram copy print save bookmark comment comments tweet reply like listen watch more menu search home close log login
	sign in register subscribe newsletter newsletters video gallery photos please get follow find join download click tap read see also related recommended don you up opinion c copyright
	cookie privacy terms a one reading tags topics filed categories keywords section loading getting support become donate start the end ends view in`)

// furnitureWords are words that it may hold anywhere.
var furnitureWords = []string{"inbox", "all rights reserved", "cookies"}

func holdsAny(text string, words []string) bool {
	text = strings.ToLower(text)
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

func maybeFurniture(text string) bool {
	start := strings.TrimLeft(text, "([ ")
	i := 0
	for i < len(start) && ('a' <= start[i]|0x20 && start[i]|0x20 <= 'z') {
		i++
	}
	return i == 0 || furnitureStarts[strings.ToLower(start[:i])] || holdsAny(text, furnitureWords)
}

var says = regexp.MustCompile(`(?i)\b(?:said|says|told|added|asked|wrote)\b`)

func isBox(text string) bool { return len(text) <= 100 && box.MatchString(text) }

// isLink holds for a line as it stands in a box of links: short, numbered
// perhaps, and no sentence that ends.
func isLink(text string) bool {
	return len(strings.Fields(text)) <= 22 && !endsSentence(text)
}

var caption = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`[(\[]?\s*(?:file )?(?:photo(?:graph)?s?|image|picture|illustration|graphic|video|screenshot|map|credit|source)(?: ?credits?)?(?: by| courtesy(?: of)?| from)?\s?[:/©].*`,
	`[(\[]\s*(?:photo(?:graph)?|image|picture|illustration|graphic) (?:credits?|by|courtesy|from|via)\b.*[)\]]`,
	`(?:photo(?:graph)?|image|picture|illustration) (?:credit|by|courtesy(?: of)?)\b.*`,
	`(?:ap|afp|epa|reuters|getty|upi|anadolu|bloomberg|xinhua|tass)(?: images| photo| photos)?\s?/.*`,
	`image (?:source|caption),.*`,
	`(?:getty images|ap photo|afp photo|file photo|file image|handout|stock image|shutterstock|istock)(?:[ /|,].*)?`,
	`.+[(\[](?:photo|image|picture|file|ap photo|afp|reuters|getty)[^)\]]{0,12}[:/][^)\]]{1,120}[)\]]\.?`,
	`.+(?:\bphoto(?:graph)?|\bimage|\bpicture|\bcredit)s?: [^.“”"]+`,
	`.+[/|] ?(?:afp|ap|reuters|getty(?: images)?|epa|shutterstock)(?: via getty images)?[)\].]*`,
}, `|`) + `)$`)

// captionWords are those without one of which no line is a caption. Looking
// for them first saves time, as above.
var captionWords = strings.Fields(`photo image picture illustration graphic video screenshot map credit source reuters getty anadolu bloomberg xinhua handout stock (file [file / |`)

// isCaption holds for the line under a picture, or for its credit alone.
func isCaption(text string) bool {
	return len(text) <= 420 && !strings.Contains(text, "\n") && holdsAny(text, captionWords) && caption.MatchString(text)
}
