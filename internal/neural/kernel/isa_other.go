//go:build !amd64 && !arm64

package kernel

// usesRuns tells whether packed weights hold what runTile needs.
const usesRuns = false

// native lists the instruction sets with assembly of their own: none here.
func native() []*isa { return nil }
