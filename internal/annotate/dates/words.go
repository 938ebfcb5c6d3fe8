package dates

import (
	"strings"
	"sync"
)

// A class is what a word can be in an expression of time.
type class uint8

const (
	other    class = iota
	month          // value 1 to 12; brief where abbreviated
	weekday        // value 0 (Sunday) to 6; likewise
	cardinal       // value
	ordinal        // value
	unit           // value a unit; many where plural
	season         // value 0 (spring) to 3 (winter)
	nineties       // value the decade's first year
	vague          // few, several: a count that is none
)

// A unit is a length of time.
type length uint8

const (
	hours length = iota + 1
	dayLong
	nightLong
	weekendLong
	weekLong
	monthLong
	quarterLong
	yearLong
	decadeLong
	centuryLong
)

// A sense is what a word tells of when the sentence around it happens. A word
// may have several.
type sense uint8

const (
	past     sense = 1 << iota // said, was, killed
	future                     // will, due, upcoming
	would                      // later than a time that is past already
	base                       // what stands after "to" of something to come: to meet, to vote
	schedule                   // a present that speaks of what is to come: begins, resumes
	present                    // is, are
	modal                      // what turns "to vote" into the past: forced to, failed to
)

// A word is one entry of the vocabulary.
type word struct {
	text  string // in lower case; what the token's word is compared with
	class class
	value int
	brief bool // an abbreviation
	many  bool // plural
	sense sense
	link  bool // a function word: it begins what follows an expression
}

// vocabulary is built when the first article is read, not when the program
// starts.
var vocabulary = sync.OnceValue(func() map[string]*word {
	v := map[string]*word{}
	entry := func(text string) *word {
		if v[text] == nil {
			v[text] = &word{text: text}
		}
		return v[text]
	}
	list := func(c class, first int, texts string) {
		for i, text := range strings.Fields(texts) {
			w := entry(text)
			w.class, w.value = c, first+i
		}
	}
	list(month, 1, "january february march april may june july august september october november december")
	list(weekday, 0, "sunday monday tuesday wednesday thursday friday saturday")
	list(cardinal, 1, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	list(ordinal, 1, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "+
		"sixteenth seventeenth eighteenth nineteenth twentieth")
	list(season, 0, "spring summer autumn winter")
	entry("fall").class, entry("fall").value = season, 2
	for i, text := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		w := entry(text)
		w.class, w.value = cardinal, 20+10*i
	}
	for i, text := range strings.Fields("twenties thirties forties fifties sixties seventies eighties nineties") {
		w := entry(text)
		w.class, w.value = nineties, 1920+10*i
	}
	for text, n := range map[string]int{
		"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	} {
		w := entry(text)
		w.class, w.value, w.brief = month, n, true
	}
	for text, n := range map[string]int{
		"sun": 0, "mon": 1, "tue": 2, "tues": 2, "wed": 3, "weds": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6,
	} {
		w := entry(text)
		w.class, w.value, w.brief = weekday, n, true
	}
	for text, l := range map[string]length{
		"hour": hours, "minute": hours, "day": dayLong, "night": nightLong, "weekend": weekendLong, "week": weekLong, "month": monthLong,
		"quarter": quarterLong, "year": yearLong, "decade": decadeLong, "century": centuryLong,
	} {
		w := entry(text)
		w.class, w.value = unit, int(l)
		many := entry(text + "s")
		many.class, many.value, many.many = unit, int(l), true
	}
	entry("centuries").class, entry("centuries").value, entry("centuries").many = unit, int(centuryLong), true
	for _, text := range strings.Fields("few several some many couple dozens") {
		entry(text).class = vague
	}
	for text := range strings.FieldsSeq(grammarWords) {
		entry(text)
	}
	for text := range strings.FieldsSeq(linkWords) {
		entry(text).link = true
	}
	for s, texts := range senses {
		for text := range strings.FieldsSeq(texts) {
			entry(text).sense |= s
		}
	}
	return v
})

