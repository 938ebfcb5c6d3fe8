package utterances

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// stems remembers the stems of words met lately, by any goroutine: a few
// thousand words make up most of what is said.
var stems [1 << 14]atomic.Pointer[stemmed]

type stemmed struct{ form, stem string }

var stemmers = sync.Pool{New: func() any { return snowballstem.NewEnv("") }}

// stem is what the forms of an English word have in common (Porter 2).
func stem(form string) string {
	if len(form) < 3 {
		return form
	}
	place := &stems[hash(form)%uint32(len(stems))]
	if known := place.Load(); known != nil && known.form == form {
		return known.stem
	}
	env := stemmers.Get().(*snowballstem.Env)
	env.SetCurrent(form)
	english.Stem(env)
	out := strings.Clone(env.Current())
	stemmers.Put(env)
	place.Store(&stemmed{strings.Clone(form), out})
	return out
}
