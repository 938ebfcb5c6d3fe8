package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"syscall"
)

// reserved are the networks that net/netip has no word for and that hold no
// public server: RFC 6598 (carriers' own), 6890, 2544 (benchmarks), 5737
// (documentation), 6052 and 8215 (IPv4 behind IPv6), 3056 (6to4), 4380
// (Teredo).
var reserved = parse(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
	"240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16", "fec0::/10",
)

func parse(networks ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, n := range networks {
		out = append(out, netip.MustParsePrefix(n))
	}
	return out
}

// public reports whether an address is one that anybody on the Internet could
// have: not of this machine, of its network, or of nobody.
func public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, n := range reserved {
		if n.Contains(a) {
			return false
		}
	}
	return true
}

// refusePrivate is called with the address that a connection is about to be
// made to.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err == nil {
		var ip netip.Addr
		if ip, err = netip.ParseAddr(host); err == nil && public(ip) {
			return nil
		}
	}
	return private(host, err)
}

func private(host string, err error) *Error {
	return &Error{
		Reason: fmt.Sprintf("it leads to %s, which is on this machine or a private network", host),
		Hint:   "allow that with --allow-private if you trust the address",
		Err:    err,
	}
}
