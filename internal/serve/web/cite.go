package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/news"
)

// A citeView is a statement made ready to be quoted.
type citeView struct {
	Title  string // of the article
	Back   string // its page, at the statement
	Text   string // the citation as a sentence
	Link   string // to the very words on the original page; empty where it has no address
	Hash   string // of the page as it was kept
	Direct bool   // the words stand in quotation marks
	Whose  string
}

// cite is the page with a statement's citation.
func (s *site) cite(r *http.Request) (*page, error) {
	a, err := s.find(r)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimPrefix(r.PathValue("statement"), "s"))
	if err != nil || n < 1 || n > len(a.Doc.Statements) {
		return nil, fmt.Errorf("statement %q of this article: %w", r.PathValue("statement"), archive.ErrNotFound)
	}
	hash, err := s.desk.PageHash(r.Context(), a.ID)
	if err != nil {
		return nil, err
	}
	doc, st := a.Doc, &a.Doc.Statements[n-1]
	q := r.URL.Query()
	q.Set("at", statementID(n-1))
	back := string(here(articlePath(&a.Head), q)) + "#" + statementID(n-1)
	v := citeView{Title: titled(doc.Title), Back: back, Hash: hash, Text: citation(doc, st), Direct: st.Form == news.Direct}
	if address := outward(doc.URL); address != "" {
		v.Link = string(address)
		if len(st.Content) > 0 {
			v.Link = textFragment(v.Link, st.Content[0].Text(doc.Text))
		}
	}
	return &page{Title: "Citation: " + v.Title, Body: citePage(v)}, nil
}

// citation is a statement as a sentence that tells where it was printed. What
// the outlet did not put in quotation marks is not put there here either.
func citation(doc *news.Document, s *news.Statement) string {
	var b strings.Builder
	who := cmp.Or(speakerName(doc, s), "(speaker not told)")
	verb := cmp.Or(joined(doc.Text, s.Cue), saying[s.Kind], "said")
	fmt.Fprintf(&b, "%s %s: %s", who, verb, joined(doc.Text, s.Content))
	if s.Form == news.Indirect {
		b.WriteString(" [in the outlet’s words]")
	}
	b.WriteString(" — ")
	var where []string
	for _, x := range []string{doc.Outlet, doc.Title, day(doc.Published)} {
		if x = oneLine(x); x != "" {
			where = append(where, x)
		}
	}
	b.WriteString(strings.Join(where, ", "))
	return b.String()
}

// fragmentWords is how many words at either end a text fragment names.
const fragmentWords = 5

// textFragment is an address that leads a browser to words on the page there.
func textFragment(address, words string) string {
	address, _, _ = strings.Cut(address, "#")
	list := strings.Fields(words)
	if len(list) <= 2*fragmentWords {
		return address + "#:~:text=" + fragment(list)
	}
	return address + "#:~:text=" + fragment(list[:fragmentWords]) + "," + fragment(list[len(list)-fragmentWords:])
}

// textBehind leads to words that may stand several times on a page: to those
// behind the end of before.
func textBehind(address, before, words string) string {
	list := strings.Fields(before)
	if len(list) == 0 {
		return textFragment(address, words)
	}
	to := textFragment("", words)
	return address + strings.Replace(to, "=", "="+fragment(list[max(0, len(list)-fragmentWords):])+"-,", 1)
}

// fragment is words as a text fragment has them, where a hyphen, a comma and an
// ampersand mean something else.
func fragment(words []string) string {
	return strings.NewReplacer("-", "%2D", ",", "%2C", "&", "%26").Replace(url.PathEscape(strings.Join(words, " ")))
}

// short is the beginning of words, for those who hear a page.
func short(words string) string {
	if list := strings.Fields(words); len(list) > 2*fragmentWords {
		return strings.Join(list[:2*fragmentWords], " ") + " …"
	}
	return words
}
