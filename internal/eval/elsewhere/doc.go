// Package elsewhere measures whole records against articles of our own, which
// are on purpose unlike the corpora that models learn from: news from other
// countries, other outlets' habits, other names. Each article is written with
// everything that is to be found in it, in a form that somebody who knows news,
// but not Go, can read and add to.
//
// # Form of a file
//
//	# Anything before the first case is a note to the reader.
//
//	== Coalition leader walks out
//	[headline] {Coalition leader|d +label} rules out talks
//
//	“We are not against anyone,” {Qasim al-Darraji|d}, {head of the
//	{Dawn Coalition|c}|d role}, told Al-Manbar TV {on Tuesday|on 2023-05-02}.
//	--
//	region: Middle East
//	published: 2023-05-04
//	d = Qasim al-Darraji
//	c = Dawn Coalition, organisation
//	Coalition leader | rules out | talks | promise | d
//	Qasim al-Darraji ~ Coalition | told | “We are not ~ anyone,” | denial | d | to: Al-Manbar TV | on: on Tuesday
//	d leads c | head of the Dawn Coalition
//	own: The talks ~ on Monday
//
// A blank line ends a paragraph, which may begin with the kind of its block in
// square brackets, as in the cases of the stages.
//
// # Marks in the text
//
// Braces hold a mention, a description or a date; they are no part of the text
// and may stand one inside another. After the bar comes the actor's key and
// what the words are: nothing for a mention whose form is plain (a pronoun, the
// full name, a part of it); "acronym", "nominal", "short" or "name" where it is
// not; "role", "title" or "label" for a description that is no mention;
// "+role", "+title" or "+label" for a nominal mention whose words, less their
// article or possessive, are a description too. "on" and a value of ISO 8601
// mark a date, with "deadline" or "range" after it where it is one.
//
// # Lines under "--"
//
// An actor is "key = name", a person unless a type stands after a comma
// (organisation, place, group, role, document). A statement is source | cue |
// content | kind | speakers, "—" for a source that is not there; "+" joins
// pieces, "~" stands for the words between the first and the last that are
// given, ">" at the start puts a statement inside the last one that has one
// ">" less, "?" at the start lets it be missed. A kind may be two, "warning/demand", where
// either is right; after it may stand "if" (conditional), "doubting" or
// "endorsing". Speakers are keys joined by "&", or
// "unnamed" and the shortest words for them, or "unknown"; a case about kinds
// alone may leave them out. Then may follow "to:"
// (addressee), "in:" (venue) and "on:" (when it was said). A relation is two
// keys, or a key and words in quotation marks, with the relation between them
// and, after a bar, the words that state it.
//
// Words are looked for where they can only be meant: content in the whole text,
// or in the content of the statement around it; all else in the paragraphs that
// the content touches, outside the content itself, else in the paragraph before
// and then in the one after. Where words stand there more than once, those in the
// sentence of the content are meant, or "#2" after them takes the second; curly and straight quotation marks are the same.
package elsewhere
