// Command skips reads what `go test -json` prints. It shows the closing line of
// each package, the output of the tests that failed and the reasons of those
// that were skipped, and fails if a test failed or was skipped for want of
// anything but a processor, a platform or a user's rights.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

// excused fits the reasons for which a test may be skipped here.
var excused = regexp.MustCompile(`(?i)processor|\bCPU\b|\broot\b|\bwindows\b|\bcase-insensitive\b`)

// An event is one line of `go test -json`; see `go doc test2json`.
type event struct {
	Action, Package, Test, Output string
	ImportPath                    string // of a build event
}

func main() {
	output := map[string][]string{} // by package and test
	reasons := map[string][]string{}
	failed := map[string]bool{}
	passed := 0
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Println(lines.Text())
			continue
		}
		key := e.Package + e.ImportPath + " " + e.Test
		switch e.Action {
		case "output", "build-output":
			output[key] = append(output[key], e.Output)
		case "pass":
			if e.Test != "" {
				passed++
			} else {
				fmt.Print(last(output[key]))
			}
			delete(output, key)
		case "skip":
			if e.Test != "" {
				reason := why(output[key])
				reasons[reason] = append(reasons[reason], e.Package+"."+e.Test)
			}
			delete(output, key)
		case "fail", "build-fail":
			failed[key] = true
			fmt.Print(strings.Join(output[key], ""))
			delete(output, key)
		}
	}
	wrong := 0
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		mark := "skipped"
		if !excused.MatchString(reason) {
			mark = "FAIL: skipped"
			wrong++
		}
		fmt.Printf("%s %d: %s\n\t%s\n", mark, len(reasons[reason]), reason, strings.Join(reasons[reason], "\n\t"))
	}
	if err := lines.Err(); err != nil {
		fmt.Println("FAIL:", err)
		wrong++
	}
	if passed == 0 {
		fmt.Println("FAIL: no test ran")
		wrong++
	}
	fmt.Printf("%d tests passed, %d failed, %d reasons to skip that do not count\n", passed, len(failed), wrong)
	if len(failed)+wrong > 0 {
		os.Exit(1)
	}
}

func last(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[len(lines)-1]
}

// place is where a test's message begins: "    reader_test.go:12: ".
var place = regexp.MustCompile(`^\s*\S+\.go:\d+: `)

// why is the reason that a skipped test gave.
func why(lines []string) string {
	var reason []string
	for _, line := range lines {
		if !strings.HasPrefix(line, "=== ") && !strings.Contains(line, "--- SKIP: ") {
			reason = append(reason, strings.TrimSpace(place.ReplaceAllString(line, "")))
		}
	}
	if len(reason) == 0 {
		return "no reason given"
	}
	return strings.Join(reason, " ")
}
