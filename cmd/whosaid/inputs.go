package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"whosaid/internal/ingest"
)

// inputFlags are the flags of every verb that brings articles in.
type inputFlags struct {
	asIs         bool
	columns      map[string]string
	maxInput     size
	maxUnpacked  size
	maxPages     int
	allowPrivate bool
	timeout      time.Duration
}

func (f *inputFlags) register(cmd *cobra.Command) {
	f.maxInput, f.maxUnpacked = ingest.DefaultMaxInput, ingest.DefaultMaxUnpacked
	flags := cmd.Flags()
	flags.BoolVar(&f.asIs, "as-is", false, "take the text exactly as given: no repair, nothing removed")
	flags.StringToStringVar(&f.columns, "map", nil, "which column or field holds what, as in text=BODY,date=DAY")
	flags.Var(&f.maxInput, "max-input", "refuse inputs longer than this")
	flags.Var(&f.maxUnpacked, "max-unpacked", "refuse compressed inputs that unpack to more than this")
	flags.IntVar(&f.maxPages, "max-pages", ingest.DefaultMaxPages, "follow a feed or sitemap to no more pages than this")
	flags.BoolVar(&f.allowPrivate, "allow-private", false, "fetch from private addresses too")
	flags.DurationVar(&f.timeout, "timeout", ingest.DefaultTimeout, "give a page this long to arrive")
}

// needs refuses a command line without what a verb is told by, or, where several
// is not set, with more than one of it.
func needs(what string, several bool) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return usagef("name %s; see %s --help", what, cmd.CommandPath())
		case len(args) > 1 && !several:
			return usagef("%q is too much: name %s alone; see %s --help", args[1], what, cmd.CommandPath())
		}
		return nil
	}
}

// options are for ingest; reading standard input ends with ctx.
func (f *inputFlags) options(ctx context.Context, stdin io.Reader) ingest.Options {
	o := ingest.Options{
		AsIs: f.asIs, Map: f.columns,
		MaxInput: int64(f.maxInput), MaxUnpacked: int64(f.maxUnpacked),
		MaxPages: f.maxPages, AllowPrivate: f.allowPrivate, Timeout: f.timeout,
		Stdin:     &interruptible{ctx: ctx, from: stdin},
		UserAgent: agent(os.Getenv(variable("contact"))),
	}
	o.Client = ingest.NewClient(o) // one for all inputs, so that it is polite to sites that several lead to
	return o
}

// interruptible is a reader whose Read returns once ctx is done, although the
// read behind it cannot be broken off (a person's terminal, a silent pipe).
type interruptible struct {
	ctx  context.Context
	from io.Reader
	pipe *io.PipeReader
}

func (r *interruptible) Read(p []byte) (int, error) {
	if r.pipe == nil {
		out, in := io.Pipe()
		go func() {
			_, err := io.Copy(in, r.from)
			in.CloseWithError(err)
		}()
		context.AfterFunc(r.ctx, func() { out.CloseWithError(r.ctx.Err()) })
		r.pipe = out
	}
	return r.pipe.Read(p)
}

// size is a number of bytes that a person writes as 20MB.
type size int64

var units = []struct {
	name  string
	bytes int64
}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"kB", 1 << 10}, {"B", 1}}

func (s *size) String() string {
	for _, u := range units {
		if n := int64(*s); n >= u.bytes && n%u.bytes == 0 {
			return strconv.FormatInt(n/u.bytes, 10) + u.name
		}
	}
	return strconv.FormatInt(int64(*s), 10)
}

func (s *size) Set(text string) error {
	number, factor := strings.ToUpper(strings.TrimSpace(text)), int64(1)
	for _, u := range units {
		if cut, ok := strings.CutSuffix(number, strings.ToUpper(u.name)); ok {
			number, factor = strings.TrimSpace(cut), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 || n > math.MaxInt64/factor {
		return fmt.Errorf("%q is no size: write one like 20MB", text)
	}
	*s = size(n * factor)
	return nil
}

func (s *size) Type() string { return "size" }
