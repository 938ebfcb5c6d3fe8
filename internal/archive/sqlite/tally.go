package sqlite

import (
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// FTS5 ranks by a function of its own, bm25, which reads every list of words
// that a query has to its end, however few hits are asked for, and looks up how
// long each hit is. So there is another here, tally, that only counts; package
// archive makes a rank of it. The functions that FTS5 has for this purpose
// (https://sqlite.org/fts5.html#custom_auxiliary_functions) are for C, and the
// driver hands out no connection of C's: an extension that SQLite runs for each
// new one gets it.

// talliedPhrases is how many phrases of a query tally counts, and tallyBits how
// many bits of its result each has, the first the lowest.
const (
	talliedPhrases = 12
	tallyBits      = 5
)

// tallied is how often a phrase occurs by the result of tally: at most 31 times.
func tallied(tally int64, phrase int) int {
	return int(tally >> (tallyBits * phrase) & (1<<tallyBits - 1))
}

func init() {
	tls := libc.NewTLS()
	defer tls.Close()
	sqlite3.Xsqlite3_auto_extension(tls, address0(addTally))
}

// The texts that C reads; they stay where they are.
var askAPI, pointerType, tallyName = cString("SELECT fts5(?1)"), cString("fts5_api_ptr"), cString("tally")

// addTally makes tally known to a connection.
func addTally(tls *libc.TLS, db, _, _ uintptr) int32 {
	at := tls.Alloc(16) // the statement, and FTS5's functions
	defer tls.Free(16)
	statement, api := in[uintptr](at), in[uintptr](at+8)
	*statement, *api = 0, 0
	if rc := sqlite3.Xsqlite3_prepare_v2(tls, db, askAPI, -1, at, 0); rc != sqlite3.SQLITE_OK {
		return rc
	}
	sqlite3.Xsqlite3_bind_pointer(tls, *statement, 1, at+8, pointerType, 0)
	sqlite3.Xsqlite3_step(tls, *statement)
	if rc := sqlite3.Xsqlite3_finalize(tls, *statement); rc != sqlite3.SQLITE_OK || *api == 0 {
		return rc
	}
	create := function[func(tls *libc.TLS, api, name, data, do, destroy uintptr) int32](in[sqlite3.Tfts5_api](*api).FxCreateFunction)
	return create(tls, *api, tallyName, 0, address0(tally), 0)
}

// tally counts for each phrase of the query how often the row has it, in the
// columns in which it is looked for.
func tally(tls *libc.TLS, functions, row, result uintptr, _ int32, _ uintptr) {
	api := in[sqlite3.TFts5ExtensionApi](functions)
	count := function[func(*libc.TLS, uintptr) int32](api.FxPhraseCount)
	first := function[func(tls *libc.TLS, row uintptr, phrase int32, iterator, column, offset uintptr) int32](api.FxPhraseFirst)
	next := function[func(tls *libc.TLS, row, iterator, column, offset uintptr)](api.FxPhraseNext)
	at := tls.Alloc(32) // an iterator, a column and an offset
	defer tls.Free(32)
	column := in[int32](at + 16)
	var out int64
	for phrase := range min(int(count(tls, row)), talliedPhrases) {
		if rc := first(tls, row, int32(phrase), at, at+16, at+24); rc != sqlite3.SQLITE_OK {
			sqlite3.Xsqlite3_result_error_code(tls, result, rc)
			return
		}
		n := int64(0)
		for *column >= 0 && n < 1<<tallyBits-1 {
			n++
			next(tls, row, at, at+16, at+24)
		}
		out |= n << (tallyBits * phrase)
	}
	sqlite3.Xsqlite3_result_int64(tls, result, out)
}

// in is what lies at an address of C's memory.
func in[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// function is the function that C has at an address, and address0 that of a
// declared function, as the driver's translation of C to Go has them.
func function[T any](address uintptr) T { return *(*T)(unsafe.Pointer(&struct{ uintptr }{address})) }

func address0[T any](f T) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

func cString(s string) uintptr {
	p, err := libc.CString(s)
	if err != nil {
		panic(err) // there is no memory to start with
	}
	return p
}
