package desk

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"whosaid/internal/archive/terms"
	"whosaid/internal/relate/people"
)

// rosterColumns are the columns of a roster.
var rosterColumns = []string{"name", "type", "aliases", "offices", "wikidata"}

// ImportRoster reads a roster: a table with a head, whose columns are name,
// type (person if empty), aliases and offices, separated by |, and wikidata. An
// office may have its days in brackets: mayor of Kelmere (2019-05/2023). Who has
// the same Wikidata id or the same name and no other id is there already, and
// gets what is new.
func (d *Desk) ImportRoster(ctx context.Context, r io.Reader) (added, known int, err error) {
	rows, err := readRoster(r)
	if err != nil {
		return 0, 0, err
	}
	w := &d.who
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.load(ctx, d.store); err != nil {
		return 0, 0, err
	}
	if err := w.reserve(ctx, d.store, len(rows)); err != nil {
		return 0, 0, err
	}
	var ids []int64
	for _, row := range rows {
		id := w.listed(row)
		if id == 0 {
			id = w.next
			w.next++
			w.data[id] = &data{Who: &people.Person{ID: id, Type: row.kind, Names: map[string]int{}, Roles: map[string]int{}, Company: map[string]int{}}}
			added++
		} else {
			known++
		}
		x := w.data[id]
		x.Wikidata, x.Who.Roster, x.Who.Shown = row.wikidata, true, row.name
		for _, name := range append([]string{row.name}, row.aliases...) {
			if _, ok := x.Who.Names[name]; !ok {
				x.Who.Names[name] = 0
			}
		}
		for _, o := range row.offices {
			if !slices.Contains(x.Offices, o) {
				x.Offices = append(x.Offices, o)
			}
		}
		people.Learn(x.Who, titles(row.offices))
		w.joiner.Add(x.Who)
		ids = append(ids, id)
	}
	if err := d.put(ctx, ids); err != nil {
		w.forget()
		return 0, 0, err
	}
	return added, known, nil
}

func titles(offices []Office) []string {
	var out []string
	for _, o := range offices {
		out = append(out, o.Title)
	}
	return out
}

// A rosterRow is a row of a roster.
type rosterRow struct {
	name, kind, wikidata string
	aliases              []string
	offices              []Office
}

// listed is the person that a row is about; 0 if there is none.
func (w *who) listed(row rosterRow) int64 {
	var named []int64
	for id, x := range w.data {
		if x.Who == nil || x.Who.Type != row.kind {
			continue
		}
		if row.wikidata != "" && x.Wikidata == row.wikidata {
			return id
		}
		if x.Wikidata != "" && row.wikidata != "" {
			continue
		}
		for name := range x.Who.Names {
			if terms.Fold(name) == terms.Fold(row.name) {
				named = append(named, id)
				break
			}
		}
	}
	if len(named) == 1 {
		return named[0]
	}
	return 0
}

func readRoster(r io.Reader) ([]rosterRow, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if err != nil {
		return nil, errors.New("it is empty: the first line names the columns: " + strings.Join(rosterColumns, ", "))
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.Trim(name, "\ufeff "))] = i
	}
	if _, ok := at["name"]; !ok {
		return nil, errors.New("it has no column called name: the first line names the columns: " + strings.Join(rosterColumns, ", "))
	}
	var out []rosterRow
	for {
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		get := func(column string) string {
			i, ok := at[column]
			if !ok || i >= len(fields) {
				return ""
			}
			return oneSpace(strings.ToValidUTF8(fields[i], "\uFFFD"))
		}
		row := rosterRow{name: get("name"), kind: get("type"), wikidata: get("wikidata")}
		line, _ := in.FieldPos(0)
		if terms.Fold(row.name) == "" {
			return nil, fmt.Errorf("line %d: there is no name in it", line)
		}
		switch row.kind {
		case "":
			row.kind = "person"
		case "person", "organisation", "place":
		default:
			return nil, fmt.Errorf("line %d: there is no type %q: write person, organisation or place", line, row.kind)
		}
		for alias := range strings.SplitSeq(get("aliases"), "|") {
			if alias = strings.TrimSpace(alias); terms.Fold(alias) != "" {
				row.aliases = append(row.aliases, alias)
			}
		}
		for text := range strings.SplitSeq(get("offices"), "|") {
			if o := officeOf(text); o.Title != "" {
				row.offices = append(row.offices, o)
			}
		}
		out = append(out, row)
	}
}

// officeOf reads an office with its days.
func officeOf(text string) Office {
	text = strings.TrimSpace(text)
	open := strings.LastIndexByte(text, '(')
	from, to, ok := "", "", false
	if open >= 0 && strings.HasSuffix(text, ")") {
		from, to, ok = strings.Cut(text[open+1:len(text)-1], "/")
	}
	if !ok {
		return Office{Title: text}
	}
	return Office{Title: strings.TrimSpace(text[:open]), From: strings.TrimSpace(from), To: strings.TrimSpace(to)}
}

// ExportRoster writes a roster: those whom one has brought, or everybody.
func (d *Desk) ExportRoster(ctx context.Context, w io.Writer, all bool) error {
	out := csv.NewWriter(w)
	if err := out.Write(rosterColumns); err != nil {
		return err
	}
	for p, err := range d.store.AllPeople(ctx) {
		if err != nil {
			return err
		}
		x, err := dataOf(p)
		if err != nil {
			return err
		}
		if !all && (x.Who == nil || !x.Who.Roster) {
			continue
		}
		var aliases, offices []string
		for _, n := range p.Names {
			if n != p.Name {
				aliases = append(aliases, n)
			}
		}
		for _, o := range x.Offices {
			text := o.Title
			if o.From != "" || o.To != "" {
				text += " (" + o.From + "/" + o.To + ")"
			}
			offices = append(offices, text)
		}
		if err := out.Write([]string{p.Name, p.Type, strings.Join(aliases, "|"), strings.Join(offices, "|"), x.Wikidata}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
