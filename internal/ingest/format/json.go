package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

// maxWrapping is how deep articles may lie inside the objects around them
// ({"response": {"docs": […]}}).
const maxWrapping = 5

// wrappers are the keys under which an answer of a news service keeps its
// list of articles, as plainName writes them.
var wrappers = []string{
	"articles", "items", "results", "docs", "documents", "hits", "stories", "news", "records", "entries", "data", "response",
	"value", "rows", "associations", "content", "posts",
}

// inner are the keys under which one article keeps more of its fields.
var inner = []string{"source", "fields", "attributes", "article", "metadata", "meta", "data"}

// readJSON reads one article, a list of them, or an object that holds such a
// list. Several values one after another are read as well.
func readJSON(f *file) {
	text, ok := f.text("application/json", false)
	if !ok {
		return
	}
	text = strings.TrimLeft(text, "\uFEFF \t\r\n")
	dec := json.NewDecoder(strings.NewReader(text))
	j := &jsonArticles{file: f}
	if strings.HasPrefix(text, "[") {
		if _, err := dec.Token(); err != nil {
			f.fail("", "it is not valid JSON: %s", jsonReason(err))
			return
		}
		for dec.More() && !f.stopped {
			j.number++
			var v any
			if err := dec.Decode(&v); err != nil {
				f.fail(fmt.Sprintf("article %d", j.number), "it is not valid JSON from here on: %s", jsonReason(err))
				return
			}
			j.read(v, fmt.Sprintf("article %d", j.number))
		}
		if _, err := dec.Token(); err != nil && !f.stopped {
			f.fail("", "its list of articles is cut short: %s", jsonReason(err))
		}
		return
	}
	for !f.stopped {
		var v any
		err := dec.Decode(&v)
		if err == io.EOF {
			return
		}
		j.number++
		if err != nil {
			f.fail("", "it is not valid JSON: %s", jsonReason(err))
			return
		}
		name := ""
		if j.number > 1 || dec.More() {
			name = fmt.Sprintf("article %d", j.number)
		}
		j.object(v, name)
	}
}

// readJSONL reads one article a line.
func readJSONL(f *file) {
	text, ok := f.text("application/json", false)
	if !ok {
		return
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	j := &jsonArticles{file: f}
	for n := 1; text != "" && !f.stopped; n++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name := fmt.Sprintf("line %d", n)
		var v any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			f.fail(name, "it is not valid JSON: %s", jsonReason(err))
			continue
		}
		j.read(v, name)
	}
}

func jsonReason(err error) string {
	var s *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "it ends too early"
	case errors.As(err, &s):
		return fmt.Sprintf("%s (byte %d)", s, s.Offset)
	}
	return err.Error()
}

// jsonArticles hands the articles of one file over.
type jsonArticles struct {
	*file
	number int
}

// object reads a value at the top: an article, or what holds a list of them.
func (j *jsonArticles) object(v any, name string) {
	list := findList(v, maxWrapping)
	if list == nil {
		j.read(v, name)
		return
	}
	for i, v := range list {
		if !j.read(v, fmt.Sprintf("article %d", i+1)) {
			return
		}
	}
}

// findList finds the list of articles in the objects around it; nil where v is
// an article itself or holds none.
func findList(v any, depth int) []any {
	o, ok := v.(map[string]any)
	if !ok || depth == 0 {
		return nil
	}
	keys := plainKeys(o)
	for _, k := range wrappers {
		switch w := keys[k].(type) {
		case []any:
			if len(w) > 0 {
				if _, ok := w[0].(map[string]any); ok && keys["headline"] == nil && keys["title"] == nil {
					return w
				}
			}
		case map[string]any:
			if list := findList(w, depth-1); list != nil {
				return list
			}
		}
	}
	return nil
}

// read hands over the article that v holds.
func (j *jsonArticles) read(v any, name string) bool {
	o, ok := v.(map[string]any)
	if !ok {
		return j.fail(name, "it is no JSON object with the fields of an article")
	}
	it, err := articleFrom(o, j.opt.Map)
	if err != nil {
		return j.fail(name, "%s", err)
	}
	it.Name = name
	return j.item(it)
}

// articleFrom reads the fields of one object, by the names they go by or, where
// the person named a field, by that name.
func articleFrom(o map[string]any, named map[string]string) (Item, error) {
	for k := range named {
		if aliases[field(k)] == nil {
			return Item{}, fmt.Errorf("--map %s: there is no field %q; the fields are %s", k, k, fieldList())
		}
	}
	keys := reachableKeys(o)
	get := getter(o, keys, named)
	it := metadataFrom(get)
	ninjs(&it, keys)
	if it.empty() {
		it.setBody(paragraphsOf(get(fieldText)), stringOf(get(fieldHTML)))
	}
	if it.empty() {
		names := make([]string, 0, len(o))
		for k := range o {
			names = append(names, k)
		}
		sort.Strings(names)
		return Item{}, fmt.Errorf("no field holds its text; pass --map text=FIELD (its fields are %s)", quotedList(names))
	}
	return it, nil
}

