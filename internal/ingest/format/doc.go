// Package format turns the bytes of one file into the articles it holds.
//
// Detect tells a file's Kind, Unpack takes compression off, and Read hands the
// articles over one by one. Every reader is bounded in memory, takes time in
// proportion to its input, and answers malformed input with one sentence that
// names the file and the article.
package format
