package page

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whosaid/internal/news"
)

// stub is the most text, in bytes, that a page without its article holds. A
// paywall leaves three sentences or five, a wall and an error page fewer.
const stub = 1800

// problem tells why the page holds no article, if it holds none: a consent
// wall, the first lines before a paywall, a page drawn by script, "not found".
// Texts longer than a stub are articles, whatever else the page says.
func (f *facts) problem(doc *html.Node, blocks []block, kinds []news.BlockKind) (news.Problem, bool) {
	var text, consent, cookie, wall, missing, all int
	headline, last := -1, -1
	for i, k := range kinds {
		if k == news.Headline {
			headline = i
		}
		if k == news.Paragraph {
			last = i
		}
		if k == news.Paragraph || k == news.Deck {
			text += len(blocks[i].text)
		}
	}
	if text > stub {
		return news.Problem{}, false
	}
	for i, b := range blocks {
		if b.within&inHidden == 0 {
			all += len(b.text)
		}
		if consentWords.MatchString(b.text) {
			consent += len(b.text)
		}
		if len(b.text) < 400 && b.within&(inHidden|inNav|inComments) == 0 && i > headline && i <= last+8 && paywallWords.MatchString(b.text) {
			wall++
		}
		if kinds[i] != news.Paragraph && kinds[i] != news.Heading && kinds[i] != news.Deck {
			continue
		}
		if consentWords.MatchString(b.text) {
			cookie += len(b.text)
		}
		if len(b.text) < 400 && missingWords.MatchString(b.text) {
			missing++
		}
	}
	titles := f.titleTag
	if headline >= 0 {
		titles += "\n" + blocks[headline].text
	}
	switch {
	case missingTitle.MatchString(titles) && text < 900 || missing > 0 && text < 600:
		return news.Problem{Code: news.ProblemMissing, Message: "The page says that what was asked for is not there; look for the article's new address."}, true
	case text > 0 && cookie*2 > text || consentTitle.MatchString(titles) && consent > 0 && text < 900 || text < 200 && consent*2 > all:
		return news.Problem{Code: news.ProblemConsent, Message: "Only a consent page came; open the article in a browser, agree or decline, and save it from there."}, true
	case (wall > 0 || f.locked()) && text < stub && (wall > 0 && f.locked() || wall > 0 && text < 1500 || text < 900):
		return news.Problem{Code: news.ProblemPaywall, Message: "Only the lines before a paywall came; save the page from a browser that is signed in."}, true
	case text < 250 && scripted(doc, all):
		return news.Problem{Code: news.ProblemScript, Message: "The page draws its text by script and came without it; save it from a browser once it shows."}, true
	case text == 0:
		return news.Problem{Code: news.ProblemEmpty, Message: "No article was found on the page; check that it is the page of one article."}, true
	}
	return news.Problem{}, false
}

// locked reports whether the page's markup says that not everybody may read it.
func (f *facts) locked() bool {
	switch v := f.article["isAccessibleForFree"].(type) {
	case bool:
		return !v
	case string:
		return strings.EqualFold(v, "false")
	}
	tier := strings.ToLower(f.first("article:content_tier"))
	return tier == "locked" || tier == "metered"
}

// scripted reports whether the page leaves its text to a script: next to no
// text of its own, and scripts or a note to switch them on.
func scripted(doc *html.Node, text int) bool {
	scripts, root, note := 0, false, false
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Script:
			scripts++
		case atom.Noscript:
			note = note || scriptWords.MatchString(textOf(n)) || n.FirstChild != nil && scriptWords.MatchString(clean(n.FirstChild.Data))
		case atom.Div, atom.Main, atom.Section:
			switch attr(n, "id") {
			case "root", "app", "__next", "__nuxt", "___gatsby", "react-root", "svelte", "ember-app", "main-app":
				root = true
			}
		case atom.P, atom.H1:
			note = note || text < 600 && scriptWords.MatchString(textOf(n))
		}
	}
	return note && text < 1500 || scripts > 0 && root && text < 1000
}

