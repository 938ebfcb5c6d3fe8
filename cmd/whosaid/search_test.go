package main

import (
	"testing"
	"time"
)

func TestDayOf(t *testing.T) {
	now := time.Date(2024, 3, 1, 0, 30, 0, 0, time.UTC)
	for word, want := range map[string]string{
		"today": "2024-03-01", "yesterday": "2024-02-29", "7d": "2024-02-23", "0d": "2024-03-01", "366d": "2023-03-01",
		"2022-01": "2022-01", "": "", "soon": "soon", "d": "d", "-1d": "-1d", "999999d": "999999d",
	} {
		if got := dayOf(word, now); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
}
