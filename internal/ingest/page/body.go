package page

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

// Bounds of what is handed to the extraction libraries, some of whose steps
// take the square of the page's size. A page beyond them is read by its blocks
// alone.
const (
	maxElements = 30_000
	maxText     = 1 << 20 // bytes between tags
	maxCopying  = 1 << 30 // paragraphs times their text: bytes copied in one such step
)

// library is the body that go-trafilatura finds: its words, without what marks
// them up. It fails on pages beyond the bounds and where the library does.
func library(doc *html.Node, base *url.URL) (text string, node *html.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the extraction library failed on the page: %v", r)
		}
	}()
	elements, size, paragraphs := 0, 0, 0
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style":
			size += len(n.Data)
		case n.Type == html.ElementNode:
			elements++
			if n.Data == "p" {
				paragraphs++
			}
		}
	}
	if elements > maxElements || size > maxText || paragraphs*size > maxCopying {
		return "", nil, fmt.Errorf("the page holds %d elements and %d bytes of text, too many for the extraction library", elements, size)
	}
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL:      base,
		EnableFallback:   true,
		ExcludeComments:  true,
		HtmlDateOverride: &htmldate.Result{}, // dates are read elsewhere
	})
	if err != nil {
		return "", nil, err
	}
	return res.ContentText, res.ContentNode, nil
}

// place of a block in the library's text.
type match struct{ start, end int }

// align finds the blocks whose words the library took, in order: found[i] is
// where the words of blocks[i] lie in text, or zero. Long blocks are found
// first; a short one ("Yes.") only counts between its neighbours.
func align(blocks []block, text string) (found []match, share float64) {
	const long = 24
	body := fold(text)
	found = make([]match, len(blocks))
	cursor, covered := 0, 0
	for i, b := range blocks {
		if len(b.fold) < long {
			continue
		}
		at := strings.Index(body[cursor:], b.fold)
		if at >= 0 {
			found[i] = match{cursor + at, cursor + at + len(b.fold)}
			cursor = found[i].end
			covered += len(b.fold)
			continue
		}
		// Words were left out of its middle, or it is out of order.
		if at = strings.Index(body, b.fold); at >= 0 {
			found[i] = match{at, at + len(b.fold)}
			covered += len(b.fold)
			continue
		}
		if m, ok := partly(body, cursor, b.fold); ok {
			found[i] = m
			cursor = m.end
			covered += m.end - m.start
		}
	}
	// Short ones.
	prev := 0
	for i := range blocks {
		if found[i].end > 0 {
			prev = max(prev, found[i].end)
			continue
		}
		if len(blocks[i].fold) >= long || blocks[i].fold == "" {
			continue
		}
		next := len(body)
		for j := i + 1; j < len(blocks) && j < i+200; j++ {
			if found[j].end > 0 && found[j].start >= prev {
				next = found[j].start
				break
			}
		}
		if next-prev > 4000 {
			next = prev + 4000
		}
		if at := strings.Index(body[prev:next], blocks[i].fold); at >= 0 {
			found[i] = match{prev + at, prev + at + len(blocks[i].fold)}
			prev = found[i].end
			covered += len(blocks[i].fold)
		}
	}
	if len(body) == 0 {
		return found, 0
	}
	return found, float64(covered) / float64(len(body))
}

// partly finds a block of which the library left out some words.
func partly(body string, cursor int, f string) (match, bool) {
	const size = 24
	first, last, hits, n := -1, 0, 0, 0
	at := cursor
	for i := 0; i+size <= len(f); i += size {
		n++
		k := strings.Index(body[at:min(len(body), at+20_000)], f[i:i+size])
		if k < 0 {
			continue
		}
		if first >= 0 && k > 400 { // elsewhere in the text
			continue
		}
		hits++
		if first < 0 {
			first = at + k
		}
		at += k + size
		last = at
	}
	return match{first, last}, n > 1 && float64(hits) >= 0.6*float64(n)
}

// densest takes the blocks under the element that holds the most running text,
// for pages that the library cannot be given.
func densest(blocks []block) []match {
	weight := map[*html.Node]int{}
	var best *html.Node
	for _, b := range blocks {
		if b.within&unlikely != 0 || !prose(b) || len(b.text) < 80 {
			continue
		}
		share := len(b.text)
		for n, up := b.node.Parent, 0; n != nil && up < 3; n, up = n.Parent, up+1 {
			if weight[n] += share; best == nil || weight[n] > weight[best] {
				best = n
			}
			share = share * 2 / 3
		}
	}
	found := make([]match, len(blocks))
	if best == nil {
		return found
	}
	for i, b := range blocks {
		if b.within&unlikely != 0 || b.links*2 > len(b.text) {
			continue
		}
		for n, up := b.node, 0; n != nil && up < maxDepth; n, up = n.Parent, up+1 {
			if n == best {
				found[i] = match{0, 1}
				break
			}
		}
	}
	return found
}
