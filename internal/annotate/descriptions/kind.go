package descriptions

// kind tells a role from a label by the words: a label where one of them frames
// or judges, and where no noun says what somebody is.
func (p *page) kind(from, to int) string {
	head := p.head(from, to)
	for i := from; i <= head; i++ {
		if isLabel(p.words[i].low) {
			return Label
		}
	}
	low := p.words[head].low
	if personNoun(low) || bodyNoun(low) || titles[low] || partyTag(p.words[from].low) || parties[low] || p.words[head].capital {
		return Role
	}
	for i := from; i <= head; i++ {
		if w := p.words[i].low; personNoun(w) || bodyNoun(w) {
			return Role
		}
	}
	return Label
}

// partyTag reports whether w is a party and a state or seat (R-Texas, D-N.Y.).
func partyTag(w string) bool {
	return len(w) > 3 && w[1] == '-' && (w[0] == 'r' || w[0] == 'd' || w[0] == 'i') && w[2] >= 'a' && w[2] <= 'z'
}
