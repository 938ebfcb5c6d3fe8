//go:build unix

package testserver

import (
	"os"
	"os/exec"
	"syscall"
)

// nobody is a user without rights on every system.
const nobody = 65534

// lowered gives a folder to a user without rights and returns what runs
// commands as that user.
func lowered(dir string) (func(string, ...string) *exec.Cmd, error) {
	if err := os.Chown(dir, nobody, nobody); err != nil {
		return nil, err
	}
	return func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		return cmd
	}, nil
}
