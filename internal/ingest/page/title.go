package page

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// title is the page's headline and the block that prints it (-1 if none
// does). The printed one is preferred to what meta elements say, which is
// often shortened or made for search engines.
func (f *facts) title(blocks []block) (string, int) {
	said := []string{
		str(f.article["headline"]), f.first("og:title"), f.first("twitter:title", "parsely-title", "sailthru.title", "citation_title", "dc.title", "dcterms.title", "headline"),
		withoutSite(f.titleTag), f.titleTag,
	}
	best, at := 0.0, -1
	h1s, lastH1 := 0, -1
	for i, b := range blocks {
		if !headingTags[b.tag] && !hasWord(b.node, "headline", "title", "titel", "titulo", "titre") || len(b.fold) < 3 || len(b.text) > 400 {
			continue
		}
		if b.within&(inHidden|inComments) != 0 {
			continue
		}
		score := 0.0
		for k, s := range said {
			if s != "" {
				score = max(score, overlap(b.fold, fold(s))-.01*float64(k))
			}
		}
		if b.tag == atom.H1 {
			score += .25
			h1s++
			lastH1 = i
		}
		if b.within&(inNav|inAside|inRelated) != 0 {
			score -= .5
		}
		if hasWord(b.node, "visuallyhidden", "sr", "screenreader", "screen", "invisible") {
			score -= .5
		}
		if score > best+.01 {
			best, at = score, i
		}
	}
	if best >= .6 {
		return oneLine(blocks[at].text), at
	}
	if h1s == 1 && !strings.EqualFold(blocks[lastH1].text, f.first("og:site_name")) && len(blocks[lastH1].text) > 12 {
		return oneLine(blocks[lastH1].text), lastH1
	}
	for _, s := range said {
		if s != "" {
			return withoutSite(s), -1
		}
	}
	return "", -1
}

// overlap is how much of the longer text the shorter one is, if it is part of
// it: 1 for equal ones.
func overlap(a, b string) float64 {
	if a == b {
		return 1
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 || !strings.Contains(b, a) {
		// The same words up to a change at the end or the beginning.
		n := 0
		for n < len(a) && a[n] == b[n] {
			n++
		}
		if n >= 20 {
			return float64(n) / float64(len(b))
		}
		return 0
	}
	if len(a) >= 12 {
		return .5 + .5*float64(len(a))/float64(len(b))
	}
	return float64(len(a)) / float64(len(b))
}

// withoutSite drops the site's name from the end of a page's title: "Bridge
// closed - The Tarnow Courier".
func withoutSite(s string) string {
	for _, sep := range []string{" | ", " – ", " — ", " - ", " • ", " · ", " » ", " :: "} {
		if i := strings.LastIndex(s, sep); i > 15 && len(s)-i < 50 {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
