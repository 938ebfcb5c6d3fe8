package web

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/intake"
)

// A job is something that was handed in to be read.
type job struct {
	ID      int
	Name    string // the address, or the first words of the text
	Begun   time.Time
	Ended   time.Time // zero while it runs
	Wrong   string    // what went wrong
	Kept    []keptView
	Waiting bool // for others to be done
}

// A keptView is an article that came of a job.
type keptView struct{ Title, Path, Status, Count string }

// mostJobs is how many jobs are remembered, mostWaiting how many run and wait.
const (
	mostJobs    = 50
	mostWaiting = 10
)

// jobs are what was handed in since the server began.
type jobs struct {
	intake *intake.Intake
	room   chan struct{} // one is read at a time, so that it can be said who waits
	lock   sync.Mutex
	list   []*job // the latest first
	last   int
	change chan struct{} // closed when something changes
}

func newJobs(in *intake.Intake) *jobs {
	return &jobs{intake: in, room: make(chan struct{}, 1), change: make(chan struct{})}
}

// errMany says that no more can be handed in now.
var errMany = errors.New("many articles wait to be read: hand this in again when some of them are done")

// add begins a job. It goes on when the request that began it has ended.
func (j *jobs) add(ctx context.Context, name string, in intake.Input) error {
	j.lock.Lock()
	defer j.lock.Unlock()
	running := 0
	for _, x := range j.list {
		if x.Ended.IsZero() {
			running++
		}
	}
	if running >= mostWaiting {
		return errMany
	}
	j.last++
	x := &job{ID: j.last, Name: name, Begun: time.Now(), Waiting: running > 0}
	j.list = slices.Insert(j.list, 0, x)
	j.list = j.list[:min(len(j.list), mostJobs)]
	j.tell()
	go j.run(context.WithoutCancel(ctx), x, in)
	return nil
}

func (j *jobs) run(ctx context.Context, x *job, in intake.Input) {
	j.room <- struct{}{}
	defer func() { <-j.room }()
	j.set(func() { x.Waiting = false })
	kept, err := j.intake.Add(ctx, in)
	j.set(func() {
		x.Ended = time.Now()
		for _, k := range kept {
			v := keptView{Title: titled(k.Doc.Title), Path: "/article/" + k.Doc.ID, Status: outcomes[k.Status]}
			v.Count = plural(len(k.Doc.Statements), "statement", "statements")
			if k.Status == archive.Refused {
				v.Path = ""
			}
			x.Kept = append(x.Kept, v)
			for _, p := range k.Doc.Problems {
				x.Wrong = p.Message
			}
		}
		if err != nil {
			x.Wrong = sentence(err.Error())
		}
	})
}

// outcomes are what became of an article, as a reader is told it.
var outcomes = map[archive.Status]string{
	archive.New: "new", archive.Updated: "a new edition", archive.Reread: "read anew", archive.Present: "there already", archive.Refused: "refused, for it was forgotten",
}

func (j *jobs) set(do func()) {
	j.lock.Lock()
	defer j.lock.Unlock()
	do()
	j.tell()
}

// tell wakes those who watch; the lock must be held.
func (j *jobs) tell() {
	close(j.change)
	j.change = make(chan struct{})
}

// now is all jobs as they are, and a channel that is closed when that changes.
func (j *jobs) now() ([]job, <-chan struct{}) {
	j.lock.Lock()
	defer j.lock.Unlock()
	out := make([]job, len(j.list))
	for i, x := range j.list {
		out[i] = *x
	}
	return out, j.change
}

// state says in a few words how far a job is.
func (x job) state() string {
	switch {
	case x.Waiting:
		return "waits for those before it"
	case x.Ended.IsZero():
		return "is being read"
	case x.Wrong != "":
		return "could not be used"
	}
	return fmt.Sprintf("read in %.1f s", x.Ended.Sub(x.Begun).Seconds())
}
