package visit_test

import (
	"context"
	"testing"

	"whosaid/internal/serve/visit"
)

func TestFrom(t *testing.T) {
	if got := visit.From(context.Background()); got != (visit.Visit{}) {
		t.Errorf("a context without a visit gives %+v", got)
	}
	v := visit.Visit{User: "ida", Role: visit.Reviewer, Token: "t", Nonce: "n"}
	if got := visit.From(visit.With(context.Background(), v)); got != v {
		t.Errorf("got %+v, put in %+v", got, v)
	}
}

func TestMay(t *testing.T) {
	for _, c := range []struct {
		has, needs string
		want       bool
	}{
		{visit.Public, visit.Public, true},
		{visit.Public, visit.Reader, false},
		{visit.Reader, visit.Reviewer, false},
		{visit.Reviewer, visit.Reader, true},
		{visit.Admin, visit.Reviewer, true},
		{"owner", visit.Public, false},
		{visit.Admin, "owner", false},
	} {
		if got := (visit.Visit{Role: c.has}).May(c.needs); got != c.want {
			t.Errorf("%q may what %q may: %t, want %t", c.has, c.needs, got, c.want)
		}
	}
}
