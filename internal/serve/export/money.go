package export

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// entities writes FollowTheMoney entities (https://followthemoney.tech), one a
// line: an Article, those who speak in it or are tied to somebody, a Note for
// each statement, which the article proves, and an UnknownLink for each tie.
// One who speaks in many articles comes again in each, under one id where it is
// known who that is; `ftm aggregate` makes one entity of these.
type entities struct{ out *json.Encoder }

func newEntities(w io.Writer) (Writer, error) {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return entities{out}, nil
}

func (entities) Close() error { return nil }

type entity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// set gives a property values, those that say something, each once.
func (e entity) set(name string, values ...string) {
	for _, v := range values {
		if v != "" && !slices.Contains(e.Properties[name], v) {
			e.Properties[name] = append(e.Properties[name], v)
		}
	}
}

func newEntity(schema, id string) entity {
	return entity{"whosaid-" + strings.NewReplacer("urn:whosaid:", "", ":", "-").Replace(id), schema, map[string][]string{}}
}

// languages are the codes of ISO 639-2 that FollowTheMoney wants, by those that
// articles have.
var languages = map[string]string{
	"en": "eng", "ar": "ara", "fa": "fas", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "ru": "rus",
	"tr": "tur", "pt": "por", "nl": "nld", "zh": "zho", "ja": "jpn", "ku": "kur", "he": "heb", "uk": "ukr",
}

func (e entities) Write(v *archive.Version) error {
	doc := v.Doc
	r := record.Encode(doc)
	article := newEntity("Article", urn(doc))
	article.set("title", title(doc))
	article.set("bodyText", doc.Text)
	article.set("author", doc.Authors...)
	article.set("publisher", doc.Outlet)
	article.set("publishedAt", inUTC(doc.Published))
	article.set("sourceUrl", webAddress(doc.URL))
	article.set("language", languages[doc.Language])
	people := e.people(v, &r, article)
	out := append([]entity{article}, people...)
	for i := range r.Statements {
		out = append(out, note(v, &r.Statements[i], article))
	}
	for i := range r.Relations {
		if tie, ok := link(v, &r.Relations[i], i); ok {
			out = append(out, tie)
		}
	}
	for _, x := range out {
		if err := e.out.Encode(x); err != nil {
			return err
		}
	}
	return nil
}

// people are the entities of those who speak or are tied to somebody; all whom
// the article names are names mentioned in it.
func (entities) people(v *archive.Version, r *record.Record, article entity) []entity {
	acting := map[string]bool{}
	for _, s := range r.Statements {
		for _, p := range s.Speakers {
			acting[p.Actor] = true
		}
	}
	for _, t := range r.Relations {
		acting[t.From], acting[t.To] = true, true
	}
	var out []entity
	for i, a := range r.Actors {
		who := actor(v, i)
		if who.Name == "" {
			continue
		}
		if a.Named {
			article.set(map[bool]string{true: "peopleMentioned", false: "companiesMentioned"}[person(a.Type)], who.Name)
		}
		if !acting[a.ID] {
			continue
		}
		x := newEntity(schemaOf(a.Type), who.ID)
		x.set("name", who.Name)
		for _, m := range a.Mentions {
			if m.Form == "name" && oneLine(m.Text) != who.Name {
				x.set("alias", oneLine(m.Text))
			}
		}
		if x.Schema == "Person" {
			for _, d := range a.Descriptions {
				if d.Kind == "role" {
					x.set("position", oneLine(d.Text))
				}
			}
		}
		x.set("proof", article.ID)
		out = append(out, x)
	}
	return out
}

// inUTC is a date as FollowTheMoney has it: a time is one of UTC, and does not
// say so.
func inUTC(iso string) string {
	if t, err := time.Parse(time.RFC3339, iso); err == nil {
		return t.UTC().Format("2006-01-02T15:04:05")
	}
	return iso
}

func schemaOf(kind string) string {
	switch kind {
	case "person", "role":
		return "Person"
	case "organisation":
		return "Organization"
	}
	return "LegalEntity"
}

// note is the entity of a statement.
func note(v *archive.Version, s *record.Statement, article entity) entity {
	out := newEntity("Note", urn(v.Doc, s.ID))
	who := ""
	for _, p := range s.Speakers {
		if i := slices.IndexFunc(v.Doc.Actors, func(a news.Actor) bool { return a.ID == p.Actor }); i >= 0 {
			out.set("entity", newEntity("", actor(v, i).ID).ID)
		}
		if who == "" {
			who = p.Name
		}
	}
	if who == "" {
		who = words(s.Source)
	}
	out.set("name", strings.TrimSpace(oneLine(who)+" "+words(s.Cue)))
	out.set("description", words(s.Content))
	out.set("keywords", keywords(s)...)
	out.set("proof", article.ID)
	out.set("publisher", v.Doc.Outlet)
	out.set("sourceUrl", webAddress(v.Doc.URL))
	return out
}

// link is the entity of a tie between two actors of the article.
func link(v *archive.Version, t *record.Relation, i int) (entity, bool) {
	ends := [2]string{}
	for k, id := range []string{t.From, t.To} {
		at := slices.IndexFunc(v.Doc.Actors, func(a news.Actor) bool { return a.ID == id })
		if at < 0 || v.Doc.Actors[at].Name == "" {
			return entity{}, false
		}
		ends[k] = newEntity("", actor(v, at).ID).ID
	}
	out := newEntity("UnknownLink", urn(v.Doc, "tie", strconv.Itoa(i+1)))
	out.set("subject", ends[0])
	out.set("object", ends[1])
	out.set("role", t.Type)
	out.set("summary", oneLine(t.Evidence.Text))
	out.set("sourceUrl", webAddress(v.Doc.URL))
	return out, true
}
