// Package generated makes articles that nobody wrote, to measure an archive by:
// as many as are asked for, always the same ones, with everything in them that
// an article can have. Words follow Zipf's law, so do people; a part of the
// statements is reported by several articles, word by word or not quite.
package generated

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strings"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/news"
)

// Width is the length of the vectors.
const Width = 384

// How many different words, people and days there are.
const (
	vocabulary = 40_000
	population = 20_000
	span       = 3650
)

// A Maker makes articles. It may be used by many goroutines at once.
type Maker struct {
	seed   uint64
	words  []string
	word   zipf
	person zipf
}

// New makes a maker; the same seed makes the same articles.
func New(seed uint64) *Maker {
	r := rand.New(rand.NewPCG(seed, 0))
	m := &Maker{seed: seed, word: newZipf(vocabulary, 1), person: newZipf(population, 0.8)}
	m.words = append(m.words, plain...)
	seen := map[string]bool{}
	for len(m.words) < vocabulary {
		w := ""
		for range 1 + r.IntN(3) {
			w += pick(r, starts) + pick(r, middles) + pick(r, ends)
		}
		if w += pick(r, endings); !seen[w] {
			seen[w] = true
			m.words = append(m.words, w)
		}
	}
	return m
}

// A zipf draws ranks from 0 on, the n-th with a chance of 1/(n+1)^s.
type zipf []float64

func newZipf(n int, s float64) zipf {
	z, sum := make(zipf, n), 0.0
	for i := range z {
		sum += math.Pow(float64(i+1), -s)
		z[i] = sum
	}
	return z
}

func (z zipf) draw(r *rand.Rand) int {
	return min(sort.SearchFloat64s(z, r.Float64()*z[len(z)-1]), len(z)-1)
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// Person is the name of a person by rank; the lower, the more often quoted.
func (m *Maker) Person(rank int) string {
	k := rank % population
	// Ranks that are near each other share no name; all names are different
	// until the lists are used up, and then have a second given name.
	first, last := k%len(given), (k/len(given)+k*7)%len(family)
	name := given[first] + " " + family[last]
	if more := k / (len(given) * len(family)); more > 0 {
		name = given[first] + " " + given[(first+17*more)%len(given)] + " " + family[last]
	}
	return name
}

// Word is a word by rank; the lower, the commoner.
func (m *Maker) Word(rank int) string { return m.words[rank] }

// DrawPerson is the rank of a person as articles have it.
func (m *Maker) DrawPerson(r *rand.Rand) int { return m.person.draw(r) }

// DrawWord is the rank of a word as articles have it.
func (m *Maker) DrawWord(r *rand.Rand) int { return m.word.draw(r) }

// An Article is an entry for an archive and where its statements are from.
type Article struct {
	archive.Entry
	// Utterances has for each statement the number of the utterance that it
	// reports, or -1 where no other article has it.
	Utterances []int
}

// Article makes article n.
func (m *Maker) Article(n int) Article { return m.article(n, 0) }

// Long makes article n with so many paragraphs, of some 40 words each.
func (m *Maker) Long(n, paragraphs int) Article { return m.article(n, paragraphs) }

func (m *Maker) article(n, paragraphs int) Article {
	r := rand.New(rand.NewPCG(m.seed, uint64(n)+1))
	b := &builder{maker: m, r: r}
	day := time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(span))
	place := pick(r, places)
	outlet := place + " " + pick(r, papers)
	published := day.Format(time.DateOnly)
	if r.IntN(3) > 0 {
		published = day.Add(time.Duration(r.IntN(86400)) * time.Second).Format(time.RFC3339)
	}
	d := &b.doc
	d.ID, d.File = fmt.Sprintf("%016x", m.seed<<40+uint64(n)), fmt.Sprintf("generated/%07d.html", n)
	d.URL = fmt.Sprintf("https://%s.example/%s/%d", strings.ToLower(strings.ReplaceAll(outlet, " ", "-")), day.Format("2006/01"), n)
	d.Outlet, d.Published, d.Language = outlet, published, "en"
	d.Authors = []string{m.Person(population - 1 - r.IntN(500))}

	d.Title = capital(b.phrase(6 + r.IntN(4)))
	b.block(news.Headline, func() { b.text.WriteString(d.Title) })
	b.block(news.Byline, func() { b.text.WriteString("By " + d.Authors[0]) })
	for range 3 + r.IntN(5) {
		b.known(m.person.draw(r))
	}
	if paragraphs == 0 {
		paragraphs = 11 + r.IntN(8)
	}
	for range paragraphs {
		b.block(news.Paragraph, b.paragraph)
	}
	d.Text = b.text.String()
	if len(d.Actors[0].Mentions) == 0 {
		d.Actors[0].Mentions = append(d.Actors[0].Mentions, news.Mention{Span: d.Blocks[0].Span, Form: "nominal"})
	}
	d.Relations = []news.Relation{{Type: "works-for", From: "a1", To: "a2", Evidence: d.Actors[0].Mentions[0].Span, By: "outlet"}}
	return Article{
		Entry: archive.Entry{
			Doc: d, Reader: "generated, seed " + fmt.Sprint(m.seed), Kept: day.Add(30 * time.Hour), Vectors: b.vectors,
			People: b.people,
		},
		Utterances: b.utterances,
	}
}

