package web

// An entry is one of the menu at the top.
type entry struct{ Key, Name, Path string }

// menu lists the pages that are there without an article or a person.
var menu = []entry{
	{"search", "Search", "/search"},
	{"people", "People", "/people"},
	{"compare", "Compare", "/compare"},
	{"review", "Review", "/review"},
	{"alerts", "Alerts", "/alerts"},
	{"inputs", "Inputs", "/inputs"},
}
