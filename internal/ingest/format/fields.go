package format

import (
	"strings"
	"unicode"
)

// A field is one thing that a column, a JSON key or a line of front matter may
// hold. The names are also the keys of Options.Map.
type field string

const (
	fieldText     field = "text"
	fieldHTML     field = "html"
	fieldTitle    field = "title"
	fieldDeck     field = "deck"
	fieldDate     field = "date"
	fieldModified field = "modified"
	fieldURL      field = "url"
	fieldOutlet   field = "outlet"
	fieldAuthor   field = "author"
	fieldLanguage field = "language"
)

// fieldOrder is the order in which fields choose their column.
var fieldOrder = []field{
	fieldText, fieldHTML, fieldTitle, fieldDeck, fieldDate, fieldModified,
	fieldURL, fieldOutlet, fieldAuthor, fieldLanguage,
}

// aliases are the names that a field goes by, best first, as plainName writes
// them. A summary or a description is no deck: it was written for search
// engines and repeats the text.
var aliases = map[field][]string{
	fieldText: {
		"text", "body", "content", "articlebody", "bodytext", "articletext", "fulltext", "articlecontent", "maintext",
		"maincontent", "textcontent", "plaintext", "cleantext", "rawtext", "newstext", "storytext", "contenttext", "document",
		"article", "story", "paragraphs", "transcript",
	},
	fieldHTML:     {"html", "bodyhtml", "bodyxhtml", "contenthtml", "articlehtml", "rawhtml", "pagehtml", "page"},
	fieldTitle:    {"title", "headline", "webtitle", "headlines", "heading", "articletitle", "newstitle", "head", "hed", "hl1"},
	fieldDeck:     {"deck", "dek", "subtitle", "subheadline", "subheading", "subhead", "standfirst", "trailtext", "alternativeheadline", "hl2"},
	fieldDate:     {"date", "published", "publishedat", "publishdate", "publicationdate", "datepublished", "pubdate", "dateofpublication", "webpublicationdate", "publishedtime", "publishedon", "datepublish", "firstcreated", "versioncreated", "contentcreated", "created", "createdat", "datetime", "timestamp", "time", "day"},
	fieldModified: {"modified", "modifiedat", "datemodified", "lastmodified", "updated", "updatedat", "dateupdated", "contentmodified", "lastupdated"},
	fieldURL:      {"url", "link", "weburl", "canonicalurl", "canonical", "permalink", "articleurl", "sourceurl", "uri", "href"},
	fieldOutlet:   {"outlet", "source", "publication", "publisher", "sourcename", "newspaper", "sitename", "site", "provider", "newssource", "medium", "media", "organisation", "organization", "domain", "copyrightholder"},
	fieldAuthor:   {"author", "authors", "byline", "bylines", "creator", "creators", "writer", "journalist", "by", "reporter"},
	fieldLanguage: {"language", "lang", "inlanguage", "languagecode"},
}

// plainName is a column's name in small letters without anything else.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// guessFields finds for each field the column that goes by one of its names.
func guessFields(columns []string) map[field]string {
	byName := make(map[string]string, len(columns))
	for _, c := range columns {
		if p := plainName(c); p != "" && byName[p] == "" {
			byName[p] = c
		}
	}
	found := map[field]string{}
	for _, f := range fieldOrder {
		for _, alias := range aliases[f] {
			if c, ok := byName[alias]; ok {
				found[f] = c
				delete(byName, alias)
				break
			}
		}
	}
	return found
}

// languages are the English names of languages that news databases write out.
var languages = map[string]string{
	"english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl",
	"arabic": "ar", "persian": "fa", "farsi": "fa", "hebrew": "he", "turkish": "tr", "kurdish": "ku", "urdu": "ur",
	"hindi": "hi", "russian": "ru", "ukrainian": "uk", "polish": "pl", "chinese": "zh", "japanese": "ja", "korean": "ko",
	"swedish": "sv", "norwegian": "no", "danish": "da", "finnish": "fi", "greek": "el", "indonesian": "id",
}

// languageTag gives the BCP 47 tag for a tag or an English name; empty if s is
// neither.
func languageTag(s string) string {
	s = strings.TrimSpace(s)
	low := strings.ToLower(s)
	if tag, ok := languages[low]; ok {
		return tag
	}
	first, rest, _ := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	if len(first) < 2 || len(first) > 3 || strings.ContainsFunc(first, func(r rune) bool { return r > 'z' || !unicode.IsLetter(r) }) {
		return ""
	}
	if rest == "" {
		return strings.ToLower(first)
	}
	return strings.ToLower(first) + "-" + rest
}