// isLive reports whether the page is a live blog: many posts under one title.
func (f *facts) isLive(blocks []block, kinds []news.BlockKind, base *url.URL) bool {
	if f.live {
		return true
	}
	posts := map[*html.Node]bool{} // elements called live blog posts
	stamps := 0                    // times of day standing by themselves
	for i, b := range blocks {
		if clock.MatchString(b.text) && b.within&(inNav|inComments|inRelated) == 0 {
			stamps++
		}
		if kinds[i] != news.Paragraph {
			continue
		}
		for n, up := b.node, 0; n != nil && up < 4; n, up = n.Parent, up+1 {
			for _, name := range strings.Fields(strings.ToLower(attr(n, "class") + " " + attr(n, "id"))) {
				if strings.Contains(name, "liveblog") || strings.Contains(name, "live-blog") || strings.Contains(name, "live_blog") {
					posts[n] = true
				}
			}
		}
	}
	named := base != nil && livePath.MatchString(base.Path) || liveTitle.MatchString(f.titleTag)
	return len(posts) >= 3 && stamps >= 3 || named && stamps >= 5
}

var (
	consentWords = regexp.MustCompile(`(?i)\b(cookies?|consent|gdpr|dsgvo|your privacy|privacy (settings|choices|policy)|personali[sz]ed (ads|advertising|content)|legitimate interests?|(our|we and our|its) (\d+ )?(third[- ]party )?(partners|vendors)|accept all|reject all|manage (options|preferences|settings)|tracking|einwilligung|zustimm\w*|datenschutz\w*|werbefrei|pur[- ]abo|utiliser des cookies|consentement|consentimiento)\b`)
	consentTitle = regexp.MustCompile(`(?i)(before you continue|consent|cookies?\b|your privacy|privacy settings|zustimmung|datenschutz|einwilligung)`)
	missingTitle = regexp.MustCompile(`(?i)(\b404\b|page (was )?not found|not found|page (no longer|does ?n.t|does not) exist|page (is )?(no longer |un)available|(article|story|page) (has been )?(removed|deleted|expired)|can.?t find (that|the|this) page|nicht gefunden|existiert nicht|page introuvable|página no encontrada|pagina non trovata|niet gevonden|nie znaleziono)`)
	missingWords = regexp.MustCompile(`(?i)((page|article|story|link|content|address|url)[^.]{0,60}(not found|no longer (exists?|available)|does ?n.t exist|does not exist|could ?n.t be found|could not be found|cannot be found|can.t be found|has been (moved|removed|deleted)|may have been (moved|removed|deleted)|is (not|no longer|un)\s?available)|seite[^.]{0,60}(nicht gefunden|nicht (mehr )?vorhanden|existiert nicht))`)
	paywallWords = regexp.MustCompile(`(?i)((subscribe|register|sign up|log in|sign in)[^.]{0,30} to (continue|keep|read|unlock|access)|(to|and) (continue|keep) reading[,:]? (subscribe|sign|log|register|this|with|the)|continue reading (this|with|by)|already (a|have a) subscri\w+|(article|story|content) is (exclusive|only |reserved |available |for )[^.]{0,30}(subscribers|members|premium)|(exclusive|available) (to|for|only to) (our )?(paid |premium )?(subscribers|members)|subscribers? only|only for subscribers|unlock (this|the full) (article|story)|read the full (article|story)|start your free trial|you.ve reached your (limit|free)|free articles? (left|remaining)|weiterlesen mit|mit (\S+ )?abo weiterlesen|(diesen|der) (artikel|beitrag)[^.]{0,40}(abonnent|abo\b|freischalten)|jetzt (testen|freischalten|abonnieren)|sie sind bereits abonnent|article (est )?réservé aux abonnés|il vous reste|contenido exclusivo para suscriptores|exclusivo para assinantes)`)
	scriptWords  = regexp.MustCompile(`(?i)(enable|turn on|activate|requires?|need|without|aktivieren|activer|habilita)[^.]{0,40}java ?script|java ?script[^.]{0,60}(enabled|required|disabled|activated|turned (on|off)|aktivieren|aktiviert|activé|run this app)`)
	clock        = regexp.MustCompile(`(?i)^(\D{0,20}\b)?([01]?\d|2[0-3])[:.h][0-5]\d( ?[ap]\.?m\.?)?( ?(uhr|gmt|bst|utc|[ecmp][sd]?t))?$`)
	livePath     = regexp.MustCompile(`(?i)(^|[/_-])(live|liveblog|live-blog|live-updates?|liveticker|ticker)([/_.-]|$)`)
	liveTitle    = regexp.MustCompile(`(?i)\b(live ?blog|live ?ticker|live updates?|as it happened|[–-] live\b|minute by minute)`)
)
