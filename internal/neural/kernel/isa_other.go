//go:build !amd64 && !arm64

package kernel

// native lists the instruction sets with assembly of their own: none here.
func native() []*isa { return nil }
