package page

import "github.com/RadhiFadlillah/whatlanggo"

// languageOf is the language of the article: what the page says, unless its
// text plainly says otherwise (templates are often left at "en"); empty where
// the page does not say.
func languageOf(said, text string) string {
	const enough = 300 // bytes of text to tell a language from
	if said == "" || len(text) < enough {
		return said
	}
	if len(text) > 4000 {
		text = text[:4000]
	}
	info := whatlanggo.Detect(text)
	if tag := info.Lang.Iso6391(); tag != "" && tag != said && info.IsReliable() && info.Confidence > .9 {
		return tag
	}
	return said
}
