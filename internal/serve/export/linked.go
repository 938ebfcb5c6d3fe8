package export

import (
	"cmp"
	"io"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// graph begins JSON-LD of schema.org; its things follow.
func graph(w io.Writer) list {
	return list{w: w, head: `{"@context":"https://schema.org","@graph":[`, foot: "]}"}
}

// An agent is a person or an organisation of schema.org.
type agent struct {
	Type string `json:"@type"`
	ID   string `json:"@id,omitempty"`
	Name string `json:"name"`
}

func agents(v *archive.Version, s *record.Statement) []agent {
	var out []agent
	for _, p := range speakers(v, s) {
		out = append(out, agent{agentType(p.Type), p.ID, p.Name})
	}
	if len(out) == 0 && len(s.Source) > 0 {
		out = append(out, agent{Type: "Person", Name: words(s.Source)})
	}
	return out
}

func agentType(kind string) string {
	if kind == "" || person(kind) {
		return "Person"
	}
	return "Organization"
}

// A newsArticle is an article of schema.org.
type newsArticle struct {
	Type      string  `json:"@type"`
	ID        string  `json:"@id"`
	URL       string  `json:"url,omitempty"`
	Headline  string  `json:"headline"`
	Published string  `json:"datePublished,omitempty"`
	Modified  string  `json:"dateModified,omitempty"`
	Authors   []agent `json:"author,omitempty"`
	Publisher *agent  `json:"publisher,omitempty"`
}

func articleOf(doc *news.Document) newsArticle {
	out := newsArticle{
		Type: "NewsArticle", ID: address(doc), URL: webAddress(doc.URL), Headline: title(doc),
		Published: doc.Published, Modified: doc.Modified,
	}
	for _, name := range doc.Authors {
		out.Authors = append(out.Authors, agent{Type: "Person", Name: name})
	}
	if doc.Outlet != "" {
		out.Publisher = &agent{Type: "Organization", Name: doc.Outlet}
	}
	return out
}

// made is the day on which something was said, where the article tells it, else
// that on which it was printed.
func made(doc *news.Document, s *record.Statement) string {
	if s.When != nil && s.When.Value != "" {
		return s.When.Value
	}
	return doc.Published
}

// keywords are what whosaid calls a statement.
func keywords(s *record.Statement) []string {
	var out []string
	for _, k := range []string{s.Kind, s.Form} {
		if k != "" {
			out = append(out, k)
		}
	}
	return out
}

// quotations writes every statement as https://schema.org/Quotation. What stands
// in quotation marks is its text; what the outlet tells in its own words is its
// abstract.
type quotations struct{ list }

func newQuotations(w io.Writer) (Writer, error) { return &quotations{graph(w)}, nil }

type quotation struct {
	Type     string      `json:"@type"`
	ID       string      `json:"@id"`
	Text     string      `json:"text,omitempty"`
	Abstract string      `json:"abstract,omitempty"`
	Language string      `json:"inLanguage,omitempty"`
	Speakers []agent     `json:"spokenByCharacter,omitempty"`
	Created  string      `json:"dateCreated,omitempty"`
	Keywords []string    `json:"keywords,omitempty"`
	Article  newsArticle `json:"isPartOf"`
}

func (q *quotations) Write(v *archive.Version) error {
	article := articleOf(v.Doc)
	r := record.Encode(v.Doc)
	for i := range r.Statements {
		s := &r.Statements[i]
		out := quotation{
			Type: "Quotation", ID: urn(v.Doc, s.ID), Language: language(v.Doc), Speakers: agents(v, s),
			Keywords: keywords(s), Article: article,
		}
		if s.When != nil {
			out.Created = s.When.Value
		}
		if s.Form == string(news.Indirect) {
			out.Abstract = words(s.Content)
		} else {
			out.Text = words(s.Content)
		}
		if err := q.add(out); err != nil {
			return err
		}
	}
	return nil
}

// claims writes drafts of https://schema.org/ClaimReview: all that the article
// tells of a claim. Who checks it adds address, author and rating. Questions,
// demands, praise and criticism are no claims that can be checked and are left
// out.
type claims struct{ list }

func newClaims(w io.Writer) (Writer, error) { return &claims{graph(w)}, nil }

type claimReview struct {
	Type     string `json:"@type"`
	ID       string `json:"@id"`
	Status   string `json:"creativeWorkStatus"`
	Claimed  string `json:"claimReviewed"`
	Language string `json:"inLanguage,omitempty"`
	Claim    claim  `json:"itemReviewed"`
}

type claim struct {
	Type       string      `json:"@type"`
	Speakers   []agent     `json:"author,omitempty"`
	Made       string      `json:"datePublished,omitempty"`
	Keywords   []string    `json:"keywords,omitempty"`
	Appearance newsArticle `json:"appearance"`
}

func (c *claims) Write(v *archive.Version) error {
	article := articleOf(v.Doc)
	r := record.Encode(v.Doc)
	for i := range r.Statements {
		s := &r.Statements[i]
		if len(s.Content) == 0 || !checkable(cmp.Or(s.Kind, "claim")) {
			continue
		}
		err := c.add(claimReview{
			Type: "ClaimReview", ID: urn(v.Doc, s.ID), Status: "Draft", Claimed: words(s.Content), Language: language(v.Doc),
			Claim: claim{"Claim", agents(v, s), made(v.Doc, s), keywords(s), article},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func checkable(kind string) bool {
	switch kind {
	case "question", "demand", "praise", "criticism":
		return false
	}
	return true
}

// language is that of an article; empty where it could not be told.
func language(doc *news.Document) string {
	if doc.Language == "und" {
		return ""
	}
	return doc.Language
}
