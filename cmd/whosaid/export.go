package main

import (
	"bufio"
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
	"whosaid/internal/serve/export"
)

// exportFlags are the flags of export.
type exportFlags struct {
	archiveFlags
	queryFlags
	path   string
	format string
	rescue bool
}

func newExportCommand() *cobra.Command {
	var f exportFlags
	var formats strings.Builder
	for _, x := range export.Formats {
		fmt.Fprintf(&formats, "\n%s: %s", x.Name, x.Says)
	}
	cmd := &cobra.Command{
		Use:   "export [QUERY]",
		Short: "Writes what is in the archive in the formats that other programs read",
		Long: example("whosaid export -o archive.jsonl.zst") +
			"Writes everything in the archive, as it is at this moment: a record a line, as whosaid read --format jsonl prints it, with what the archive knows beside it, and a line for everything else that it keeps. whosaid import makes the same archive of it. A file that ends in .zst or .gz is compressed.\n\n" +
			"With a query, or flags that narrow it down, as whosaid search has them, only the articles and statements that answer are written. The other formats hold the current version of each article, one article after another:\n" + formats.String(),
		Example: strings.Join([]string{
			"whosaid export -o archive.jsonl.zst",
			"whosaid export --format parquet -o statements.parquet",
			"whosaid export --archive damaged.db --rescue -o saved.jsonl.zst",
			"whosaid export 'bridge AND toll' --speaker Brandt --format html -o brandt/",
		}, "\n"),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.archiveFlags.register(cmd)
	flags := cmd.Flags()
	flags.SortFlags = false
	f.queryFlags.register(flags)
	flags.StringVarP(&f.format, "format", "f", export.JSONL, "what to write: see above")
	flags.BoolVar(&f.rescue, "rescue", false, "write what can still be read of a damaged archive, and say what cannot")
	flags.StringVarP(&f.path, "output", "o", "", "write here instead of to standard output; a folder for formats of many files")
	return cmd
}

func (f *exportFlags) run(cmd *cobra.Command, args []string) error {
	format, err := export.Named(f.format)
	if err != nil {
		return usageError{err}
	}
	if err := f.read(args); err != nil {
		return err
	}
	toStdout := f.path == "" || f.path == "-"
	if format.Folder && toStdout {
		return usagef("--format %s writes a folder: name it with -o", format.Name)
	}
	if f.rescue && (format.Name != export.JSONL || !f.empty()) {
		return usagef("--rescue writes all of an archive as %s: give neither a query nor another format", export.JSONL)
	}
	ctx := cmd.Context()
	store, err := f.open(ctx, true)
	if err != nil {
		return err
	}
	defer store.Close()
	if f.rescue {
		return f.save(cmd, store, toStdout)
	}
	if format.Folder {
		if err := emptyFolder(f.path); err != nil {
			return err
		}
		w, err := format.To(f.path)
		if err != nil {
			return err
		}
		return errors.Join(f.articles(ctx, store, w), w.Close())
	}
	stream := func(w io.Writer) error { return f.stream(ctx, store, format, w) }
	if toStdout {
		return quiet(stream(cmd.OutOrStdout()))
	}
	return writeWhole(f.path, stream)
}

// save writes what can be read of a damaged archive.
func (f *exportFlags) save(cmd *cobra.Command, store archive.Store, toStdout bool) error {
	saved, missed := 0, 0
	write := func(w io.Writer) (err error) {
		saved, err = archive.Rescue(cmd.Context(), store, w, func(err error) {
			missed++
			tell(cmd.ErrOrStderr(), err)
		})
		return err
	}
	var err error
	if toStdout {
		err = quiet(write(cmd.OutOrStdout()))
	} else {
		err = writeWhole(f.path, write)
	}
	if err != nil {
		return err
	}
	if fmt.Fprintf(cmd.ErrOrStderr(), "whosaid: saved %s of articles; whosaid import makes a new archive of that\n", count(saved, "version")); missed > 0 {
		return errTold
	}
	return nil
}

// stream writes a format that is no folder.
func (f *exportFlags) stream(ctx context.Context, store archive.Store, format export.Format, to io.Writer) error {
	if format.Name == export.JSONL && f.empty() {
		return archive.Export(ctx, store, to)
	}
	out := bufio.NewWriterSize(to, 1<<16)
	w, err := format.On(out)
	if err != nil {
		return err
	}
	if err := f.articles(ctx, store, w); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return out.Flush()
}

// articles writes those that the query asks for.
func (f *exportFlags) articles(ctx context.Context, store archive.Store, w export.Writer) error {
	if f.empty() {
		return export.All(ctx, store, w)
	}
	q, err := desk.New(store).Spell(ctx, f.query)
	if err != nil {
		return err
	}
	return export.Found(ctx, store, q, w)
}

// emptyFolder says whether a folder can be written: pages and annotations of
// before must not stand beside new ones.
func emptyFolder(path string) error {
	list, err := os.ReadDir(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(list) > 0:
		return fmt.Errorf("%s: the folder is not empty: name a new one", path)
	}
	return nil
}

// writeWhole writes a file that appears under its name once it is whole.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	part := path + ".part"
	file, err := os.Create(part)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			_ = os.Remove(part)
			return
		}
		err = os.Rename(part, path)
	}()
	packed, err := compressor(path, file)
	if err != nil {
		return err
	}
	if err := write(packed); err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return err
	}
	return file.Sync()
}

// compressor compresses as a file's name says.
func compressor(path string, w io.Writer) (io.WriteCloser, error) {
	switch {
	case strings.HasSuffix(path, ".zst"):
		return zstd.NewWriter(w)
	case strings.HasSuffix(path, ".gz"):
		return gzip.NewWriter(w), nil
	}
	return plain{w}, nil
}

type plain struct{ io.Writer }

func (plain) Close() error { return nil }
