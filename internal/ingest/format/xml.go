package format

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// Bounds on XML: how deep elements may lie in each other, and how many there
// may be in a file that is read as a tree.
const (
	maxDepth = 1000
	maxNodes = 500_000
)

var (
	errTooDeep = fmt.Errorf("its elements lie more than %d deep in each other", maxDepth)
	errTooMany = fmt.Errorf("it has more than %d elements", maxNodes)
)

// newXMLDecoder reads XML as forgivingly as can be. Only the entities of HTML
// are known; none that a document declares is expanded.
func newXMLDecoder(r io.Reader) *xml.Decoder {
	x := xml.NewDecoder(r)
	x.Strict = false
	x.Entity = xml.HTMLEntity
	x.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		enc, err := htmlindex.Get(charset)
		if err != nil {
			return nil, fmt.Errorf("its charset %q is not known", charset)
		}
		return enc.NewDecoder().Reader(r), nil
	}
	return x
}

// A node is an element or, without a name, a piece of text. A nil node is an
// element that is not there: it has no text, attributes or children.
type node struct {
	name     string // local
	data     string // of a piece of text
	attrs    []xml.Attr
	children []*node
}

// readTree reads a whole document. It gives what it read before an error as
// well, if there is a root.
func readTree(x *xml.Decoder) (*node, error) {
	top := &node{name: "#document"}
	stack := []*node{top}
	for n := 0; ; n++ {
		tok, err := x.Token()
		if errors.Is(err, io.EOF) {
			if len(top.children) == 0 {
				return nil, errors.New("it holds no element")
			}
			return top, nil
		}
		if err == nil && n > maxNodes {
			err = errTooMany
		}
		if err != nil {
			return top, err
		}
		last := stack[len(stack)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			if len(stack) > maxDepth {
				return top, errTooDeep
			}
			child := &node{name: t.Name.Local, attrs: t.Copy().Attr}
			last.children = append(last.children, child)
			stack = append(stack, child)
		case xml.EndElement:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case xml.CharData:
			if len(stack) > 1 {
				last.children = append(last.children, &node{data: string(t)})
			}
		}
	}
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	return attr(xml.StartElement{Attr: n.attrs}, name)
}

// find is the first element below n, at any depth, that goes by name.
func (n *node) find(name string) *node {
	var found *node
	n.walk(func(c *node) bool {
		if found == nil && strings.EqualFold(c.name, name) {
			found = c
		}
		return found == nil
	})
	return found
}

// all are the elements below n that go by name, those inside another left out.
func (n *node) all(name string) []*node {
	var found []*node
	n.walk(func(c *node) bool {
		if strings.EqualFold(c.name, name) {
			found = append(found, c)
			return false
		}
		return true
	})
	return found
}

// walk shows every element below n, in order. It goes into those for which into
// gives true.
func (n *node) walk(into func(*node) bool) {
	if n == nil {
		return
	}
	for _, c := range n.children {
		if c.name != "" && into(c) {
			c.walk(into)
		}
	}
}

// text is all text below n.
func (n *node) text() string {
	var b strings.Builder
	n.writeText(&b)
	return b.String()
}

func (n *node) writeText(b *strings.Builder) {
	if n == nil {
		return
	}
	b.WriteString(n.data)
	for _, c := range n.children {
		c.writeText(b)
	}
}