// A builder writes one article.
type builder struct {
	maker      *Maker
	r          *rand.Rand
	text       strings.Builder
	doc        news.Document
	ranks      []int // of the actors
	people     []int64
	vectors    []archive.Vector
	utterances []int
}

func (b *builder) block(kind news.BlockKind, write func()) {
	if b.text.Len() > 0 {
		b.text.WriteString("\n\n")
	}
	start := b.text.Len()
	write()
	b.doc.Blocks = append(b.doc.Blocks, news.Block{Span: news.Span{Start: start, End: b.text.Len()}, Kind: kind})
}

// span writes something and returns where it stands.
func (b *builder) span(text string) news.Span {
	start := b.text.Len()
	b.text.WriteString(text)
	return news.Span{Start: start, End: b.text.Len()}
}

// paragraph is a sentence of the outlet's own, or a statement and one of them.
func (b *builder) paragraph() {
	if b.r.IntN(5) == 0 {
		b.own(12 + b.r.IntN(20))
		return
	}
	b.statement()
	if b.r.IntN(2) == 0 {
		b.text.WriteByte(' ')
		b.own(8 + b.r.IntN(16))
	}
}

func (b *builder) own(words int) {
	s := b.span(capital(b.phrase(words)) + ".")
	b.doc.OwnVoice = append(b.doc.OwnVoice, s)
	if b.r.IntN(6) == 0 {
		b.text.WriteString(" It was on ")
		day := time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, b.r.IntN(span))
		b.doc.Dates = append(b.doc.Dates, news.Date{Span: b.span(day.Format("2 January 2006")), Value: day.Format(time.DateOnly), Kind: "point"})
		b.text.WriteByte('.')
	}
}

func (b *builder) phrase(n int) string {
	var out strings.Builder
	for i := range n {
		if i > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(b.maker.words[b.maker.word.draw(b.r)])
	}
	return out.String()
}

// Utterances is how many utterances there are that several articles report;
// of a hundred statements so many report one of them.
const (
	Utterances = 20_000
	repeated   = 12
)

// Utterance is who says what in an utterance that several articles report.
func (m *Maker) Utterance(n int) (person int, words []string) {
	r := rand.New(rand.NewPCG(m.seed^0x5bd1e995, uint64(n)))
	person = m.person.draw(r)
	for range 14 + r.IntN(20) {
		words = append(words, m.words[m.word.draw(r)])
	}
	return person, words
}

