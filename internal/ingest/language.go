package ingest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"

	"whosaid/internal/news"
)

// undetermined is the language of a text too short or too mixed to tell.
const undetermined = "und"

// languageSample is how much of an article is looked at, in bytes.
const languageSample = 4096

// tellLanguage sets the article's language: what its page says, unless the
// words plainly show another, else what the words show. An article that is not
// in English keeps its text and says that it is not read for statements.
func tellLanguage(a *news.Article) {
	said := primary(a.Language)
	found, foreign := languageOf(sample(a))
	switch {
	case found != undetermined:
		a.Language = found
	case said != "" && !(foreign && said == "en"):
		a.Language = said
	default:
		a.Language = undetermined
	}
	in := "in a language other than English"
	switch {
	case a.Language != undetermined:
		in = "in " + languageName(a.Language)
	case !foreign:
		return
	}
	if a.Language != "en" {
		a.Problems = append(a.Problems, news.Problem{
			Code:    news.ProblemLanguage,
			Message: fmt.Sprintf("This article is %s; whosaid reads statements from English only so far. Its text is kept.", in),
		})
	}
}

// primary is the first part of a BCP 47 tag, or nothing: "de" of "de-AT".
func primary(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	tag, _, _ = strings.Cut(tag, "_")
	if len(tag) < 2 || len(tag) > 3 || tag == "mul" || tag == "zxx" {
		return ""
	}
	for _, r := range tag {
		if r < 'a' || r > 'z' {
			return ""
		}
	}
	return tag
}

// sample is the beginning of the article's paragraphs, or of its whole text
// where it has none.
func sample(a *news.Article) string {
	var b strings.Builder
	for _, block := range a.Blocks {
		if block.Kind == news.Paragraph && b.Len() < languageSample {
			b.WriteString(head(block.Text(a.Text), languageSample-b.Len()))
			b.WriteByte(' ')
		}
	}
	if b.Len() == 0 {
		return head(a.Text, languageSample)
	}
	return b.String()
}

// head is the first n bytes of s, or a little less, at the end of a character.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// englishWords are words that make up about a third of any English text, and
// that hardly another language has.
var englishWords = map[string]bool{
	"the": true, "of": true, "and": true, "to": true, "that": true, "is": true, "was": true, "for": true, "it": true,
	"with": true, "he": true, "his": true, "on": true, "be": true, "at": true, "by": true, "had": true, "not": true, "are": true,
	"but": true, "from": true, "have": true, "they": true, "which": true, "said": true, "who": true, "their": true, "has": true,
	"this": true, "will": true, "would": true, "been": true, "we": true, "you": true, "she": true, "her": true, "as": true,
}

// The least confidence that is believed of whatlanggo, for text in another
// script than Latin. There it only has to tell Russian from Bulgarian; English
// it cannot be.
const confident = 0.2

// languageOf tells the language of text, or that it cannot be told, and whether
// it is surely not English. English is known by its commonest words, another
// language by its script and by whatlanggo's trigrams, and only where there is
// enough of it: it must never hide an English article.
func languageOf(text string) (code string, foreign bool) {
	words, english, letters, latin := 0, 0, 0, 0
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		words++
		letters += utf8.RuneCountInString(w)
		if first, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Latin, first) {
			latin += utf8.RuneCountInString(w)
		}
		if englishWords[strings.ToLower(w)] {
			english++
		}
	}
	if words >= 5 && english*100 >= words*15 {
		return "en", false
	}
	script := latin*3 < letters // at least two thirds in another script
	info := whatlanggo.Detect(text)
	switch {
	case info.Lang < 0:
		return undetermined, script && letters >= 40
	case script:
		if letters < 40 {
			return undetermined, false
		}
		if info.Script == unicode.Latin || info.Confidence < confident {
			return undetermined, true
		}
	case !info.IsReliable(), letters < 200:
		return undetermined, false
	}
	if code = info.Lang.Iso6391(); code == "" {
		code = info.Lang.Iso6393()
	}
	if code == "en" && english*100 < words*5 || code != "en" && english*100 >= words*8 {
		return undetermined, false
	}
	return code, code != "en"
}

// languageName is the English name of a language, or its tag.
func languageName(tag string) string {
	for lang, name := range whatlanggo.Langs {
		if lang.Iso6391() == tag || lang.Iso6393() == tag {
			return name
		}
	}
	return "the language “" + tag + "”"
}
