// Package models embeds the weights and tables that the program runs on.
package models

import _ "embed"

// Vocabulary lists the encoder's word pieces, one a line; a piece's id is its
// line, from 0. It is BERT's uncased vocabulary of 30,522 pieces, as it comes
// with all-MiniLM-L6-v2 (Apache-2.0).
//
//go:embed vocab.txt
var Vocabulary string

// Encoder and Heads are the weights of the attribution model, as safetensors;
// internal/neural/encoder lists their tensors, card.md says how they were made.
var (
	//go:embed encoder.safetensors
	Encoder []byte
	//go:embed heads.safetensors
	Heads []byte
)

// Who is the weights of the heads for names, mentions and who is who
// (internal/neural/heads). Where it is empty they do not run.
//
//go:embed who.safetensors
var Who []byte

// Kinds is the weights of the classifier of kinds of statement
// (internal/annotate/kinds), made by train/kinds.py.
//
//go:embed kinds.safetensors
var Kinds []byte

// Confidence holds the weights of the evidence for a statement
// (internal/annotate/statements), a JSON array, fitted by whosaid eval calibrate.
//
//go:embed confidence.json
var Confidence []byte
