//go:build unix

package people

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

// generatedArticles are articles that nobody wrote.
func generatedArticles(n int) []Article {
	m := generated.New(1)
	articles := make([]Article, n)
	var group sync.WaitGroup
	for k := range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := k; i < n; i += runtime.GOMAXPROCS(0) {
				e := m.Article(i)
				a := Article{Day: int(archive.DayOf(e.Doc.Published))}
				for _, actor := range e.Doc.Actors {
					a.Actors = append(a.Actors, Actor{Name: actor.Name, Type: actor.Type, Named: actor.Named})
				}
				articles[i] = a
			}
		})
	}
	group.Wait()
	return articles
}

// processor is the time that this process has had of all processors, in seconds.
func processor(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Sec) + float64(u.Utime.Usec)/1e6
}

// BenchmarkJoin joins the actors of generated articles, by the time of the
// processor, whatever else runs. It tells how many actors join somebody of
// another given or family name, and how the time grows: a slope of 1 is linear.
// Two names of which one has a middle name more are one in the generator's
// articles as in any others: nothing else is told of these people.
func BenchmarkJoin(b *testing.B) {
	sizes := []int{10_000, 30_000, 100_000}
	articles := generatedArticles(sizes[len(sizes)-1])
	before, beforeN := 0.0, 0
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				j := joiner()
				started := processor(b)
				actors, wrong := 0, 0
				is := map[int64]string{} // given and family name of the first actor that each is
				for i := range articles[:n] {
					for k, m := range j.Join(&articles[i]) {
						actors++
						words := strings.Fields(articles[i].Actors[k].Name)
						name := words[0] + words[len(words)-1]
						if first, ok := is[m.Person]; !ok {
							is[m.Person] = name
						} else if first != name {
							wrong++
						}
					}
				}
				took := processor(b) - started
				b.ReportMetric(took, "cpu-s")
				b.ReportMetric(float64(actors), "actors")
				b.ReportMetric(float64(len(j.people)), "people")
				b.ReportMetric(float64(wrong)/float64(actors), "wrong")
				if beforeN > 0 {
					b.ReportMetric(math.Log(took/before)/math.Log(float64(n)/float64(beforeN)), "slope")
				}
				before, beforeN = took, n
			}
		})
	}
}
