package utterances

import _ "embed"

// frequency.bin says how rare words are in running text: a byte for each hash
// of a form, in eighths of a bit below the commonest word. Made by
// train/utterances.py.
//
//go:embed frequency.bin
var frequency string

// weight is how much a word tells, in bits, about: 0 for the commonest.
func weight(key uint32) float32 {
	return float32(frequency[key%uint32(len(frequency))]) / 8
}
