package english

import "strings"

// bodies are nouns for organisations.
var bodies = wordSet(`campaign company group firm organisation organization foundation agency ministry department government administration union party committee council
court bank university newspaper paper magazine site website network club charity nonprofit non-profit commission board institute association federation corporation office movement
institution outlet broadcaster station army military force police watchdog regulator airline retailer manufacturer team league nation country state kingdom republic team panel jury
parliament senate congress legislature house cabinet embassy regime coalition alliance militia faction faith church synagogue mosque school college hospital city town village public press media
bureau service authority utility inquiry probe tribunal portal chain outfit consortium lender carrier insurer trust bloc unit division branch society guild chamber exchange fund secretariat
presidency directorate registry command brigade battalion regiment squad fleet navy  prosecution defence pharmacy clinic theatre museum studio label brand startup start-up
staff crowd family couple band community majority minority world market industry economy public electorate base opposition left right`)

// documents are nouns for what speaks in writing.
var documents = wordSet(`poll polls survey surveys report reports study studies letter letters statement statements documents document records record filing filings lawsuit lawsuits
complaint indictment transcript transcripts data figures statistics article articles book memo memos order ruling analysis review email emails e-mail e-mails ad ads advertisement video
website page post posts tweet tweets guidelines guideline results result depositions deposition affidavit platform test textbook headline editorial column story stories paper papers
communique communiqué press release testimony playbook research investigation audit bill law treaty constitution resolution message messages sign signs banner note papers numbers polling`)

// things are other nouns that are said to say and are nobody.
var things = wordSet(`move case issue idea thought question answer decision deal plan policy debate race election vote result event attack war crisis fact evidence comment comments remark remarks
speech interview argument view opinion belief fear hope concern claim allegation accusation charge promise pledge threat call demand request suggestion proposal announcement news rumor rumour
speculation word words phrase slogan joke song film movie show program programme series episode scene moment day week month year night morning time way place site rally convention
conference meeting tone voice language attitude mood reaction response criticism praise support opposition endorsement consensus agreement description answer accounts account history tradition
money deal shooting incident episode trend change rise fall increase growth rule system process method approach strategy theory notion sense feeling exchange conversation discussion impression image
accord submission piece feature deposit note gesture display letterhead brief treaty pact ceasefire truce verdict sentence clause amendment
picture photo photograph message ring report theme point reason logic lesson`)

// people are nouns for one person by what they are or do, for where a word's
// capital tells nothing.
var people = wordSet(`president governor senator congressman congresswoman lawmaker representative mayor minister premier chancellor secretary ambassador speaker chairman chairwoman chair chief
head leader director executive akim governor-general ombudsman treasurer minister-president ceo founder owner boss manager official officer spokesman spokeswoman spokesperson aide adviser advisor strategist consultant pollster analyst expert economist
professor scientist researcher doctor physician surgeon nurse lawyer attorney prosecutor judge justice sheriff detective commissioner general colonel captain commander soldier veteran
actor actress star singer musician comedian director producer host anchor journalist reporter columnist editor author writer poet filmmaker activist organizer protester campaigner
candidate nominee contender challenger rival opponent incumbent frontrunner front-runner runner politician republican democrat conservative liberal billionaire millionaire businessman businesswoman
businessperson mogul tycoon developer magnate investor banker entrepreneur financier king queen prince princess pope bishop priest pastor imam cleric rabbi sheikh father mother son daughter brother
sister husband wife man woman boy girl teen teenager student teacher coach player athlete victim suspect defendant gunman killer hacker shooter survivor witness neighbor neighbour resident
lieutenant deputy colleague successor predecessor friend ally critic partner daughter-in-law son-in-law native newcomer maverick libertarian`)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// Body reports whether noun stands for an organisation ("campaign", "ministry").
func Body(noun string) bool { return bodies[strings.ToLower(noun)] }

// Document reports whether noun stands for something that speaks in writing
// ("poll", "lawsuit").
func Document(noun string) bool { return documents[strings.ToLower(noun)] }

// Thing reports whether noun stands for a body, a document or another thing: for
// no person.
func Thing(noun string) bool {
	noun = strings.ToLower(noun)
	return bodies[noun] || documents[noun] || things[noun]
}

// Person reports whether noun stands for one person by what they are or do.
func Person(noun string) bool {
	noun = strings.ToLower(noun)
	return people[noun] || gendered[noun] != Unmarked
}
