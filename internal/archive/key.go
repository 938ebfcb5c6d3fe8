package archive

import (
	"crypto/sha256"
	"io"
	"net/url"
	"strings"

	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
)

// keyLength is how many bytes of a hash tell things apart: among a billion the
// odds of one mistake are 1 to 10^20.
const keyLength = 16

// Key tells whether two articles are the same page: it is equal for those of
// one address, or, where none is known, of one outlet, title and day, or, where
// one of these is not known either, of one place and text.
func Key(a *news.Article) []byte {
	if Address(a.URL) != "" {
		return AddressKey(a.URL)
	}
	if outlet, title := terms.Fold(a.Outlet), terms.Fold(a.Title); outlet != "" && title != "" && len(a.Published) >= len("2022-01-20") {
		return digest("printed", outlet, title, a.Published[:len("2022-01-20")])
	}
	return digest("text", a.ID, a.Outlet, a.Text)
}

// OutletKey is the key of everything that an outlet prints.
func OutletKey(outlet string) []byte { return digest("outlet", terms.Fold(outlet)) }

// HostKey is the key of a site.
func HostKey(host string) []byte { return digest("host", host) }

// Host is the site of an address, without "www." and a port that is the usual
// one; empty for what is no http address.
func Host(raw string) string {
	host, _, _ := strings.Cut(Address(raw), "/")
	host, _, _ = strings.Cut(host, "?")
	return host
}

// Address is what two ways of writing an address have in common: without the
// scheme, "www.", a port that is the usual one, a closing slash, the fragment
// and what only tells where a reader came from. It is empty for what is no
// http address.
func Address(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	var kept []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		if part != "" && !tracking(strings.ToLower(name)) {
			kept = append(kept, part)
		}
	}
	out := host + strings.TrimRight(u.EscapedPath(), "/")
	if len(kept) > 0 {
		out += "?" + strings.Join(kept, "&")
	}
	return out
}

// tracking reports whether a parameter tells where a reader came from, and
// nothing of what is read.
func tracking(name string) bool {
	switch name {
	case "fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ref_src", "cmpid", "ocid", "smid", "guccounter":
		return true
	}
	return strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "at_") || strings.HasPrefix(name, "ns_")
}

// digest hashes parts so that their borders count.
func digest(parts ...string) []byte {
	h := sha256.New()
	for _, p := range parts {
		_, _ = io.WriteString(h, p)
		_, _ = h.Write([]byte{0})
	}
	return h.Sum(nil)[:keyLength]
}
