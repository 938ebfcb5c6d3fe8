package page

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// dropFurniture leaves out the lines among the paragraphs that are not the
// article's: calls to read on, sign up, share or comment, and the lists under
// "Most Popular" and its like.
func dropFurniture(blocks []block, take []bool, first int) {
	left := 0 // bytes taken after the block looked at
	for i, b := range blocks {
		if take[i] {
			left += len(b.text)
		}
	}
	total := left
	article := map[*html.Node]bool{} // elements that hold paragraphs of the article
	inBox, atEnd, signed := false, false, false
	for i, b := range blocks {
		if !take[i] {
			continue
		}
		left -= len(b.text)
		own := b.tag == atom.P && prose(b)
		switch {
		case isBoxTitle(b):
			take[i] = false
			inBox, atEnd = true, i > first && left*4 < total
		case isCall(b), isLink(b) && i > first, isDate(b), isAppeal(b, left*5 < total), signed:
			take[i] = false
		case isCredits(b):
			take[i], signed = false, left*3 < total
		case inBox && (b.links*10 >= len(b.text)*8 || atEnd && !(own && article[b.node.Parent])):
			take[i] = false
		default:
			inBox = false
			if own {
				article[b.node.Parent] = true
			}
		}
	}
}

// isBoxTitle reports whether b is the title of a box with other stories. A
// sentence is none, however it begins.
func isBoxTitle(b block) bool {
	return len(b.text) <= 160 && (!strings.HasSuffix(b.text, ".") || headingTags[b.tag]) && boxTitle.MatchString(b.text)
}

// isLink reports whether b is nothing but a link to another story, set between
// paragraphs.
func isLink(b block) bool {
	return b.links == len(b.text) && len(b.text) >= 25 && len(b.text) < 250 && b.tag != atom.Li && !headingTags[b.tag] &&
		b.within&inTable == 0 && !strings.HasSuffix(b.text, ".")
}

// isDate reports whether b is a date and nothing else.
func isDate(b block) bool {
	return len(b.text) < 60 && anyDate.MatchString(b.text) && len(fold(anyDate.ReplaceAllString(b.text, ""))) < 4
}

// isCall reports whether b asks the reader to do something else, or tells
// where a picture is from.
func isCall(b block) bool {
	if len(b.text) > 200 || len(b.text) > 60 && strings.ContainsAny(b.text, "\"“”«»„") {
		return false
	}
	return call.MatchString(b.text)
}

// isAppeal reports whether b asks for money or to subscribe. Only at the end,
// where such boxes stand, may it quote somebody: elsewhere an editor may speak.
func isAppeal(b block, atEnd bool) bool {
	return len(b.text) < 700 && (atEnd || !strings.ContainsAny(b.text, "\"“”«»„")) && asks.MatchString(b.text) && press.MatchString(b.text)
}

var (
	asks  = regexp.MustCompile(`(?i)\b(subscribe (for free|now|today)|support (us|my work|our (work|journalism|reporting|newsroom))|please (consider )?(supporting|support|donating|donate|subscribe|subscribing|becoming|become)|consider (becoming|supporting|subscribing|donating)|become an? (member|supporter|patron|(free or )?paid subscriber)|make a (donation|contribution)|donate (today|now))\b`)
	press = regexp.MustCompile(`(?i)\b((our|quality|independent|free|local) (journalism|reporting|newsroom|work|coverage)|(reader|listener|listeners|readers)[- ](supported|funded)|value our|this newsletter|new posts)\b`)
)

// isCredits reports whether b is the last line of an agency's story, which says
// who reported and who edited it. What follows it is not the story.
func isCredits(b block) bool {
	return len(b.text) < 300 && credits.MatchString(b.text)
}

var credits = regexp.MustCompile(`^\(?((Additional )?([Rr]eporting|[Ww]riting)( and [Ww]riting)? by \p{Lu}[^.!?]*([Ee]diting|[Ww]riting) by \p{Lu}|Editing by \p{Lu})`)

