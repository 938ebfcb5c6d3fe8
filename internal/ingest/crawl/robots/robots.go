// Package robots reads robots.txt by RFC 9309: which pages of a site a program
// may fetch.
package robots

import (
	"strconv"
	"strings"
	"time"
)

// Bounds on what a site may say. RFC 9309 asks for 500 kB at least.
const (
	MaxBytes   = 500 << 10
	maxRules   = 10_000
	maxPattern = 2_000
	maxDelay   = time.Minute
)

// Rules are what a robots.txt says to one program. The zero value allows
// everything.
type Rules struct {
	rules []rule
	Delay time.Duration // between two pages, if the site asks for one (Crawl-delay); a minute at most
}

type rule struct {
	pattern string // without a "$" at its end
	parts   []string
	whole   bool // it ended in "$": the path must end here too
	allow   bool
}

// A group is the rules under one or more user-agent lines.
type group struct {
	agents []string
	rules  []rule
	delay  time.Duration
}

// Parse reads a robots.txt for the program whose product token is agent. The
// groups that name it count, all together; where none does, those for "*".
func Parse(text, agent string) *Rules {
	if len(text) > MaxBytes {
		text = text[:MaxBytes]
	}
	var groups []group
	inRules := true // the next user-agent line opens a group
	n := 0
	text = strings.TrimPrefix(text, "\uFEFF")
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "user-agent" {
			if inRules {
				groups = append(groups, group{})
				inRules = false
			}
			g := &groups[len(groups)-1]
			g.agents = append(g.agents, token(value))
			continue
		}
		if len(groups) == 0 {
			continue // before the first group
		}
		g := &groups[len(groups)-1]
		switch key {
		case "allow", "disallow":
			inRules = true
			if n++; value == "" || n > maxRules || len(value) > maxPattern {
				continue
			}
			g.rules = append(g.rules, newRule(value, key == "allow"))
		case "crawl-delay":
			inRules = true
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
				g.delay = min(time.Duration(min(s, maxDelay.Seconds())*float64(time.Second)), maxDelay)
			}
		}
	}
	agent = strings.ToLower(agent)
	for _, name := range []string{agent, "*"} {
		out, found := &Rules{}, false
		for _, g := range groups {
			for _, a := range g.agents {
				if a == name {
					found = true
					out.rules = append(out.rules, g.rules...)
					out.Delay = max(out.Delay, g.delay)
					break
				}
			}
		}
		if found {
			return out
		}
	}
	return &Rules{}
}

// token is the product token that a user-agent line begins with: letters, "-"
// and "_", or "*".
func token(s string) string {
	if strings.HasPrefix(s, "*") {
		return "*"
	}
	end := strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end >= 0 {
		s = s[:end]
	}
	return strings.ToLower(s)
}

func newRule(pattern string, allow bool) rule {
	pattern = normal(pattern)
	body, whole := strings.CutSuffix(pattern, "$")
	return rule{pattern: pattern, parts: strings.Split(body, "*"), whole: whole, allow: allow}
}

// Allowed reports whether the page at path, with its query, may be fetched: the
// longest rule that fits decides, and of two as long the one that allows.
func (r *Rules) Allowed(path string) bool {
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	path = normal(path)
	best, allowed := -1, true
	for i := range r.rules {
		x := &r.rules[i]
		if n := len(x.pattern); n >= best && x.fits(path) {
			allowed = x.allow || n == best && allowed
			best = n
		}
	}
	return allowed
}

// fits matches a path against the pieces between a rule's stars, each at the
// first place where it can stand, which is always good enough.
func (x *rule) fits(path string) bool {
	first, rest := x.parts[0], x.parts[1:]
	if !strings.HasPrefix(path, first) {
		return false
	}
	path = path[len(first):]
	if len(rest) == 0 {
		return !x.whole || path == ""
	}
	last := rest[len(rest)-1]
	for _, part := range rest[:len(rest)-1] {
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	if x.whole {
		return strings.HasSuffix(path, last)
	}
	return strings.Contains(path, last)
}

// normal writes a path in one way: octets outside ASCII and escapes of them as
// %XX in capitals, escapes of letters and digits and of other unreserved
// characters taken off.
func normal(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				i += 2
				if unreserved(byte(v)) {
					b.WriteByte(byte(v))
					continue
				}
				b.WriteByte('%')
				b.WriteByte(hex[v>>4])
				b.WriteByte(hex[v&15])
				continue
			}
		}
		if c >= 0x80 || c <= ' ' {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}
