package pack

// A Trace is what one article has of a person.
type Trace struct {
	Names  []string // the person's mentions by name, each spelling once
	Called []Called
	Said   []Saying
	About  []int64 // ids of other people spoken of in what the person said
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