// boxTitle matches the titles of boxes with other stories.
var boxTitle = regexp.MustCompile(`(?i)^\W*(` +
	`(most|more) (popular|read|viewed|shared|from|on this|stories|news|articles|like this|headlines|to read)\b.{0,40}` +
	`|(related|recommended|trending|similar|popular|latest|recent|further|other|top) (articles?|stories|story|posts?|news|reading|content|topics?|links?|coverage|videos?|headlines|now)\b.{0,30}` +
	`|you (may|might|will|could|can) also (like|enjoy|be interested).{0,40}|what to read next|read (next|also|this next)|also read|see also|don'?t miss|editor'?s picks|in case you missed it|up next|trending( now)?|recommended( for you)?|related|` +
	`(weitere|mehr|ähnliche|neueste|aktuelle|verwandte|empfohlene|andere|meistgelesene|beliebte|passende|letzte) (artikel|beiträge|themen|meldungen|nachrichten|news|informationen|infos|links|storys|stories|videos|posts|aktuelle).{0,60}` +
	`|das könnte (sie|dich|ihnen|dir|euch) (auch|ebenfalls)? ?(interessieren|gefallen).{0,20}|mehr zum thema.{0,40}|zum weiterlesen|schon gelesen\??|lesen sie (auch|mehr).{0,60}|lies auch.{0,60}|auch interessant.{0,20}|meistgelesen|am meisten gelesen|weiterlesen|mehr (aus|von|zu|über) .{2,40}` +
	`|(à|a) lire (aussi|également).{0,60}|sur le même sujet|articles? (similaires|liés|associés|recommandés)|plus d'articles|lire aussi.{0,60}` +
	`|(te|le|les) (puede|podría|puede también) interesar.{0,20}|(noticias|notas|artículos|contenidos?) (relacionad[oa]s?|recomendad[oa]s?)|lea también.{0,60}|lee también.{0,60}|ver también|más (sobre|leíd[oa]s|noticias|información).{0,40}|también te puede.{0,30}|puedes ver:.{0,120}` +
	`|(leia|veja) (também|mais).{0,60}|mais lidas|notícias relacionadas|czytaj (też|także|również|więcej).{0,100}|zobacz (też|także|również).{0,100}|leggi anche.{0,100}|lees ook.{0,100}|läs (också|även|mer).{0,100}|les også.{0,100}` +
	`|(kommentare?|comments?|comentarios|commentaires|leserkommentare)( \(\d+\)| \d+)?|\d+ (kommentare?|comments?|antworten|comentarios|commentaires)\b.{0,40}|leave a (comment|reply)|schreib(en sie)? (einen|ihren|deinen) kommentar.{0,30}|kommentar schreiben|tags?|schlagworte.{0,20}|themen|temas|categories|kategorien|share this.{0,40}|(artikel|beitrag) teilen.{0,20}|teilen( mit)?|inhaltsverzeichnis|table of contents` +
	`)\W*$`)

// call matches lines that ask the reader to do something else.
var call = regexp.MustCompile(`(?i)^\W*(` +
	`(read|see|watch|listen|hear)( more| also| next)?\s*[:|»>]|read more\b|(click|tap|go) here|sign[ -]?up\b|subscribe\b|register (now|here|for)|log ?in\b|join (us|our|the conversation)|follow (us|our|@)|share (this|on|via|your)\b|` +
	`get (our|the|your|all|breaking|daily|latest|the day'?s) .{0,60}(inbox|newsletters?|alerts?|updates?|app|email)|download (our|the) .{0,30}app|never miss|be part of the conversation|don'?t miss|support (our|us|independent)|donate\b|advertisement|sponsored|ad(vertisement)?$|story continues below|continue reading|` +
	`(copyright|©)|all rights reserved|your browser (does not|doesn['’]t|is not|isn['’]t) |(please )?enable javascript|listen to this article|scroll (down )?(to continue|for more)|our standards:|.{0,90}\b(e-?mail|write to|contact)( us| me)?( at| on)? \S+@\S+\.\w+.{0,30}$|(photo|image|picture|video|photograph|pictured|file photo|foto|fotos|bild|bilder|titelbild|kuva|crédits? photos?|credits?|quelle|quellen|source|sources|via)( credit| by)?\s*[:/©]|this (article|story|post) (was|has been|first|originally) (originally )?(published|appeared|updated|amended)|` +
	`we want to hear what you think|(have|got) (a|any) (tip|story|news)|(contact|email|e-mail|call) (us|the author)|(last )?(updated|modified|published|posted)( on| at)?\s*:|print( this)?( article| page)?$|e-?mail( this)?$|comments? (are closed|off)|` +
	`(jetzt |hier |kostenlos |gratis )*(zum |für den |unseren? )*newsletter\b|(jetzt |gleich |hier |kostenlos |gratis )+(anmelden|abonnieren|registrieren|bestellen|lesen|testen|downloaden)|abonnieren sie|abonniere|melden sie sich|folgen sie|folge uns|teilen sie|anzeige\b|werbung$|externer inhalt|drucken$|zum newsletter.{0,20}|artikel (drucken|merken|versenden|gefallen).{0,60}|seite drucken|nach oben|zurück (zur|zum).{0,30}|zur (startseite|übersicht).{0,20}|letzte änderung.{0,30}|(zuletzt )?aktualisiert( am)?\b.{0,30}|stand:? \d.{0,30}|keine kommentare|sie sind (aktuell )?nicht (eingeloggt|angemeldet).{0,30}|alle angaben ohne gewähr|alle rechte vorbehalten.{0,30}|wird geladen.{0,5}|bewerten:?.{0,20}|` +
	`abonnez-vous|inscrivez-vous|s'inscrire|inscription (à|au)|partager (sur|cet)|suivez-nous|pour (lire la suite|accéder).{0,60}|` +
	`suscríb(ase|ete)|suscribirse|reg[ií]str(ate|ese)|s[ií]gu(enos|anos|e)\b.{0,20}(en|twitter|facebook|telegram|instagram)|compart(ir|e)( en\b| esta\b|$)|únete|puede escribirnos.{0,80}|` +
	`assine|cadastre-se|siga-nos|compartilhe|zapisz się|subskrybuj|udostępnij|iscriviti|condividi|abonneer|schrijf je in` +
	`)`)
