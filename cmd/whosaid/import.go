package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
)

func newImportCommand() *cobra.Command {
	var f archiveFlags
	var quietly bool
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Adds to the archive what export or read wrote",
		Long: example("whosaid import archive.jsonl.zst") +
			"Adds to the archive what whosaid export wrote, or records as whosaid read --format jsonl prints them, compressed or not; - is standard input. What is there already is not kept twice, so that an import that was interrupted can be run again. Of an export of another archive than this one the articles come in, and who their people are is found out anew.",
		Example: strings.Join([]string{
			"whosaid import archive.jsonl.zst",
			"whosaid read --format jsonl news/ | whosaid import -",
			"whosaid import --archive second.db --quiet=false records.jsonl",
		}, "\n"),
		Args: inputsGiven,
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := f.keep(cmd.Context())
			if err != nil {
				return err
			}
			defer store.Close()
			k := &keeper{out: cmd.OutOrStdout(), quiet: quietly}
			failed := false
			for _, path := range args {
				err := importFile(cmd.Context(), store, path, cmd.InOrStdin(), archive.Filling{
					Told: k.told,
					Failed: func(err error) error {
						failed = true
						tell(cmd.ErrOrStderr(), fmt.Errorf("%s: %w", path, err))
						return nil
					},
					Stranger: func(decisions int) {
						tell(cmd.ErrOrStderr(), strange(path, decisions))
					},
				})
				if err != nil {
					return fmt.Errorf("%s: %w", path, err)
				}
			}
			fmt.Fprintln(cmd.OutOrStdout(), k.sum())
			if failed {
				return errTold
			}
			return store.Close()
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVarP(&quietly, "quiet", "q", true, "print no line for each article, only how many there were")
	return cmd
}

// strange says what becomes of people and decisions of another archive.
func strange(path string, decisions int) error {
	left := ""
	if decisions > 0 {
		left = ", and " + count(decisions, "decision") + " left out"
	}
	return fmt.Errorf("%s: it comes from another archive than this one, so who its people are was found out anew%s; import it into an archive of its own to keep them", path, left)
}

// imported names what read a record that says nothing of it.
const imported = "imported"

func importFile(ctx context.Context, store archive.Store, path string, stdin io.Reader, how archive.Filling) error {
	in := stdin
	if path != "-" {
		file, err := os.Open(path)
		if errors.Is(err, os.ErrNotExist) {
			return errors.New("there is no such file; check the path")
		}
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	unpacked, err := decompressor(in)
	if err != nil {
		return err
	}
	defer unpacked.Close()
	if err := archive.Import(ctx, store, unpacked, imported, how); err != nil {
		return err
	}
	return desk.New(store).Link(ctx, nil)
}

// decompressor unpacks what is compressed, by its first bytes.
func decompressor(r io.Reader) (io.ReadCloser, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	head, _ := in.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		d, err := zstd.NewReader(in, zstd.WithDecoderMaxMemory(1<<30))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzip.NewReader(in)
	}
	return io.NopCloser(in), nil
}
