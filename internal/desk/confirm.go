package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"whosaid/internal/archive"
)

// confirm is the decision that something is as it is, so that it is not asked
// for again. It changes nothing else.
const confirm = "confirm"

// The doubts that there can be.
const (
	DoubtStatement = "statement" // is it a statement at all?
	DoubtSpeaker   = "speaker"   // does this speaker say it?
	DoubtLabel     = "label"     // does the outlet call somebody so, taking a side?
	DoubtLink      = "link"      // do two statements report one utterance?
	DoubtPerson    = "person"    // is all of this one person?
	DoubtPair      = "pair"      // are these two people one?
)

// confirmed is what a confirmation is about. A statement is known by its words
// and its article, so that it stays confirmed when the article is read anew and
// the same is found.
type confirmed struct {
	Doubt     string   `json:"doubt"`
	People    []int64  `json:"people,omitempty"` // of a person, or of a pair
	Names     []string `json:"names,omitempty"`  // theirs
	Statement int64    `json:"statement,omitempty"`
	Article   string   `json:"article,omitempty"` // its ID
	Words     string   `json:"words,omitempty"`   // of the statement, or the label
	Speaker   string   `json:"speaker,omitempty"` // who says it, where that was in doubt; who is called so
	Beside    string   `json:"beside,omitempty"`  // of a link, the ID of the article that has the other statement
	Told      string   `json:"told,omitempty"`    // and the words of that
}

// confirmedOf reads a confirmation; ok is false of other decisions, and where what
// it is about was forgotten.
func confirmedOf(d archive.Decision) (c confirmed, ok bool) {
	if d.What != confirm {
		return c, false
	}
	err := json.Unmarshal(d.About, &c)
	people := map[string]int{DoubtPerson: 1, DoubtPair: 2}[c.Doubt]
	return c, err == nil && c.Doubt != "" && len(c.People) == people && len(c.Names) == people
}

// sentence says what was confirmed.
func (c confirmed) sentence() string {
	switch c.Doubt {
	case DoubtPerson:
		return fmt.Sprintf("#%d %s is one", c.People[0], c.Names[0])
	case DoubtPair:
		return fmt.Sprintf("#%d %s is not #%d %s", c.People[0], c.Names[0], c.People[1], c.Names[1])
	case DoubtSpeaker:
		return fmt.Sprintf("%s said: %s", c.Speaker, c.Words)
	case DoubtLabel:
		return fmt.Sprintf("%s is called “%s”", c.Speaker, c.Words)
	case DoubtLink:
		return fmt.Sprintf("“%s” is what was said in “%s”", shortened(c.Words), shortened(c.Told))
	}
	return "somebody said: " + c.Words
}

// key is the same for what asks one thing.
func (c confirmed) key() string {
	switch c.Doubt {
	case DoubtPerson:
		return fmt.Sprint(c.Doubt, c.People[0])
	case DoubtPair:
		return fmt.Sprint(c.Doubt, min(c.People[0], c.People[1]), " ", max(c.People[0], c.People[1]))
	}
	if c.Doubt == DoubtLink {
		of := func(article, words string) int64 {
			return archive.DoubtKey(archive.DoubtedStatement, article, "", words)
		}
		return linkKey(of(c.Article, c.Words), of(c.Beside, c.Told))
	}
	return saidKey(archive.DoubtKey(doubted[c.Doubt], c.Article, c.Speaker, c.Words))
}

// linkKey is the key of what is asked about two statements, whichever comes
// first.
func linkKey(a, b int64) string { return fmt.Sprintf("%s%x %x", linkPrefix, min(a, b), max(a, b)) }

// linkPrefix is what such keys begin with.
const linkPrefix = "link "

// saidKey is the key of what is asked about a statement or a label.
func saidKey(key int64) string { return "said " + strconv.FormatInt(key, 16) }

// Confirm decides that a doubt is none: the statement is one, its speaker is
// the one who says it, the person is one, the two are two.
func (d *Desk) Confirm(ctx context.Context, x Doubt, v Verdict) (Decision, error) {
	c, err := d.doubted(ctx, x)
	if err != nil {
		return Decision{}, err
	}
	data, err := json.Marshal(c)
	if err != nil {
		return Decision{}, err
	}
	out := archive.Decision{Made: time.Now().UTC().Truncate(time.Millisecond), Who: v.Who, Why: v.Why, What: confirm, About: data}
	out.ID, err = d.store.Decide(ctx, out)
	return shownDecision(out), err
}

// doubted is what a confirmation of x is about.
func (d *Desk) doubted(ctx context.Context, x Doubt) (confirmed, error) {
	c := confirmed{Doubt: x.About}
	switch x.About {
	case DoubtPerson, DoubtPair:
		c.People = []int64{x.ID}
		if x.About == DoubtPair {
			c.People = append(c.People, x.Other)
		}
		list, err := d.store.PeopleOf(ctx, c.People...)
		if err == nil && len(list) != len(c.People) {
			err = fmt.Errorf("they are not there any more: %w", archive.ErrNotFound)
		}
		for _, p := range list {
			c.Names = append(c.Names, p.Name)
		}
		return c, err
	case DoubtStatement, DoubtSpeaker:
		a, i, err := d.Doubted(ctx, x)
		if err != nil {
			return c, err
		}
		return aboutStatement(x.About, a.Version, i), nil
	case DoubtLink:
		one, i, other, k, err := d.DoubtedLink(ctx, x)
		if err != nil {
			return c, err
		}
		return aboutLink(one, i, other, k), nil
	case DoubtLabel:
		a, who, label, err := d.DoubtedLabel(ctx, x)
		if err != nil {
			return c, err
		}
		c.Article, c.Words, c.Speaker = a.Info.ID, oneSpace(label.Text(a.Doc.Text)), who.Name
		return c, nil
	}
	return c, errors.New("this cannot be confirmed")
}

// aboutLink is what a confirmation is about that statement i of one article
// and statement k of another are of one utterance.
func aboutLink(one *Article, i int, other *Article, k int) confirmed {
	return confirmed{
		Doubt: DoubtLink, Article: one.Info.ID, Words: archive.Words(one.Doc, &one.Doc.Statements[i]),
		Beside: other.Info.ID, Told: archive.Words(other.Doc, &other.Doc.Statements[k]),
	}
}

// aboutStatement is what a confirmation of statement i of v is about.
func aboutStatement(doubt string, v *archive.Version, i int) confirmed {
	s := &v.Doc.Statements[i]
	c := confirmed{Doubt: doubt, Article: v.Info.ID, Statement: v.Statement(i), Words: archive.Words(v.Doc, s)}
	if doubt == DoubtSpeaker {
		c.Speaker = archive.Voices(s)
	}
	return c
}
