package web

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"whosaid/internal/archive"
)

// Text within a paragraph is written here and not in a template, since a
// template may set a space between two elements, and the outlet set none.

// inline is a component that writes what write puts together.
func inline(write func(*strings.Builder)) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		write(&b)
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// attribute writes one, unless it is empty.
func attribute(b *strings.Builder, name, value string) {
	if value != "" {
		b.WriteString(" " + name + `="` + templ.EscapeString(value) + `"`)
	}
}

// runs are the stretches of a block, one behind the other.
func runs(list []run) templ.Component {
	return inline(func(b *strings.Builder) {
		for _, r := range list {
			for _, id := range r.More {
				b.WriteString("<span")
				attribute(b, "id", id)
				b.WriteString("></span>")
			}
			var name string
			switch {
			case r.To != "":
				name = "a"
			case r.Class != "":
				name = "span"
			default:
				b.WriteString(templ.EscapeString(r.Text))
				continue
			}
			b.WriteString("<" + name)
			attribute(b, "id", r.ID)
			attribute(b, "class", r.Class)
			attribute(b, "href", r.To)
			attribute(b, "data-s", r.Marks)
			attribute(b, "title", r.Note)
			b.WriteString(">" + templ.EscapeString(r.Text) + "</" + name + ">")
		}
	})
}

// snippet is the words of a hit, with those that were looked for marked.
func snippet(list []archive.Piece) templ.Component {
	return inline(func(b *strings.Builder) {
		for _, p := range list {
			if p.Marked {
				b.WriteString("<mark>" + templ.EscapeString(p.Text) + "</mark>")
			} else {
				b.WriteString(templ.EscapeString(p.Text))
			}
		}
	})
}
