//go:build !unix

package testserver

import (
	"errors"
	"os/exec"
)

func lowered(string) (func(string, ...string) *exec.Cmd, error) {
	return nil, errors.New("a server cannot be started as another user here")
}
