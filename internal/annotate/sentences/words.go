package sentences

import "strings"

// A kind of abbreviation says when the point after it ends a sentence.
type kind uint8

const (
	_       kind = iota
	title        // never: a name follows (Gen. Pike)
	counted      // not before a number (No. 10, Sept. 11)
	inner        // never: more follows (e.g., vs.)
	either       // before words that begin sentences only (Pike Inc. The firm)
)

var abbreviations = func() map[string]kind {
	m := map[string]kind{}
	for k, words := range map[kind]string{
		title: `Mr Mrs Ms Mx Dr Drs Prof Messrs Mme Mlle Gen Lt Col Maj Capt Cmdr Cdr Cpl Cpt Adm Sgt Pvt Brig Pfc Sen Sens Rep
			Reps Gov Govs Pres Rev Hon Fr Msgr Amb Supt Det Insp Atty Asst Assoc Dep St Ste Mt Ft Pt Sheik Sec.-Gen Lt.Col Maj.Gen
			Lt.-Gen Lt-Gen Maj-Gen Brig-Gen Secy Treas Comm Cllr Cde Sr.Lt`,
		counted: `No no Nos nos Art art Sec sec pp p vol Vol fig Fig ch Ch para Op op ca approx est Jan Feb Mar Apr Jun Jul Aug Sep
			Sept Oct Nov Dec Nr Sat Sun Mon Tue Tues Wed Thu Thur Thurs Fri`,
		inner: `e.g i.e eg ie vs v cf viz Exh incl aka a.k.a w/`,
		either: `Inc Ltd Co Cos Corp Bros Jr Sr Esq Plc plc LLC Ave Blvd Rd Hwy Sq Bldg Dept Univ Assn Intl Natl Govt etc et.al al ft lb lbs
			oz mph hr hrs min Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa
			Penn Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta`,
	} {
		for _, w := range strings.Fields(words) {
			m[w] = k
		}
	}
	return m
}()

// starters are words that begin a sentence and hardly ever a name.
var starters = set(`A About According After Again All Almost Also Although Among An And Another Any As Asked At Because Before Both But By
	Can Despite Did Do During Each Earlier Even Every Few First Following For From Had Has Have He Her Here His How However I If In Indeed
	Instead Is It Its Just Last Later Like Many Meanwhile More Moreover Most Mr Mrs Ms My Nearly Neither Nevertheless Next No Nobody None Nor
	Not Nothing Now Of On Once One Only Or Other Others Our Over People Perhaps She Since So Some Such Than That The Their Then There These
	They This Those Though Three Through To Today Two Under Unless Until Was We Were What When Where Whether Which While Who Why With Without
	Would Yes Yesterday Yet You Your`)

// speech are verbs by which news says who spoke.
var speech = set(`said says say asked asks told tells replied answered added adds shouted yelled cried wondered wrote writes tweeted
	posted demanded exclaimed joked quipped responded declared called screamed chanted continued insisted repeated recalled
	remarked began inquired mused`)

// set makes a set of the words of s.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