// grammarWords are words that the grammar asks for by name.
const grammarWords = `
	the a an last next this past coming previous following current recent final that same today yesterday tomorrow tonight
	early late mid earlier later beginning start end middle close half year's
	by no not than within between from to until till through over in on at of and or during for since before after ago hence now time prior
	previously beforehand afterwards afterward
	morning afternoon evening noon midday midnight christmas boxing new eve
	am pm gmt utc local et est edt pst bst cet hrs hours o'clock
	q1 q2 q3 q4 h1 h2 fiscal circa post pre
	every each all about around nearly almost more less roughly approximately least most up throughout ahead following s t ll
	novel book film movie play album series titled called orwell george
	resolution adding he she they his her its their our my your
	alliance bloc coalition movement brigade brigades group camp forces revolution martyrs square street avenue
	attack attacks massacre assault bombings hijackings terror riot insurrection committee capitol
	mrs ms mr dr theresa minister
	degrees temperatures temperature highs heat
	bc bce ad era led week's weekly annual
	january's
`

// linkWords follow a year that stands by itself ("in 2019 under a deal"); after
// a year that is a count stands the thing counted ("in 2019 cases").
const linkWords = `
	a an the and or but nor so yet as at by for from in into of off on onto out over per than to toward towards under until up upon via with
	within without about above across after against along amid amidst among around before behind below beneath beside between beyond despite
	down during except inside like near outside past since through throughout till when where while which who whom whose that this these those
	because although though if unless whether once he she it they we you i his her its their our my your him them us me there then here
	was were is are be been has have had did does do will would shall should can could may might must said says told saw marked alone
	not no never only also both either just even still already again later earlier because following according including compared ahead
	left made brought came went became began ended found showed won lost took gave led rose fell did grew
`

// senses are the words that tell tense. Of a verb that looks the same in the
// present and the past (hit, put) the past is meant.
var senses = map[sense]string{
	past: `
	was were had did didn wasn weren hadn hasn has said told met held began took came went left won lost made gave saw fell rose hit broke struck shot found sent wrote
	spoke got became brought bought built caught chose drew drove fought flew grew kept knew led paid put ran sat set sold stood swore taught
	thought threw understood withdrew sought spent split spread stole sank swept tore wore fled hurt laid lay lent meant quit read rode sang
	shook slid slept sprang stuck swam woke beat bent bled blew bore bound cut dealt dug fed felt forbade forgot froze hung heard hid forgave died used tied lied`,
	future: `will shall ll won't upcoming forthcoming scheduled due expected planned slated must cannot can should may might plan plans planning
	expects intends hopes prepares preparing aims ahead`,
	would: `would could wouldn couldn`,
	base: `
	meet vote begin start open close end expire resume return arrive leave travel visit hold host make take give go come speak appear address
	attend announce publish release launch present sign ratify decide discuss consider hear rule sentence testify face fight play run stand
	march protest strike rally gather demonstrate walk mark celebrate commemorate honour honor host unveil introduce submit file deliver
	send withdraw pull complete finish build withdraw deploy join quit resign step retire replace elect choose name appoint swear inaugurate
	pay raise cut reduce increase lift impose extend end ban allow reopen restart relaunch re-open hand transfer move fly sail depart land
	be become get have see stay remain continue stop halt cease enter reach achieve meet convene assemble sit reconvene debate pass approve
	reject veto agree negotiate talk mediate implement enforce comply answer respond report brief update review assess examine inspect
	investigate question interview arrest detain try extradite deport free bury lay pray fast break receive welcome greet lead chair head
	open conclude adopt issue set put kick air broadcast stream premiere screen perform sing tour show exhibit auction sell buy list float
	trade ship supply export import produce generate deliver phase roll come qualify compete race defend win lose
	invite cast help ask call urge show work campaign debate consult`,
	schedule: `begins starts opens closes ends expires meets resumes returns arrives departs leaves runs goes kicks takes comes reopens convenes
	begin resume expire arrive convene`,
	present: `is are am be re`,
	modal: `forced able unable used failed managed refused continued began started tried helped came went allowed prepared attempted struggled
	appeared happened rushed gathered turned travelled traveled returned arrived met rallied proceeded chose moved stopped paused`,
}
