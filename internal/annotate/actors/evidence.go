package actors

import (
	"math"
	"slices"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// The facts that are weighed for a mention and one candidate. Their weights are
// in weights.json, a list for each class of mention.
const (
	sameSentence = iota
	sentenceBefore
	twoBefore
	fewBefore
	farBefore
	comesAfter // the candidate's nearest mention stands after, in the same sentence
	nearest    // of the candidates that fit
	second
	further
	nearSubject    // its nearest mention is a subject
	nearOpens      // … opens its sentence
	nearOwner      // … is a possessive
	nearNested     // … stands inside another mention
	nearPronoun    // … is a pronoun of the same gender
	nearShort      // … is a part of a name
	nearNominal    // … is a nominal
	often          // how often the actor was mentioned so far, as a logarithm
	mainActor      // whether nobody is named more often
	genderTold     // gender agrees, told
	genderGuessed  // gender agrees, guessed by the given name
	genderClash    // gender differs from the guess
	speakerQuoted  // it speaks the quotation that holds the mention
	speakerPlain   // it speaks the indirect content that holds the mention
	spokeLast      // the mention is in a source, and it spoke before
	quotedNear     // its nearest mention is inside a quotation, the mention is not
	plainNear      // the reverse, and it does not speak it
	sameQuote      // both inside one quotation
	sameParagraph  //
	topic          // it is the first named in the paragraph
	coArgument     // an object and the subject just before it
	reflexive      // a reflexive and the subject just before it
	possessive     // a possessive in the candidate's sentence
	parallel       // subject after subject
	addressee      // it is told what the quotation says
	inHeadline     // its nearest mention stands in a headline
	chained        // the pronoun of the same gender before it is its own
	distance       // words between, as a logarithm
	sameHead       // the nominal's noun stands around one of its names
	sharedWords    // share of the nominal's words that stand around its names
	onlyOne        // it is the only candidate that fits
	likelihood     // log odds of the coreference head
	likeliest      // the coreference head likes it best
	unnamed        // no name of it stands before
	sourceOf       // it is a source of the sentence that holds the mention
	spokeQuoteLast // inside a quotation, and it spoke the one before
	titled         // its name stands in the article's title
	pageOf         // … and the title is nothing but a name
	firstNamed     // nobody is named before it
	ofPhrase       // its nearest mention follows a preposition
	listed         // … is one of several that "and" joins
	bothSubjects   // … is a subject of this sentence or the one before, and so is the pronoun
	bothOwners     // … and the pronoun are possessives of one sentence
	marksBetween   // how many commas and the like stand between, as a logarithm
	factCount
)

// The facts about a mention that speak for nobody.
const (
	always = iota
	untagged
	tagLogit
	noneQuoted
	noneFits
	noneSource
	noneOpens
	noneHeadline
	noneCount
)

// An Evidence is what was weighed for one mention; Right is the candidate that
// it is known to mean, or -1 for nobody.
type Evidence struct {
	Class      string
	Text       string
	None       []float64
	Candidates [][]float64
	Right      int
}

// A candidate is an actor that a mention may mean.
type candidate struct {
	cluster int
	near    int // its mention nearest to the one being resolved
	facts   []float64
	score   float64
}

// weighed fills in the facts of each candidate for mention i.
func (r *reading) weighed(i int, list []candidate) (nobody []float64) {
	m := &r.mentions[i]
	speakers := r.speakersAround(m)
	told := r.addressed(m)
	main, first := r.mainCluster(), r.firstNamed()
	last := r.samePronounBefore(i)
	spoke := r.lastSpeaker(i)
	odds, bestOdds := r.networkOdds(i, list)
	inSentence := r.sourcesOfSentence(m)
	for k := range list {
		c := &list[k]
		f := make([]float64, factCount)
		c.facts = f
		a, actor := &r.mentions[c.near], &r.clusters[c.cluster]
		set := func(fact int, is bool) {
			if is {
				f[fact] = 1
			}
		}
		gap := m.sentence - a.sentence
		set(comesAfter, c.near > i)
		if c.near < i {
			set(sameSentence, gap <= 0)
			set(sentenceBefore, gap == 1)
			set(twoBefore, gap == 2)
			set(fewBefore, gap > 2 && gap <= 5)
			set(farBefore, gap > 5)
		}
		set(nearest, k == 0)
		set(second, k == 1)
		if k > 1 {
			f[further] = math.Log(float64(k))
		}
		set(nearSubject, a.subject && (a.form != formPronoun || a.pro.Case == english.Subject))
		set(nearOpens, a.opens)
		set(nearOwner, a.owner || a.form == formPronoun && a.pro.Case == english.Possessive)
		set(nearNested, a.holder != none)
		set(nearPronoun, a.form == formPronoun && a.gender == m.gender)
		set(nearShort, a.form == formShort)
		set(nearNominal, a.form == formNominal)
		f[often] = math.Log1p(float64(r.mentionedBefore(c.cluster, i)))
		set(mainActor, c.cluster == main)
		set(genderTold, m.gender != english.Unmarked && actor.gender == m.gender && actor.told)
		set(genderGuessed, m.gender != english.Unmarked && actor.gender == m.gender && !actor.told)
		set(genderClash, m.gender.Clashes(actor.gender))
		isSpeaker := contains(speakers, c.cluster)
		quoted := m.quote != none
		set(speakerQuoted, quoted && isSpeaker)
		set(speakerPlain, !quoted && isSpeaker)
		set(spokeLast, m.source != none && spoke == c.cluster)
		set(spokeQuoteLast, quoted && spoke == c.cluster && !isSpeaker)
		set(quotedNear, a.quote != none && !quoted)
		set(plainNear, a.quote == none && quoted && !isSpeaker)
		set(sameQuote, quoted && a.quote == m.quote)
		set(sameParagraph, a.paragraph == m.paragraph)
		set(topic, r.firstOfParagraph(m.paragraph, i) == c.cluster)
		between := c.near < i && gap <= 0 && m.word-a.word < 9 && r.oneClause(a, m)
		set(coArgument, between && m.pro.Case == english.Object && (a.subject || a.opens))
		set(reflexive, between && m.pro.Case == english.Reflexive)
		set(possessive, gap <= 0 && m.pro.Case == english.Possessive && m.form == formPronoun)
		set(parallel, m.opens && a.opens && gap == 1 && c.near < i)
		set(addressee, contains(told, c.cluster))
		set(inHeadline, a.headline && !m.headline)
		set(chained, last == c.cluster)
		f[distance] = math.Log1p(math.Abs(float64(m.word - a.word)))
		if m.form == formNominal {
			f[sameHead], f[sharedWords] = r.alike(m, c.cluster)
		}
		set(onlyOne, len(list) == 1)
		f[likelihood] = odds[k]
		set(likeliest, k == bestOdds)
		set(unnamed, len(actor.names) == 0 || actor.names[0] > i)
		set(sourceOf, contains(inSentence, c.cluster))
		set(titled, r.inTitle(c.cluster))
		set(pageOf, f[titled] > 0 && r.titleIsName())
		set(firstNamed, c.cluster == first)
		set(ofPhrase, r.afterPreposition(a))
		set(listed, r.joined(a))
		set(bothSubjects, c.near < i && gap <= 1 && a.subject && m.form == formPronoun && m.pro.Case == english.Subject)
		set(bothOwners, gap <= 0 && m.form == formPronoun && m.pro.Case == english.Possessive && (a.owner || a.form == formPronoun && a.pro.Case == english.Possessive))
		if c.near < i && gap <= 0 {
			f[marksBetween] = math.Log1p(float64(marksIn(r.text[a.End:max(a.End, m.Start)])))
		}
	}
	n := make([]float64, noneCount)
	n[always] = 1
	if m.tag.Confidence == 0 {
		n[untagged] = 1
	} else {
		p := min(max(m.tag.Confidence, 0.02), 0.98)
		n[tagLogit] = math.Log(p / (1 - p))
	}
	if m.quote != none {
		n[noneQuoted] = 1
	}
	n[noneFits] = math.Log1p(float64(len(list)))
	if m.source != none {
		n[noneSource] = 1
	}
	if m.opens {
		n[noneOpens] = 1
	}
	if m.headline {
		n[noneHeadline] = 1
	}
	return n
}

// alike compares a nominal's words with those around a cluster's names: whether
// its noun is among them, as their head or otherwise, and the share that is.
func (r *reading) alike(m *mention, c int) (head, share float64) {
	words := r.wordsAround(c)
	k := english.Phrases(r.text, m.Span, func(news.Span) bool { return false })
	if len(k) > 0 {
		head = words[kindOf(fold(english.Bare(k[0].Head(r.text))))]
	}
	n, both := 0, 0
	for w := m.word; w < m.word+m.words; w++ {
		if f := kindOf(r.folded[w]); !small(f) {
			n++
			if words[f] > 0 {
				both++
			}
		}
	}
	if n > 0 {
		share = float64(both) / float64(n)
	}
	return head, share
}

// inFull is an office's name for its abbreviation.
func inFull(w string) string {
	switch w {
	case "gov":
		return "governor"
	case "sen", "sens":
		return "senator"
	case "rep", "reps", "congressman", "congresswoman", "representative":
		return "lawmaker"
	case "gen":
		return "general"
	case "pm":
		return "premier"
	case "cm", "fm":
		return "minister"
	case "ceo":
		return "executive"
	case "justice":
		return "judge"
	case "attorney":
		return "lawyer"
	case "chief", "leader", "boss":
		return "head"
	case "gop", "republicans":
		return "republican"
	case "democrat", "democrats":
		return "democratic"
	case "d":
		return "democratic"
	case "r":
		return "republican"
	}
	return w
}

// small reports whether a word tells nothing of whom it is said.
func small(w string) bool {
	switch w {
	case "the", "a", "an", "of", "and", "in", "on", "for", "to", "his", "her", "their", "who", "is", "was", "with", "at", "by", "from", "that", "this", "has", "had", "as", "said", "s":
		return true
	}
	return false
}

// around is how many words before a name and of an apposition after it are
// taken to say who it is.
const (
	aroundBefore = 6
	aroundAfter  = 12
)

// wordsAround is the words by which the article introduces a cluster: those that
// stand before its names as titles and modifiers, and those of appositions and
// predicates after them. The word that is the head of such a phrase counts 1,
// another a half.
func (r *reading) wordsAround(c int) map[string]float64 {
	k := &r.clusters[c]
	if k.heads != nil {
		return k.heads
	}
	k.heads = map[string]float64{}
	for n, i := range k.names {
		if n >= 20 {
			break
		}
		m := &r.mentions[i]
		for w := m.word - 1; w >= 0 && w >= m.word-aroundBefore; w-- {
			gap := r.text[r.words[w].End:r.words[w+1].Start]
			if strings.ContainsAny(gap, ",.;:!?\n“”\"()") && !strings.HasPrefix(gap, ". ") || endsModifiers(r.folded[w]) {
				break
			}
			k.learn(r.folded[w], w == m.word-1)
			if r.folded[w] == "minister" && w > 0 && r.folded[w-1] == "prime" {
				k.learn("premier", w == m.word-1)
			}
		}
		next := m.word + m.words
		if next+1 >= len(r.words) {
			continue
		}
		gap := r.text[m.End:r.words[next].Start]
		switch {
		case strings.HasPrefix(gap, ",") && opensApposition(r.folded[next]) && !r.opensSource(m, next):
			r.learnPhrase(k, next)
		case gap == " " && (r.folded[next] == "is" || r.folded[next] == "was") && opensApposition(r.folded[next+1]):
			r.learnPhrase(k, next+1)
		}
	}
	for n, i := range k.mentions {
		if n >= 20 {
			break
		}
		if m := &r.mentions[i]; m.form == formNominal {
			r.learnPhrase(k, m.word)
		}
	}
	return k.heads
}

// opensSource reports whether a source that does not hold m begins at word i: "to
// Radio Carrow, the minister said" says nothing of who Radio Carrow is.
func (r *reading) opensSource(m *mention, i int) bool {
	at := r.words[i].Start
	k, ok := slices.BinarySearchFunc(r.sources, at, func(x news.Span, at int) int { return x.Start - at })
	return ok && !r.sources[k].Contains(m.Span)
}

// learn keeps a word that a cluster is called by.
func (k *cluster) learn(word string, head bool) {
	if strings.Trim(word, "0123456789") == "" {
		return // an age
	}
	weight := 0.5
	if head {
		weight = 1
	}
	for _, w := range []string{inFull(word), kindOf(word)} {
		k.heads[w] = max(k.heads[w], weight)
	}
}

// endsModifiers reports whether a word before a name is no modifier of it.
func endsModifiers(w string) bool {
	switch w {
	case "the", "a", "an", "with", "that", "and", "but", "to", "from", "by", "as", "for", "in", "on", "at", "said", "says", "told", "is", "was", "who", "when", "while", "because", "if",
		"about", "against", "between", "or", "than", "after", "before", "has", "had", "have", "will", "would", "over", "into", "like", "his", "her", "their", "its", "my", "our":
		return true
	}
	return false
}

// opensApposition reports whether a word can open a noun phrase that says who
// somebody is.
func opensApposition(w string) bool {
	switch w {
	case "who", "which", "whose", "and", "but", "he", "she", "it", "said", "says", "as", "when", "while", "where", "or", "in", "at", "on", "to", "with", "for", "by", "after", "before",
		"told", "has", "had", "was", "is", "not", "if", "because", "though", "although", "so", "then", "also":
		return false
	}
	return true
}

// learnPhrase keeps the words from word on, as far as the next mark; the head is
// the last one before a preposition.
func (r *reading) learnPhrase(k *cluster, from int) {
	headed := false
	for w := from; w < min(len(r.words), from+aroundAfter); w++ {
		last := w+1 >= len(r.words) || strings.ContainsAny(r.text[r.words[w].End:r.words[w+1].Start], ",.;:!?\n“”\"()")
		head := !headed && (last || endsModifiers(r.folded[w+1]) || r.folded[w+1] == "of")
		headed = headed || head
		if !small(r.folded[w]) {
			k.learn(r.folded[w], head)
		}
		if last {
			break
		}
	}
}

func contains(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