func (b *builder) statement() {
	r := b.r
	utterance := -1
	who := r.IntN(len(b.ranks))
	content := strings.Fields(b.phrase(9 + r.IntN(24)))
	if r.IntN(100) < repeated {
		utterance = r.IntN(Utterances)
		var person int
		person, content = b.maker.Utterance(utterance)
		who = b.known(person)
		if len(content) > 16 && r.IntN(3) == 0 {
			content = content[:len(content)-r.IntN(5)] // cut short
		}
	}
	a := &b.doc.Actors[who]
	c := pick(r, cues)
	s := news.Statement{
		ID: fmt.Sprintf("s%d", len(b.doc.Statements)+1), By: news.ByModel, Kind: c.kind, CueStance: "neutral",
		Conditional: r.IntN(12) == 0, Confidence: 0.5 + float64(r.IntN(5000))/1e4,
	}
	words := capital(strings.Join(content, " "))
	full := len(a.Mentions) == 0 || r.IntN(4) == 0
	write := func() {
		if full && r.IntN(3) == 0 {
			t := b.span(pick(r, titles))
			a.Descriptions = append(a.Descriptions, news.Description{Span: t, Kind: "title", By: "outlet"})
			b.text.WriteByte(' ')
		}
		name, form := a.Name, "name"
		if !full {
			name, form = name[strings.LastIndexByte(name, ' ')+1:], "short"
		}
		m := b.span(name)
		a.Mentions = append(a.Mentions, news.Mention{Span: m, Form: form})
		s.Source = []news.Span{m}
		if full && r.IntN(2) == 0 {
			b.text.WriteString(", ")
			kind, text := "role", "the "+pick(r, roles)
			if r.IntN(4) == 0 {
				kind, text = "label", "a "+pick(r, labels)
			}
			a.Descriptions = append(a.Descriptions, news.Description{Span: b.span(text), Kind: kind, By: "outlet"})
			b.text.WriteString(",")
		}
	}
	if r.IntN(2) == 0 {
		s.Form = news.Direct
		s.Content = []news.Span{b.span("“" + words + ",”")}
		b.text.WriteByte(' ')
		write()
		b.text.WriteByte(' ')
		s.Cue = []news.Span{b.span(c.word)}
	} else {
		s.Form = news.Indirect
		write()
		b.text.WriteByte(' ')
		s.Cue = []news.Span{b.span(c.word)}
		b.text.WriteByte(' ')
		s.Content = []news.Span{b.span("that " + strings.Join(content, " "))}
		if other := &b.doc.Actors[r.IntN(len(b.doc.Actors))]; other != a && r.IntN(3) == 0 {
			b.text.WriteString(" about ")
			m := b.span(other.Name)
			other.Mentions = append(other.Mentions, news.Mention{Span: m, Form: "name"})
			s.Content[0].End = m.End
		}
	}
	b.text.WriteByte('.')
	s.Speakers = []news.Speaker{{Actor: a.ID, Name: a.Name, By: "name", Confidence: 0.9}}
	b.doc.Statements = append(b.doc.Statements, s)
	b.utterances = append(b.utterances, utterance)
	b.vectors = append(b.vectors, b.vector(utterance))
}

// known is the place of a person among the article's actors, who is added if
// they are not there.
func (b *builder) known(rank int) int {
	for i, other := range b.ranks {
		if other == rank {
			return i
		}
	}
	b.ranks = append(b.ranks, rank)
	b.people = append(b.people, int64(rank)+1)
	b.doc.Actors = append(b.doc.Actors, news.Actor{ID: fmt.Sprintf("a%d", len(b.ranks)), Name: b.maker.Person(rank), Named: true, Type: "person"})
	return len(b.ranks) - 1
}

// vector is near those of other statements of the same utterance, and far from
// all others.
func (b *builder) vector(utterance int) archive.Vector {
	r := b.r
	if utterance >= 0 {
		r = rand.New(rand.NewPCG(b.maker.seed^0x9e3779b9, uint64(utterance)))
	}
	v := archive.Vector{Scale: 1.0 / 127 / 8, Values: make([]int8, Width)}
	for i := 0; i < Width; i += 8 {
		bits := r.Uint64()
		for k := range 8 {
			v.Values[i+k] = int8(bits >> (8 * k))
		}
	}
	for range 16 {
		v.Values[b.r.IntN(Width)] += int8(b.r.IntN(9) - 4)
	}
	return v
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
