package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"whosaid/internal/engine"
)

// few inputs are done before a bar would be of use.
const few = 4

// logEvery is the time between two lines where there is no bar.
const logEvery = 10 * time.Second

// A meter shows on stderr how far a run has come: by a bar, if that is a
// terminal that nothing else writes to, or else by a line now and then.
type meter struct {
	stderr   io.Writer
	start    time.Time
	last     time.Time // of the last line
	silent   bool
	bars     bool // a bar may be drawn
	progress *mpb.Progress
	bar      *mpb.Bar
	now      atomic.Pointer[engine.Progress] // what the bar's decorators show
}

// newMeter makes a meter; busy says that results go to the same terminal,
// where they are the better sign of progress.
func newMeter(stderr io.Writer, silent, busy bool) *meter {
	onTerminal := isTerminal(stderr)
	now := time.Now()
	return &meter{stderr: stderr, start: now, last: now, silent: silent || onTerminal && busy, bars: onTerminal}
}

// log is where other messages go while a bar may be up.
func (m *meter) log() io.Writer {
	if m.progress != nil {
		return m.progress
	}
	return m.stderr
}

// show tells the meter how far the run has come.
func (m *meter) show(p engine.Progress) {
	if m.silent {
		return
	}
	m.now.Store(&p)
	if m.bars && m.bar == nil && p.Total > few && p.Inputs < p.Total {
		m.draw(p.Total)
	}
	if m.bar != nil {
		m.bar.SetCurrent(int64(p.Inputs))
		return
	}
	if now := time.Now(); now.Sub(m.last) >= logEvery {
		m.last = now
		fmt.Fprintln(m.stderr, "whosaid: "+m.line(p))
	}
}

func (m *meter) draw(total int) {
	m.progress = mpb.New(mpb.WithOutput(m.stderr), mpb.WithRefreshRate(200*time.Millisecond))
	m.bar = m.progress.AddBar(int64(total),
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.CountersNoUnit("%d of %d ")),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return " " + m.pace(*m.now.Load()) })),
	)
}

// line is how far p is, in words.
func (m *meter) line(p engine.Progress) string {
	inputs := fmt.Sprintf("%d inputs", p.Inputs)
	if p.Total > 0 {
		inputs = fmt.Sprintf("%d of %d inputs", p.Inputs, p.Total)
	}
	return fmt.Sprintf("%s, %d articles, %d statements, %d failed; %s", inputs, p.Articles, p.Statements, p.Failed, m.pace(p))
}

// pace is how fast it goes, and how long it will go on.
func (m *meter) pace(p engine.Progress) string {
	taken := time.Since(m.start)
	pace := fmt.Sprintf("%.1f articles a second", float64(p.Articles)/taken.Seconds())
	if p.Inputs > 0 && p.Total > p.Inputs {
		left := time.Duration(float64(taken) / float64(p.Inputs) * float64(p.Total-p.Inputs))
		pace += fmt.Sprintf(", %s left", left.Round(time.Second))
	}
	return pace
}

// close takes the bar away.
func (m *meter) close() {
	if m.bar != nil {
		m.bar.Abort(true)
		m.progress.Wait()
		m.bar, m.progress = nil, nil
	}
}
