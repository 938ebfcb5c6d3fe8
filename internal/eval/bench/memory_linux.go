package bench

import (
	"os"
	"strconv"
	"strings"
)

// peakMemory is the most memory that this process ever held, in bytes: the
// high-water mark of its resident set. The process's resource usage would not
// do, for it counts what the parent held before the program was started.
func peakMemory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kB, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			if err != nil {
				return 0
			}
			return kB << 10
		}
	}
	return 0
}
