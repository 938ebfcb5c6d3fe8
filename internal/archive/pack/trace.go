package pack

// A Trace is what one article has of a person.
type Trace struct {
	Names  []string // the person's mentions by name, each spelling once
	Called []Called
	Said   []Saying
	About  []int64 // ids of other people spoken of in what the person said
	Of     []int64 // ids of other people who speak of the person
	Ties   []Tie
}

// Called is what an article calls a person.
type Called struct {
	Kind string // role, title, label
	Text string
	By   string // "outlet", or the id of a statement in its article
}

// A Saying is a statement of a person.
type Saying struct {
	Statement int64 // its id in the archive
	Form      string
	Kind      string
}

// A Tie is a relation of a person that the article states.
type Tie struct {
	Type  string // leads, holds-office, member-of, …
	From  bool   // the person stands at its beginning
	Other int64  // id of the person at its other end; 0 where that is nobody known
	Words string // what the article calls the other end
	By    string // "outlet", or the id of a statement in its article
}

// Bytes is t as few bytes, uncompressed: they are short, and read by the
// thousand.
func (t *Trace) Bytes() []byte {
	c := coder{buf: make([]byte, 0, 64), known: map[string]uint64{}}
	c.trace(t)
	return c.buf
}

// UnpackTrace is the reverse of Bytes.
func UnpackTrace(data []byte) (Trace, error) {
	var t Trace
	c := coder{buf: data, reading: true}
	c.trace(&t)
	if c.err == nil && len(c.buf) > 0 {
		c.err = errDamaged
	}
	return t, c.err
}

func (c *coder) trace(t *Trace) {
	list(c, &t.Names, c.str)
	list(c, &t.Called, func(x *Called) {
		c.str(&x.Kind)
		c.str(&x.Text)
		c.str(&x.By)
	})
	list(c, &t.Said, func(x *Saying) {
		c.id(&x.Statement)
		c.str(&x.Form)
		c.str(&x.Kind)
	})
	c.last = 0
	list(c, &t.About, c.id)
	if c.reading && len(c.buf) == 0 {
		return // of the first layout, which ends here
	}
	c.last = 0
	list(c, &t.Of, c.id)
	list(c, &t.Ties, func(x *Tie) {
		c.str(&x.Type)
		c.flag(&x.From)
		c.last = 0
		c.id(&x.Other)
		c.str(&x.Words)
		c.str(&x.By)
	})
}

// id writes an id as its distance to the one before.
func (c *coder) id(id *int64) {
	step := uint64(*id-int64(c.last))<<1 ^ uint64((*id-int64(c.last))>>63)
	c.uint(&step)
	if c.reading {
		*id = int64(c.last) + (int64(step>>1) ^ -int64(step&1))
	}
	c.last = int(*id)
}
