package postgres

import (
	"testing"

	"whosaid/internal/archive/conformance"
)

func TestConformance(t *testing.T) {
	database(t)
	conformance.Run(t, place{})
}
