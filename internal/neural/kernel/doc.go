// Package kernel is the arithmetic under the encoder: matrix products in
// float32 and in int8, attention, layer normalisation and GELU.
//
// # Two paths
//
// The f32 path (F32, Attention) promises closeness: every product agrees with
// the plain Go one within 1e-5 times the sum of the absolute products.
//
// The quantised path (Int8, Rows, AttentionInt, and AddNorm, GELU, Softmax and
// Add around them) promises identity: the same bits on every processor, so
// that what whosaid prints does not depend on the machine. Sums of products
// are sums of integers and therefore exact in any order. Everything done in
// float32 is defined operation by operation: multiplication and addition are
// rounded separately (no fused multiply-add), sums of floats run over 32 lanes
// that are folded by halves, the exponential is one polynomial, and rounding
// is half to even. The plain functions in plain.go are the definition; the
// assembly repeats them. Inputs must be finite: with NaN or infinity nothing
// panics, but the result is unspecified.
//
// # Processors
//
// At start the best instruction set is chosen: "avx512vnni", "avx2", "neon" or
// "plain". The environment variable WHOSAID_KERNEL, or Use, chooses another.
//
// # Concurrency
//
// Packed weights (F32, Int8) are read-only after packing and may be shared by
// any number of goroutines. Rows and Scratch hold working memory: one of each
// per worker. All functions may run concurrently on different destinations.
//
// Slices that are too short for the given sizes are a programming error and
// panic before any arithmetic is done.
package kernel
