package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"whosaid/internal/archive/pack"
	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// Fill makes the document of v out of what a store keeps of it: its compressed
// text, its packed findings and, unless they are nil, who its actors are and
// what people decided about it.
func (v *Version) Fill(text, findings, people, amended []byte) error {
	damaged := func(what string, err error) error {
		return fmt.Errorf("version %d (%s): %w: %s: %w", v.ID, v.Info.File, ErrDamaged, what, err)
	}
	raw, err := pack.Decompress(text)
	if err != nil {
		return damaged("its text", err)
	}
	doc := &news.Document{Article: v.Info}
	doc.Text = string(raw)
	if err := pack.Unpack(findings, doc); err != nil {
		return damaged("its findings", err)
	}
	if err := record.Check(doc); err != nil {
		return damaged("its findings", err)
	}
	if v.People, err = pack.UnpackIDs(people); err != nil {
		return damaged("its people", err)
	}
	if v.Amendments, err = unpackAmendments(amended); err != nil {
		return damaged("what was decided about it", err)
	}
	v.Read = doc
	v.Doc, v.Places = Amend(doc, v.Amendments)
	return nil
}

// PackAmendments is amendments as a store keeps them: JSON, nil where there are
// none.
func PackAmendments(list []Amendment) ([]byte, error) {
	if len(list) == 0 {
		return nil, nil
	}
	return json.Marshal(list)
}

func unpackAmendments(data []byte) (list []Amendment, err error) {
	if len(data) == 0 {
		return nil, nil
	}
	return list, json.Unmarshal(data, &list)
}

// AddressKey is the Key of the articles of an address.
func AddressKey(raw string) []byte { return digest("address", Address(raw)) }

// FoldOutlet is what the spellings of an outlet's name have in common.
func FoldOutlet(name string) string { return terms.Fold(name) }

// Verify checks that v is what was kept: its text against the hash of it, and
// what belongs together.
func (v *Version) Verify(textHash []byte) error {
	hash := sha256.Sum256([]byte(v.Doc.Text))
	switch {
	case !bytes.Equal(hash[:keyLength], textHash):
		return errors.New("its text is not the one that was kept")
	case len(v.Read.Statements) != v.Statements:
		return fmt.Errorf("it holds %d statements and should hold %d", len(v.Read.Statements), v.Statements)
	}
	if err := checkAmendments(v.Read, v.Amendments); err != nil {
		return err
	}
	return CheckPeople(v, v.People)
}
