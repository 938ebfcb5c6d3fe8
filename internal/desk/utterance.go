package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/record"
	"whosaid/internal/relate/utterances"
)

// An Utterance is one act of speaking, by all who report it.
type Utterance struct {
	ID        int64      `json:"id"`
	Speaker   string     `json:"speaker"`          // by the fullest name that a printing has
	Person    int64      `json:"person,omitempty"` // across articles, 0 where nobody has told
	Fullest   int        `json:"fullest"`          // the printing that the others are laid beside
	Printings []Printing `json:"printings"`        // first printed first
	Path      []Step     `json:"path"`             // from outlet to outlet
	Again     []Again    `json:"again"`            // the same claim on other occasions, oldest first
}

// A Printing is one article's report of an utterance.
type Printing struct {
	Statement int64            `json:"statement"` // its id in the archive; 0 of a file that is not in it
	Version   int64            `json:"version"`
	Number    int              `json:"-"` // of the statement among those of its article, from 1
	Article   news.Article     `json:"-"` // the head: no text, no blocks
	Outlet    string           `json:"outlet"`
	Title     string           `json:"title"`
	URL       string           `json:"url,omitempty"`
	Published string           `json:"published,omitempty"`
	Day       archive.Day      `json:"-"`
	Paragraph int              `json:"paragraph"` // of the article, from 1; 0 in a headline
	Record    record.Statement `json:"record"`    // positions are code points of the article's text

	Speaker string   `json:"speaker"` // as the article names them
	Called  []Called `json:"called"`  // what the article calls the speaker
	Cue     string   `json:"cue"`
	Content string   `json:"content"` // on one line, its parts joined by an ellipsis

	Relation   utterances.Relation `json:"relation,omitempty"` // to the fullest printing; empty of that itself
	Likelihood float64             `json:"likelihood"`         // that it reports the same utterance, 0 to 1
	Runs       []utterances.Run    `json:"runs"`               // word by word beside the fullest printing
	Copy       int64               `json:"copy,omitempty"`     // the article is a printing of the wire text with this id
}

// Called is words by which an article calls somebody.
type Called struct {
	Kind string `json:"kind"` // role, title, label
	Text string `json:"text"`
	Own  bool   `json:"own_voice"` // the outlet's own words, not somebody's whom it quotes
}

// LeftOut are the words of the fullest printing that p lacks, run by run.
func (p *Printing) LeftOut() []string { return p.runs(utterances.LeftOut) }

// Added are the words that p has and the fullest printing lacks.
func (p *Printing) Added() []string { return p.runs(utterances.Added) }

func (p *Printing) runs(c utterances.Change) []string {
	var out []string
	for _, r := range p.Runs {
		switch {
		case r.Change != c:
		case c == utterances.LeftOut:
			out = append(out, r.Was)
		default:
			out = append(out, r.Text)
		}
	}
	return out
}

// A Step is how an utterance came to an outlet: who printed it there first, and
// the earlier printing whose words are nearest.
type Step struct {
	Outlet    string `json:"outlet"`
	Day       string `json:"day,omitempty"`  // ISO 8601
	Printing  int    `json:"printing"`       // its place in Printings
	From      int    `json:"from"`           // likewise; -1 for the first
	Said      string `json:"said,omitempty"` // whom the article names as its source: the reporting chain
	SameWords bool   `json:"same_words"`     // the quoted words are those of From
}

// Again is the same claim on another occasion.
type Again struct {
	Utterance int64  `json:"utterance"`
	Day       string `json:"day,omitempty"`
	Outlet    string `json:"outlet"`
	Content   string `json:"content"`
}

// Utterance is the utterance that a statement of the archive belongs to, with
// everybody who reports it. It is archive.ErrNotFound where no current version
// has it.
func (d *Desk) Utterance(ctx context.Context, statement int64) (*Utterance, error) {
	id, members, err := d.store.Printings(ctx, statement)
	if err != nil {
		return nil, err
	}
	if len(members) == 0 {
		return nil, fmt.Errorf("utterance %d: %w", statement, archive.ErrNotFound)
	}
	var list []reported
	copies := map[int64]int64{}
	versions := map[int64]*archive.Version{}
	for _, m := range members {
		v := versions[m.Version]
		if v == nil {
			if v, err = d.store.Version(ctx, m.Version); err != nil {
				return nil, err
			}
			versions[m.Version] = v
			if copies[m.Version], err = d.wire(ctx, m.Version); err != nil {
				return nil, err
			}
		}
		list = append(list, report(v, v.Place(m.Statement), m.Statement))
	}
	u := utterance(id, list)
	for i := range u.Printings {
		u.Printings[i].Copy = copies[u.Printings[i].Version]
	}
	u.Again, err = d.again(ctx, &u)
	return &u, err
}

// wire is the text of which a version is one of several printings; 0 where it
// is the only one.
func (d *Desk) wire(ctx context.Context, version int64) (int64, error) {
	list, err := d.store.Copies(ctx, version)
	if err != nil || len(list) < 2 {
		return 0, err
	}
	return list[0].Text, nil
}

// again lists the same claim on other occasions.
func (d *Desk) again(ctx context.Context, u *Utterance) ([]Again, error) {
	out := []Again{}
	seen := map[int64]bool{u.ID: true}
	for _, p := range u.Printings {
		ties, err := d.store.Ties(ctx, p.Statement)
		if err != nil {
			return nil, err
		}
		for _, t := range ties {
			if utterances.Relation(t.Relation) != utterances.SameClaim {
				continue
			}
			other := t.Later + t.Earlier - p.Statement
			id, members, err := d.store.Printings(ctx, other)
			if err != nil {
				return nil, err
			}
			if seen[id] || len(members) == 0 {
				continue
			}
			seen[id] = true
			at := slices.IndexFunc(members, func(c archive.Candidate) bool { return c.Statement == other })
			v, err := d.store.Version(ctx, members[max(at, 0)].Version)
			if err != nil {
				return nil, err
			}
			s := &v.Doc.Statements[v.Place(members[max(at, 0)].Statement)]
			out = append(out, Again{
				Utterance: id, Day: archive.DayOf(v.Doc.Published).String(), Outlet: v.Doc.Outlet, Content: words(v.Doc.Text, s.Content),
			})
		}
	}
	slices.SortStableFunc(out, func(a, b Again) int { return cmp.Compare(a.Day, b.Day) })
	return out, nil
}

// Elsewhere tells of the statements of a version which are reported by other
// articles too: their utterances, by the statement's id.
func (d *Desk) Elsewhere(ctx context.Context, v *archive.Version) (map[int64]int64, error) {
	ids := make([]int64, len(v.Doc.Statements))
	for i := range ids {
		ids[i] = v.Statement(i)
	}
	return d.Shared(ctx, ids...)
}

// Shared tells of statements of the archive which are reported by other
// articles too: their utterances, by the statement's id.
func (d *Desk) Shared(ctx context.Context, statements ...int64) (map[int64]int64, error) {
	list, err := d.store.Members(ctx, statements...)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]int64, len(list))
	for _, m := range list {
		out[m.Statement] = m.Utterance
	}
	return out, nil
}

// Reprints lists the articles that print the text that a version prints, the
// first to print it first, itself among them; there are none where it is the
// only one.
func (d *Desk) Reprints(ctx context.Context, version int64) ([]archive.Reprint, error) {
	list, err := d.store.Copies(ctx, version)
	if err != nil || len(list) < 2 {
		return nil, err
	}
	return list, nil
}
