package api

import "testing"

func FuzzCursor(f *testing.F) {
	for _, s := range []string{"", next(20, "a"), next(0, "b"), "MjA", "LTEuMA", "%%%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := cursor(text, "a")
		if at < 0 || err != nil && at != 0 {
			t.Fatalf("%q is place %d, %v", text, at, err)
		}
		if err == nil && text != "" {
			if again, err := cursor(next(at, "a"), "a"); err != nil || again != at {
				t.Fatalf("place %d comes back as %d, %v", at, again, err)
			}
		}
	})
}
