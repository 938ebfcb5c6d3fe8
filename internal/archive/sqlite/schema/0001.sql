-- The first tables of an archive. Days are as archive.Day has them, times are
-- milliseconds since 1970, ids are given out by the table counter and never
-- twice.

CREATE TABLE counter (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('article', 0), ('version', 0), ('statement', 0), ('text', 0), ('page', 0), ('person', 0), ('decision', 0);

-- What read an article: program, models.
CREATE TABLE reader (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE outlet (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT NOT NULL) STRICT;
CREATE INDEX outlet_folded ON outlet (folded);

CREATE TABLE article (
	id      INTEGER PRIMARY KEY,
	key     BLOB NOT NULL UNIQUE, -- archive.Key
	current INTEGER NOT NULL      -- version
) STRICT;

CREATE TABLE text (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, body BLOB NOT NULL) STRICT;

CREATE TABLE page (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, type TEXT NOT NULL, body BLOB NOT NULL) STRICT;

CREATE TABLE version (
	id         INTEGER PRIMARY KEY,
	article    INTEGER NOT NULL,
	number     INTEGER NOT NULL,
	edition    INTEGER NOT NULL,
	current    INTEGER NOT NULL, -- 1 or 0
	ident      TEXT NOT NULL,    -- Article.ID
	outlet     INTEGER NOT NULL, -- 0 where it is not known
	file       TEXT NOT NULL,
	url        TEXT NOT NULL,
	title      TEXT NOT NULL,
	deck       TEXT NOT NULL,
	published  TEXT NOT NULL,
	modified   TEXT NOT NULL,
	language   TEXT NOT NULL,
	day        INTEGER NOT NULL,
	kept       INTEGER NOT NULL,
	reader     INTEGER NOT NULL,
	text       INTEGER NOT NULL,
	page       INTEGER NOT NULL, -- 0 if it was not kept
	fetched    INTEGER NOT NULL, -- 0 if it was not fetched
	first      INTEGER NOT NULL, -- statement
	statements INTEGER NOT NULL,
	digest     BLOB NOT NULL,
	findings   BLOB NOT NULL,    -- package pack
	people     BLOB              -- package pack; NULL if nobody has said who the actors are
) STRICT;
CREATE UNIQUE INDEX version_article ON version (article, number);
CREATE INDEX version_ident ON version (ident);
CREATE INDEX version_day ON version (day) WHERE current = 1;
CREATE INDEX version_outlet ON version (outlet);
CREATE INDEX version_text ON version (text);
CREATE INDEX version_page ON version (page) WHERE page > 0;

-- What is asked of statements; what they say is in their version's text.
CREATE TABLE statement (
	id         INTEGER PRIMARY KEY,
	version    INTEGER NOT NULL,
	day        INTEGER NOT NULL,
	outlet     INTEGER NOT NULL,
	form       TEXT NOT NULL,
	kind       TEXT NOT NULL,
	found_by   TEXT NOT NULL,
	confidence INTEGER NOT NULL  -- ten-thousandths
) STRICT;

CREATE TABLE vector (statement INTEGER PRIMARY KEY, vector BLOB NOT NULL) STRICT; -- package pack

-- The words of current statements, as package terms makes them: every token is
-- a-z and 0-9. Only the index is kept (content = '').
CREATE VIRTUAL TABLE spoken USING fts5 (words, who, about, content = '', tokenize = 'ascii');
INSERT INTO spoken (spoken, rank) VALUES ('rank', 'bm25(1.0, 0.0, 0.0)');
INSERT INTO spoken (spoken, rank) VALUES ('secure-delete', 1);

CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, names BLOB NOT NULL, data BLOB NOT NULL) STRICT;
CREATE TABLE spelling (id INTEGER PRIMARY KEY, person INTEGER NOT NULL, folded TEXT NOT NULL) STRICT;
CREATE INDEX spelling_person ON spelling (person);
CREATE VIRTUAL TABLE spelling_part USING fts5 (folded, content = 'spelling', content_rowid = 'id', tokenize = 'trigram');
CREATE TABLE trace (
	person  INTEGER NOT NULL,
	day     INTEGER NOT NULL,
	version INTEGER NOT NULL,
	outlet  INTEGER NOT NULL,
	trace   BLOB NOT NULL, -- package pack
	PRIMARY KEY (person, day, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
	id     INTEGER PRIMARY KEY,
	made   INTEGER NOT NULL,
	who    TEXT NOT NULL,
	why    TEXT NOT NULL,
	what   TEXT NOT NULL,
	about  BLOB NOT NULL,    -- JSON
	undone INTEGER NOT NULL, -- 0 if it stands
	undoer TEXT NOT NULL
) STRICT;

CREATE TABLE feed (url TEXT PRIMARY KEY, due INTEGER NOT NULL, state BLOB NOT NULL) STRICT;

CREATE TABLE tombstone (key BLOB PRIMARY KEY, what TEXT NOT NULL, made INTEGER NOT NULL) STRICT;
