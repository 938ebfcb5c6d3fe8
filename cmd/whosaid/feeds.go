package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"whosaid/internal/archive"
	"whosaid/internal/ingest/crawl"
)

// printFeeds lists the feeds that earlier runs of watch know, two lines each.
func (f *watchFlags) printFeeds(cmd *cobra.Command) error {
	store, err := f.open(cmd.Context(), true)
	if err != nil {
		return err
	}
	defer store.Close()
	n := 0
	for feed, err := range store.Feeds(cmd.Context()) {
		if err != nil {
			return err
		}
		n++
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s\n   %s\n", feed.URL, standing(crawl.StandingOf(feed.State))); err != nil {
			return quiet(err)
		}
	}
	if n == 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), "whosaid: no feed is watched yet; whosaid watch FEED begins")
	}
	return nil
}

// standing is how it stands with a feed, in words.
func standing(s crawl.Standing) string {
	parts := []string{count(s.Known, "page") + " done with"}
	if s.Pending > 0 {
		parts = append(parts, count(s.Pending, "page")+" waiting")
	}
	switch {
	case s.Gone:
		parts = append(parts, "gone for good, as its server says")
	case s.Failures > 0:
		parts = append(parts, fmt.Sprintf("failed %s in a row: %s", count(s.Failures, "time"), s.Why))
	}
	if !s.Gone && !s.Due.IsZero() {
		parts = append(parts, "polled next after "+s.Due.UTC().Format(time.RFC3339))
	}
	return strings.Join(parts, " · ")
}

// dropFeeds makes the archive forget feeds.
func (f *watchFlags) dropFeeds(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usagef("--drop: name the feeds; whosaid watch --list shows them")
	}
	feeds, err := feedsOf(args)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	store, err := f.change(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	known := map[string]bool{}
	for feed, err := range store.Feeds(ctx) {
		if err != nil {
			return err
		}
		known[feed.URL] = true
	}
	dropped, failed := 0, false
	for _, url := range feeds {
		if !known[url] {
			failed = true
			tell(cmd.ErrOrStderr(), fmt.Errorf("%s: %w; whosaid watch --list shows the feeds", url, archive.ErrNotFound))
			continue
		}
		if err := store.RemoveFeed(ctx, url); err != nil {
			return err
		}
		dropped++
	}
	fmt.Fprintf(cmd.OutOrStdout(), "No longer watched: %s.\n", count(dropped, "feed"))
	if failed {
		return errTold
	}
	return store.Close()
}
