// Command weigh tells what pages weigh and how soon they show something, in
// Chromium on a throttled line. It exits with 1 where a page is over its bound.
//
//	weigh fill ARCHIVE          fills an archive, and prints the pages to weigh
//	weigh ADDRESS PATH NAME...  weighs pages of a server
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/archive/sqlite"
)

// The line: what the browser's own tools call fast 4G.
const (
	latency = 165             // ms until an answer begins
	down    = 9e6 * 0.9 / 8   // bytes a second
	up      = 1.5e6 * 0.9 / 8 // likewise
)

// The bounds.
const (
	mostBytes = 120_000 // of a page with all that it needs, packed
	latest    = 800     // ms until the first words or lines are there
)

func main() {
	log.SetFlags(0)
	ctx := context.Background()
	switch {
	case len(os.Args) == 3 && os.Args[1] == "fill":
		if err := fill(ctx, os.Args[2]); err != nil {
			log.Fatal(err)
		}
	case len(os.Args) >= 4 && len(os.Args)%2 == 0:
		over, err := weigh(ctx, os.Args[1], os.Args[2:])
		if err != nil {
			log.Fatal(err)
		}
		if over {
			os.Exit(1)
		}
	default:
		log.Fatal("usage: weigh fill ARCHIVE | weigh ADDRESS PATH NAME...")
	}
}

// words is how long the long article is, about.
const words = 3700

func fill(ctx context.Context, path string) error {
	store, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	m := generated.New(1)
	long := m.Long(0, 1)
	for n := 2; len(strings.Fields(long.Doc.Text)) < words; n++ {
		long = m.Long(0, n)
	}
	people := map[int64]bool{}
	var list []*archive.Ready
	for n := range 1000 {
		a := m.Article(n)
		if n == 0 {
			a = long
		}
		for k, id := range a.People {
			if !people[id] {
				people[id] = true
				name := a.Doc.Actors[k].Name
				if err := store.PutPeople(ctx, archive.Person{ID: id, Name: name, Type: "person", Names: []string{name}}); err != nil {
					return err
				}
			}
		}
		ready, err := archive.Prepare(a.Entry)
		if err != nil {
			return err
		}
		list = append(list, ready)
	}
	if _, err := store.Keep(ctx, list...); err != nil {
		return err
	}
	fmt.Printf("/article/%s\tarticle-of-%d-words\n", long.Doc.ID, len(strings.Fields(long.Doc.Text)))
	fmt.Printf("/article/%s\tarticle\n", m.Article(1).Doc.ID)
	fmt.Printf("/search?q=%s\tsearch\n", m.Word(100))
	fmt.Printf("/person/1\tperson\n")
	return nil
}

// A weighing is what the browser tells of a page.
type weighing struct {
	First  float64 // ms until something is painted
	Bytes  float64 // packed, with headers
	Whole  float64 // unpacked
	Files  int
	Packed string // how the page itself is packed
}

// script asks for it, once something is painted.
const script = `new Promise(done => {
  const ready = () => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    if (!paint || document.readyState !== "complete") { setTimeout(ready, 50); return; }
    const page = performance.getEntriesByType("navigation")[0];
    const all = [page, ...performance.getEntriesByType("resource")];
    const sum = f => all.reduce((n, x) => n + f(x), 0);
    done({First: paint.startTime, Bytes: sum(x => x.transferSize), Whole: sum(x => x.decodedBodySize), Files: all.length, Packed: page.contentEncoding || ""});
  };
  ready();
})`

func weigh(ctx context.Context, address string, pages []string) (over bool, err error) {
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx)
	defer stop()
	ctx, stop = context.WithTimeout(ctx, 5*time.Minute)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.Navigate(address+"/healthz")); err != nil { // starts it
		return false, err
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		return false, err
	}
	if _, err := chromedp.Call(ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		return false, err
	}
	line := []*network.Conditions{{Latency: latency, DownloadThroughput: down, UploadThroughput: up}}
	if _, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: line}); err != nil {
		return false, err
	}
	fmt.Printf("%-24s %6s %10s %10s %8s %14s\n", "page", "files", "KB packed", "KB whole", "packing", "first paint ms")
	for i := 0; i < len(pages); i += 2 {
		best := weighing{First: 1e9}
		for range 3 { // a machine that is busy is late now and then
			if err := chromedp.Do(ctx, chromedp.Navigate(address+pages[i])); err != nil {
				return false, err
			}
			w, err := chromedp.Run(ctx, chromedp.Evaluate[weighing](script, chromedp.EvalAwaitPromise))
			if err != nil {
				return false, err
			}
			if w.First < best.First {
				best = w
			}
		}
		verdict := ""
		if best.Bytes > mostBytes || best.First > latest {
			verdict, over = "  over its bound", true
		}
		fmt.Printf("%-24s %6d %10.1f %10.1f %8s %14.0f%s\n", pages[i+1], best.Files, best.Bytes/1000, best.Whole/1000, best.Packed, best.First, verdict)
	}
	return over, nil
}
