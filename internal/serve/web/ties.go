package web

import (
	"fmt"
	"math"
	"strings"

	"whosaid/internal/desk"
)

// A tieView is a tie of somebody, and what it rests on.
type tieView struct {
	ID       string
	Label    string // what it is
	Name     string // of the other
	Path     string // their page; empty where they have none
	Office   bool   // the other end is an office, and nobody
	Sentence string
	Times    int
	Evidence []evidenceView
}

// newTies are the ties of somebody, as a list has them.
func newTies(name string, ties []desk.Tie) []tieView {
	out := make([]tieView, 0, len(ties))
	for i, t := range ties[:min(len(ties), mostEvidence)] {
		label := strings.ReplaceAll(t.Type, "-", " ")
		v := tieView{
			ID: fmt.Sprintf("tie-%d", i), Label: label, Name: t.Name, Times: t.Times,
			Office: t.Type == "holds-office" && t.Other == 0, Sentence: fmt.Sprintf("%s: %s → %s", label, name, t.Name),
		}
		if !t.From {
			v.Sentence = fmt.Sprintf("%s: %s → %s", label, t.Name, name)
		}
		if t.Other != 0 {
			v.Path = personPath(t.Other)
		}
		for _, e := range t.Evidence {
			v.Evidence = append(v.Evidence, newEvidence(e))
		}
		out = append(out, v)
	}
	return out
}

// A graph is somebody in the middle and around them those they are tied to.
type graph struct {
	Name   string
	Edges  []graphEdge
	Width  string
	Height string
	CX, CY string
}

// A graphEdge is a tie that is drawn; it leads to the tie in the list.
type graphEdge struct {
	tieView
	Short  string // the name, as long as there is room
	X, Y   string // of the other end
	TX, TY string // of the words on the edge
	Anchor string // how its name stands beside the point
	NX     string
}

// Bounds of the drawing: how many ties it has, and how long their names are, in
// letters.
const (
	mostEdges  = 10
	mostLetter = 26
)

// newGraph draws ties, but those to an office, which is a role; it is nil where
// there are none.
func newGraph(name string, ties []tieView) *graph {
	const width, height = 640.0, 320.0
	g := &graph{Name: name, Width: coordinate(width), Height: coordinate(height), CX: coordinate(width / 2), CY: coordinate(height / 2)}
	for _, t := range ties {
		if !t.Office && len(g.Edges) < mostEdges {
			g.Edges = append(g.Edges, graphEdge{tieView: t, Short: t.Name})
		}
	}
	if len(g.Edges) == 0 {
		return nil
	}
	for i := range g.Edges {
		e := &g.Edges[i]
		angle := 2*math.Pi*float64(i)/float64(len(g.Edges)) - math.Pi/2 + math.Pi/float64(2*len(g.Edges))
		x, y := width/2+.22*width*math.Cos(angle), height/2+.4*height*math.Sin(angle)
		e.X, e.Y, e.TX, e.TY = coordinate(x), coordinate(y), coordinate((x+width/2)/2), coordinate((y+height/2)/2)
		e.Anchor, e.NX = "start", coordinate(x+8)
		if x < width/2 {
			e.Anchor, e.NX = "end", coordinate(x-8)
		}
		if letters := []rune(e.Name); len(letters) > mostLetter {
			e.Short = string(letters[:mostLetter-1]) + "…"
		}
	}
	return g
}