// metadataFrom reads everything but the body.
func metadataFrom(get func(field) any) Item {
	it := Item{
		URL: stringOf(get(fieldURL)), Outlet: oneLine(stringOf(get(fieldOutlet))), Title: oneLine(stringOf(get(fieldTitle))),
		Deck: oneLine(stringOf(get(fieldDeck))), Published: isoFrom(stringOf(get(fieldDate))),
		Modified: isoFrom(stringOf(get(fieldModified))), Language: languageTag(stringOf(get(fieldLanguage))),
		Authors: authorsOf(get(fieldAuthor)),
	}
	if !strings.Contains(it.URL, "://") {
		it.URL = "" // a uri that is only a name
	}
	return it
}

// reachableKeys gives an article's fields by their plain names, those of the
// objects inside it too.
func reachableKeys(o map[string]any) map[string]any {
	keys := plainKeys(o)
	for _, k := range inner {
		if m, ok := keys[k].(map[string]any); ok {
			for k, v := range plainKeys(m) {
				if keys[k] == nil {
					keys[k] = v
				}
			}
		}
	}
	return keys
}

// getter looks fields up.
func getter(o, keys map[string]any, named map[string]string) func(field) any {
	return func(f field) any {
		if name, ok := named[string(f)]; ok {
			return lookUp(o, name)
		}
		for _, alias := range aliases[f] {
			if v := keys[alias]; v != nil && stringOf(v) != "" {
				return v
			}
		}
		return nil
	}
}

// plainKeys gives the values of o by plainName of their keys.
func plainKeys(o map[string]any) map[string]any {
	keys := make(map[string]any, len(o))
	for k, v := range o {
		if p := plainName(k); v != nil && (keys[p] == nil || k < p) {
			keys[p] = v
		}
	}
	return keys
}

// lookUp finds "body" or, through objects, "content.body".
func lookUp(o map[string]any, name string) any {
	if v, ok := o[name]; ok {
		return v
	}
	for {
		first, rest, more := strings.Cut(name, ".")
		v := o[first]
		if !more {
			return v
		}
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		o, name = m, rest
	}
}

// valueKeys are where an object keeps the one string that it stands for.
var valueKeys = []string{"name", "rendered", "value", "text", "main", "title", "literal", "#text", "@value", "display_name", "label", "iso", "code"}

// stringOf reads a string, a number, the first of a list or the name of an
// object.
func stringOf(v any) string {
	return stringDeep(v, 3)
}

func stringDeep(v any, depth int) string {
	if depth == 0 {
		return ""
	}
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strings.TrimSuffix(fmt.Sprintf("%.3f", v), ".000")
	case []any:
		if len(v) > 0 {
			return stringDeep(v[0], depth-1)
		}
	case map[string]any:
		for _, k := range valueKeys {
			if s := stringDeep(v[k], depth-1); s != "" {
				return s
			}
		}
	}
	return ""
}

// paragraphsOf reads text that may come as a list of paragraphs.
func paragraphsOf(v any) string {
	list, ok := v.([]any)
	if !ok {
		if s, ok := v.(string); ok {
			return s
		}
		return stringOf(v)
	}
	paragraphs := make([]string, 0, len(list))
	for _, v := range list {
		if s := stringOf(v); s != "" {
			paragraphs = append(paragraphs, s)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// authorsOf reads a byline, a list of names or a list of people.
func authorsOf(v any) []string {
	list, ok := v.([]any)
	if !ok {
		return namesIn(stringOf(v))
	}
	var names []string
	for _, v := range list {
		for _, n := range namesIn(stringOf(v)) {
			names = appendNew(names, n)
		}
	}
	return names
}

func readNinJS(f *file) { readJSON(f) }

// ninjs takes what only ninjs (IPTC's news in JSON, 1 to 3) has: several bodies
// and headlines, each with its role, and a body marked up as XHTML.
func ninjs(it *Item, keys map[string]any) {
	for _, h := range objects(keys["headlines"]) {
		role, value := plainName(stringOf(h["role"])), oneLine(stringOf(h["value"]))
		switch {
		case value == "":
		case role == "" || role == "main":
			it.Title = value
		case role == "subheadline" || role == "sub" || role == "deck":
			it.Deck = value
		}
	}
	best := ""
	for _, b := range objects(keys["bodies"]) {
		role, kind := plainName(stringOf(b["role"])), strings.ToLower(stringOf(b["contenttype"])+stringOf(b["contentType"]))
		value, _ := b["value"].(string)
		if role != "" && role != "main" && role != "body" || value == "" {
			continue
		}
		if best == "" || strings.Contains(kind, "html") {
			best = value
		}
	}
	for _, k := range []string{"bodyxhtml", "bodyhtml5", "bodytext"} {
		if s, ok := keys[k].(string); best == "" && ok {
			best = s
		}
	}
	switch {
	case strings.TrimSpace(best) == "":
	case markup.MatchString(best):
		it.Blocks = blocksOfHTML(best)
	default:
		it.Text = best
	}
}

// objects gives the objects of a list.
func objects(v any) []map[string]any {
	list, _ := v.([]any)
	var out []map[string]any
	for _, v := range list {
		if o, ok := v.(map[string]any); ok {
			out = append(out, o)
		}
	}
	return out
}

// quotedList writes at most a dozen names, in quotation marks.
func quotedList(names []string) string {
	const most = 12
	var b bytes.Buffer
	for i, n := range names {
		if i == most {
			fmt.Fprintf(&b, " and %d more", len(names)-most)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", n)
	}
	if b.Len() == 0 {
		return "none"
	}
	return b.String()
}
