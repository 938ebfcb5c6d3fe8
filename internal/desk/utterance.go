package desk

import (
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
