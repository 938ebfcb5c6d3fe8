package bench

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"
)

// Memory is the most memory that this process had used after reading with one
// worker, and after reading with two, in bytes; 0 where the system does not
// tell.
type Memory struct {
	One int64 `json:"one_worker"`
	Two int64 `json:"two_workers"`
}

// note writes down the memory after a pass.
func (m *Memory) note(workers int) {
	if workers == 1 {
		m.One = peakMemory()
	} else {
		m.Two = peakMemory()
	}
}

// A Program is the executable: its size, and how long it takes to start, read
// one article, print it as JSON and end.
type Program struct {
	Size    int64   `json:"bytes"`
	Cold    float64 `json:"cold_seconds"` // median of coldStarts
	Article string  `json:"cold_article,omitempty"`
}

const coldStarts = 5

func measureProgram(ctx context.Context, executable, article string) (Program, error) {
	info, err := os.Stat(executable)
	if err != nil {
		return Program{}, err
	}
	taken := make([]time.Duration, coldStarts)
	for i := range taken {
		cmd := exec.CommandContext(ctx, executable, "read", "--format", "json", "--no-progress", article)
		begin := time.Now()
		if err := cmd.Run(); err != nil {
			return Program{}, fmt.Errorf("starting %s to read %s: %w", executable, article, err)
		}
		taken[i] = time.Since(begin)
	}
	slices.Sort(taken)
	return Program{Size: info.Size(), Cold: taken[coldStarts/2].Seconds(), Article: article}, nil
}
