package kinds

import (
	"slices"
	"strings"
)

// forms are the words of a lexicon by their forms: a form -> the words that it
// may be a form of.
type forms map[string][]string

func (f forms) add(form, word string) {
	if !slices.Contains(f[form], word) {
		f[form] = append(f[form], word)
	}
}

// regular adds the forms of a word that the rules of English give.
func (f forms) regular(word string) {
	for _, form := range inflected(word) {
		f.add(form, word)
	}
}

// irregular adds a list of forms, the word itself first.
func (f forms) irregular(list string) {
	words := strings.Fields(list)
	for _, form := range words {
		f.add(form, words[0])
	}
}

// inflected lists what may be forms of w by the rules of English; some that are
// no words are among them and do no harm.
func inflected(w string) []string {
	n := len(w)
	forms := []string{w, w + "s", w + "es", w + "ed", w + "ing"}
	switch last := w[n-1]; {
	case last == 'e':
		forms = append(forms, w+"d", w[:n-1]+"ing")
	case last == 'y':
		forms = append(forms, w[:n-1]+"ies", w[:n-1]+"ied")
	case !strings.ContainsRune("aiouwxs", rune(last)):
		forms = append(forms, w+string(last)+"ed", w+string(last)+"ing")
	}
	return forms
}
