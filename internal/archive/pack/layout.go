package pack

import "whosaid/internal/news"

// document is the layout of everything that is packed. A field that news gets
// goes to the end of its noun, with a new number of the layout; a test fills
// every field of a document to see that none is forgotten.
func (c *coder) document(d *news.Document) {
	c.flag(&d.AsIs)
	list(c, &d.Authors, c.str)
	list(c, &d.Blocks, c.block)
	list(c, &d.Repairs, c.repair)
	list(c, &d.Problems, c.problem)
	list(c, &d.Statements, c.statement)
	list(c, &d.Actors, c.actor)
	list(c, &d.Chain, c.teller)
	list(c, &d.Relations, c.relation)
	list(c, &d.Dates, c.date)
	list(c, &d.OwnVoice, c.span)
}

func (c *coder) block(b *news.Block) {
	c.span(&b.Span)
	c.str((*string)(&b.Kind))
}

func (c *coder) repair(r *news.Repair) {
	c.span(&r.Span)
	c.str(&r.Was)
}

func (c *coder) problem(p *news.Problem) {
	c.str(&p.Code)
	c.str(&p.Message)
}

func (c *coder) teller(t *news.Teller) {
	c.str(&t.Name)
	c.str(&t.Actor)
	maybe(c, &t.Evidence, c.span)
}

func (c *coder) statement(s *news.Statement) {
	c.str(&s.ID)
	c.str((*string)(&s.By))
	c.str((*string)(&s.Form))
	c.str(&s.Kind)
	c.flag(&s.Conditional)
	c.str(&s.CueStance)
	list(c, &s.Source, c.span)
	list(c, &s.Cue, c.span)
	list(c, &s.Content, c.span)
	list(c, &s.Speakers, c.speaker)
	maybe(c, &s.Addressee, c.span)
	maybe(c, &s.Venue, c.span)
	maybe(c, &s.When, c.when)
	c.str(&s.Parent)
	c.portion(&s.Confidence)
}

func (c *coder) speaker(s *news.Speaker) {
	c.str(&s.Actor)
	c.str(&s.Name)
	c.str(&s.By)
	c.portion(&s.Confidence)
}

func (c *coder) actor(a *news.Actor) {
	c.str(&a.ID)
	c.str(&a.Name)
	c.flag(&a.Named)
	c.str(&a.Type)
	list(c, &a.Mentions, c.mention)
	list(c, &a.Descriptions, c.description)
}

func (c *coder) mention(m *news.Mention) {
	c.span(&m.Span)
	c.str(&m.Form)
}

func (c *coder) description(d *news.Description) {
	c.span(&d.Span)
	c.str(&d.Kind)
	c.str(&d.By)
}

func (c *coder) relation(r *news.Relation) {
	c.str(&r.Type)
	c.str(&r.From)
	c.str(&r.To)
	c.span(&r.Evidence)
	c.str(&r.By)
}

// when is a statement's time, of which records have no kind.
func (c *coder) when(d *news.Date) {
	c.span(&d.Span)
	c.str(&d.Value)
}

func (c *coder) date(d *news.Date) {
	c.span(&d.Span)
	c.str(&d.Value)
	c.str(&d.Kind)
}
