package archive

import "iter"

// Batches yields what get returns, call after call: get lists some of what has
// an id of from or more, in order, and nothing once there is no more.
func Batches[T any](from int64, get func(from int64) ([]T, error), id func(T) int64) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for {
			list, err := get(from)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			if len(list) == 0 {
				return
			}
			for _, x := range list {
				if !yield(x, nil) {
					return
				}
			}
			from = id(list[len(list)-1]) + 1
		}
	}
}

// Onward yields what get lists, call after call, from something on: get lists
// some of those behind from, or with it, in their order, and nothing once there
// are no more.
func Onward[T any](from T, get func(from T, behind bool) ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		at := from
		for behind := false; ; behind = true {
			list, err := get(at, behind)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			if len(list) == 0 {
				return
			}
			for _, x := range list {
				if !yield(x, nil) {
					return
				}
			}
			at = list[len(list)-1]
		}
	}
}
