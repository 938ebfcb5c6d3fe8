package utterances

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// A form is what is known of a word as it is printed.
type form struct {
	printed   string
	key, stem uint32 // hashes of what fold and stem make of it
	number    bool   // it has a digit
	empty     bool   // nothing is left of it
}

// forms remembers words met lately, by any goroutine: a few thousand make up
// most of what is printed.
var forms [1 << 15]atomic.Pointer[form]

// formOf is what is known of a word.
func formOf(printed string) *form {
	place := &forms[hash(printed)%uint32(len(forms))]
	if known := place.Load(); known != nil && known.printed == printed {
		return known
	}
	bare := fold(printed)
	f := &form{
		printed: strings.Clone(printed), key: hash(bare), stem: hash(stem(bare)),
		number: strings.ContainsAny(bare, "0123456789"), empty: bare == "",
	}
	place.Store(f)
	return f
}

var stemmers = sync.Pool{New: func() any { return snowballstem.NewEnv("") }}

// mostStem is how many letters of a stem count, so that words of one root meet
// ("president", "presidential").
const mostStem = 6

// stem is what the forms of an English word have in common: the first letters of
// its stem by Porter 2.
func stem(bare string) string {
	if len(bare) < 3 {
		return bare
	}
	env := stemmers.Get().(*snowballstem.Env)
	env.SetCurrent(bare)
	english.Stem(env)
	out := first(env.Current(), mostStem)
	stemmers.Put(env)
	return out
}

// first are the first letters of a word, copied.
func first(word string, letters int) string {
	for i := range word {
		if letters--; letters < 0 {
			return strings.Clone(word[:i])
		}
	}
	return strings.Clone(word)
}
