package door

import (
	"bytes"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// metrics counts what the server does, in the text format of Prometheus. The
// client library would add more to the program than the whole server; what is
// counted here is few and fixed.
type metrics struct {
	mu      sync.Mutex
	started time.Time
	running int
	count   map[series]int64
	took    map[string]*histogram // by area
}

type series struct {
	area, method, code string
}

// bounds of the histogram, in seconds.
var bounds = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

type histogram struct {
	below []int64 // by bounds, cumulative
	sum   float64
	all   int64
}

func newMetrics() *metrics {
	return &metrics{started: time.Now(), count: map[series]int64{}, took: map[string]*histogram{}}
}

func (m *metrics) begin() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running++
}

func (m *metrics) end(area, method string, status int, took time.Duration) {
	if !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}, method) {
		method = "other"
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running--
	m.count[series{area, method, strconv.Itoa(status)}]++
	h := m.took[area]
	if h == nil {
		h = &histogram{below: make([]int64, len(bounds))}
		m.took[area] = h
	}
	s := took.Seconds()
	for i, b := range bounds {
		if s <= b {
			h.below[i]++
		}
	}
	h.sum += s
	h.all++
}

// areas are the parts of the server that are counted apart, by how their paths
// begin: as many as are written here and no more, whatever paths people ask for.
var areas = []string{"api", "mcp", "feeds", "search", "article", "people", "person", "utterance", "compare", "review", "inputs", "alerts", "static", "login", "logout", "healthz", "metrics"}

func area(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if slices.Contains(areas, first) {
		return first
	}
	return "other"
}

// text writes everything that was counted.
func (m *metrics) text() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	var b bytes.Buffer
	head := func(name, kind, help string) { fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind) }
	head("whosaid_requests_total", "counter", "Requests answered, by part of the server.")
	lines := make([]string, 0, len(m.count))
	for s, n := range m.count {
		lines = append(lines, fmt.Sprintf("whosaid_requests_total{area=%q,method=%q,code=%q} %d\n", s.area, s.method, s.code, n))
	}
	slices.Sort(lines)
	b.WriteString(strings.Join(lines, ""))
	head("whosaid_request_seconds", "histogram", "How long requests took.")
	names := make([]string, 0, len(m.took))
	for name := range m.took {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		h := m.took[name]
		for i, bound := range bounds {
			fmt.Fprintf(&b, "whosaid_request_seconds_bucket{area=%q,le=%q} %d\n", name, strconv.FormatFloat(bound, 'g', -1, 64), h.below[i])
		}
		fmt.Fprintf(&b, "whosaid_request_seconds_bucket{area=%q,le=\"+Inf\"} %d\nwhosaid_request_seconds_sum{area=%q} %g\nwhosaid_request_seconds_count{area=%q} %d\n", name, h.all, name, h.sum, name, h.all)
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	for _, g := range []struct {
		name, help string
		is         float64
	}{
		{"whosaid_requests_running", "Requests being answered.", float64(m.running)},
		{"whosaid_goroutines", "Goroutines.", float64(runtime.NumGoroutine())},
		{"whosaid_heap_bytes", "Memory in use by the program's heap.", float64(mem.HeapInuse)},
		{"whosaid_system_bytes", "Memory taken from the system.", float64(mem.Sys)},
		{"whosaid_start_time_seconds", "When the server started, in seconds since 1970.", float64(m.started.UnixMilli()) / 1000},
	} {
		head(g.name, "gauge", g.help)
		fmt.Fprintf(&b, "%s %s\n", g.name, strconv.FormatFloat(g.is, 'f', -1, 64))
	}
	return b.Bytes()
}
