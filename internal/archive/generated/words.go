package generated

// All of it is invented: the places, the outlets, the people that given and
// family names make together.

// plain are the commonest words, in about the order in which English has them;
// rarer ones are made of syllables.
var plain = []string{
	"the", "of", "to", "and", "a", "in", "that", "is", "for", "on", "it", "with", "as", "was", "by", "be", "at", "from", "this", "have",
	"has", "not", "are", "but", "had", "will", "would", "their", "which", "or", "been", "more", "who", "were", "they", "an", "we", "there", "one", "its",
	"new", "after", "all", "people", "year", "also", "two", "over", "than", "year's", "could", "other", "when", "first", "about", "into", "time", "any", "some", "only",
	"government", "council", "water", "bridge", "strike", "talks", "border", "harbour", "vote", "court", "report", "plan", "money", "force", "police", "party",
}

var starts = []string{"b", "br", "c", "cl", "cr", "d", "dr", "f", "fl", "g", "gr", "h", "l", "m", "n", "p", "pl", "pr", "r", "s", "sh", "sl", "st", "str", "t", "th", "tr", "v", "w"}

var middles = []string{"a", "e", "i", "o", "u", "ai", "ea", "ee", "oa", "ou"}

var ends = []string{"", "b", "ck", "d", "ft", "g", "ld", "ll", "m", "n", "nd", "ng", "nt", "p", "r", "rd", "rk", "rm", "rt", "s", "ss", "st", "t", "tch", "x"}

var endings = []string{"", "", "", "", "s", "s", "ed", "ing", "er", "ion", "ment", "ly", "al"}

var given = []string{
	"Ada", "Alma", "Amal", "Anders", "Anouk", "Arlo", "Basil", "Beata", "Bram", "Carla", "Casper", "Celia", "Corin", "Dalia", "Darius", "Della", "Edda", "Elias", "Elke", "Emre",
	"Esme", "Farah", "Felix", "Flora", "Gideon", "Greta", "Hanne", "Hugo", "Ida", "Ilse", "Imran", "Ines", "Ivo", "Jonas", "Joran", "Karim", "Kasia", "Lale", "Lars", "Leila",
	"Lennart", "Lino", "Lotte", "Magda", "Malik", "Marek", "Mina", "Mirko", "Nadia", "Nestor", "Nils", "Noor", "Odile", "Omar", "Oskar", "Petra", "Pilar", "Qais", "Rafe", "Rana",
	"Rolf", "Rosa", "Sabine", "Samir", "Selma", "Soren", "Tamar", "Teo", "Tilda", "Ulla", "Umar", "Vera", "Viktor", "Wanda", "Xenia", "Yara", "Yusuf", "Zora",
}

var family = []string{
	"Abbing", "Achter", "Aldous", "al-Masri", "Amsel", "Ardent", "Baldock", "Barrow", "Beck", "Bellamy", "Benvolio", "Birk", "Blanc", "Bohm", "Brandt", "Brisco", "Brook", "Calder", "Carrow", "Castell",
	"Chard", "Colm", "Cordell", "Crane", "Dacre", "Dahl", "Darrow", "Delacour", "Dervish", "Devlin", "Drago", "Dunmore", "Eberle", "Eland", "Ember", "Esker", "Fallow", "Farrant", "Fell", "Ferro",
	"Finch", "Frost", "Galt", "Garrick", "Gerlach", "Glass", "Gorse", "Gruber", "Haddad", "Hale", "Halloran", "Harrow", "Hasani", "Heath", "Holm", "Hollis", "Ingram", "Irons", "Jarvis", "Jessup",
	"Joubert", "Kadhim", "Kaplan", "Kestrel", "Khalil", "Kiln", "Kovar", "Krall", "Lachance", "Larch", "Lemaire", "Linden", "Lorne", "Lund", "Madani", "Marlow", "Marsh", "Mercer", "Merrow", "Moss",
	"Najjar", "Nash", "Nordin", "Novak", "Oakes", "Okoro", "Oram", "Osei", "Pasha", "Pell", "Penrose", "Pike", "Quill", "Quist", "Rahal", "Ravn", "Reeve", "Rook", "Rowan", "Saad",
	"Salter", "Sand", "Sayer", "Schell", "Shaw", "Silva", "Skeat", "Sorrel", "Stark", "Steen", "Stroud", "Tarn", "Teague", "Thorne", "Tolland", "Trask", "Ulmer", "Vane", "Varga", "Venn",
	"Voss", "Waller", "Ward", "Weir", "Welk", "Wick", "Winter", "Wolfe", "Wren", "Yarrow", "Younis", "Zeller", "Zidan", "Zorn",
}

var places = []string{"Kelmere", "Port Halden", "Aster Bay", "Quist", "Sorrel Valley", "Dunmarsh", "Velland", "Ostrava Hill", "Merrow", "Lindholm", "Garra", "Tessaly", "Norvik", "Calder Sound", "Ashby Cross", "Brackwater"}

var papers = []string{"Post", "Courier", "Tribune", "Ledger", "Herald", "Observer", "Echo", "Gazette"}

var roles = []string{"leader of the dockers' union", "harbour master", "minister for water", "spokesman for the council", "head of the relief agency", "deputy mayor", "chair of the farmers' league", "police chief", "envoy to the talks", "member of parliament"}

var titles = []string{"Mayor", "Minister", "General", "Dr", "Senator", "Judge"}

var labels = []string{"hard-liner", "militia leader", "resistance leader", "reformer", "strongman", "activist", "firebrand", "veteran"}

// A cue and the kind of statement that it makes.
type cue struct{ word, kind string }

var cues = []cue{
	{"said", "claim"},
	{"said", "claim"},
	{"said", "claim"},
	{"said", "claim"},
	{"told reporters", "claim"},
	{"added", "claim"},
	{"warned", "warning"},
	{"denied", "denial"},
	{"predicted", "prediction"},
	{"promised", "promise"},
	{"demanded", "demand"},
	{"asked", "question"},
	{"praised", "praise"},
	{"criticised", "criticism"},
	{"claimed", "claim"},
	{"insisted", "claim"},
}
