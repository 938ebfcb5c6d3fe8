package main

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"whosaid/internal/serve/print"
)

// openOutput makes the printer of a format for a file, or for stdout if path is
// empty. What it returns must be closed, whatever happens.
func openOutput(format, path string, stdout io.Writer) (*output, error) {
	if path == "" || path == "-" {
		p, err := print.New(format, stdout, terminal(stdout))
		return &output{Printer: p}, err
	}
	if format == print.Brat {
		p, err := print.NewBratFolder(path)
		return &output{Printer: p}, err
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	p, err := print.New(format, f, print.Options{})
	if err != nil {
		f.Close()
		return nil, err
	}
	return &output{Printer: p, file: f}, nil
}

// output is a printer and the file behind it.
type output struct {
	print.Printer
	file *os.File // nil for stdout
}

func (o *output) Close() error {
	err := o.Printer.Close()
	if o.file != nil {
		if closing := o.file.Close(); err == nil {
			err = closing
		}
	}
	return err
}

// terminal says how to print for w: in colour and as wide as it is, if it is
// a terminal.
func terminal(w io.Writer) print.Options {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return print.Options{}
	}
	o := print.Options{Colour: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil {
		o.Width = width
	}
	return o
}

// count is a number of things in words: 1 article, 2 articles.
func count[N int | int64](n N, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
