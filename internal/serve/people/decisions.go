package people

import (
	"fmt"
	"io"
	"time"

	"whosaid/internal/desk"
)

// Decisions prints what was decided, two lines each.
func Decisions(w io.Writer, list []desk.Decision, o Options) error {
	p := &printer{w: w, o: o}
	for _, d := range list {
		p.line(bold, 0, fmt.Sprintf("%d  %s: %s", d.ID, d.What, d.About))
		undone := ""
		if d.Undone != nil {
			undone = "undone by " + d.By + ", " + d.Undone.Format(time.DateOnly)
		}
		idle := ""
		if d.Idle {
			idle = "applies to nothing now"
		}
		p.line(faint, 3, joined([]string{d.Who, d.Made.Format(time.DateOnly), d.Why, undone, idle}))
	}
	return p.err
}
