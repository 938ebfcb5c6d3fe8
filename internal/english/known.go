package english

// knownBodies are words that name a body wherever they stand, in the case in which news
// writes them. Those that mean something else too (WHO, AP, ABC, Bloomberg) are left out.
var knownBodies = wordSet(`UN EU NATO OPEC IMF IAEA UNESCO UNICEF UNHCR UNRWA OSCE ICRC ASEAN Interpol
CIA FBI NSA DEA IRS EPA FDA NASA DHS FEMA NOAA KGB FSB GRU MI5 MI6 Mossad Pentagon Kremlin Knesset Bundestag Duma
BBC CNN NBC MSNBC CNBC CBS NPR PBS ESPN ITV AFP UPI DPA TASS Tass Xinhua Reuters Interfax Yonhap Kyodo IRNA ISNA Anadolu
NAACP ACLU AIPAC NRA PLO Hamas Hezbollah Fatah ISIS ISIL Taliban Greenpeace IBM AOL Microsoft Boeing Exxon ExxonMobil Gazprom`)

// KnownBody reports whether a word, its case as it stands, is the name of a body known everywhere.
func KnownBody(word string) bool { return knownBodies[word] }
