-- The first tables of an archive, beside those of package sqlite: the same
-- names, the same columns. Days are as archive.Day has them, times are
-- milliseconds since 1970, ids are given out by the table counter and never
-- twice. Blobs are compressed already, so PostgreSQL is not to try it again.

CREATE TABLE counter (name text PRIMARY KEY, last bigint NOT NULL);
INSERT INTO counter VALUES ('article', 0), ('version', 0), ('statement', 0), ('text', 0), ('page', 0), ('person', 0), ('decision', 0), ('outlet', 0), ('reader', 0);

CREATE TABLE reader (id bigint PRIMARY KEY, name text NOT NULL UNIQUE);

CREATE TABLE outlet (id bigint PRIMARY KEY, name text NOT NULL UNIQUE, folded text NOT NULL);
CREATE INDEX outlet_folded ON outlet (folded);

CREATE TABLE article (
	id      bigint PRIMARY KEY,
	key     bytea NOT NULL UNIQUE,
	current bigint NOT NULL
);

CREATE TABLE text (id bigint PRIMARY KEY, hash bytea NOT NULL UNIQUE, body bytea NOT NULL);
ALTER TABLE text ALTER body SET STORAGE EXTERNAL;

CREATE TABLE page (id bigint PRIMARY KEY, hash bytea NOT NULL UNIQUE, type text NOT NULL, body bytea NOT NULL);
ALTER TABLE page ALTER body SET STORAGE EXTERNAL;

CREATE TABLE version (
	id         bigint PRIMARY KEY,
	article    bigint NOT NULL,
	number     int NOT NULL,
	edition    int NOT NULL,
	current    boolean NOT NULL,
	ident      text NOT NULL,
	outlet     bigint NOT NULL,
	file       text NOT NULL,
	url        text NOT NULL,
	title      text NOT NULL,
	deck       text NOT NULL,
	published  text NOT NULL,
	modified   text NOT NULL,
	language   text NOT NULL,
	day        int NOT NULL,
	kept       bigint NOT NULL,
	reader     bigint NOT NULL,
	text       bigint NOT NULL,
	page       bigint NOT NULL,
	fetched    bigint NOT NULL,
	first      bigint NOT NULL,
	statements int NOT NULL,
	digest     bytea NOT NULL,
	findings   bytea NOT NULL,
	people     bytea
);
ALTER TABLE version ALTER findings SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX version_article ON version (article, number);
CREATE INDEX version_ident ON version (ident);
CREATE INDEX version_day ON version (day) WHERE current;
CREATE INDEX version_outlet ON version (outlet);
CREATE INDEX version_text ON version (text);
CREATE INDEX version_page ON version (page) WHERE page > 0;

-- The words of a statement are lexemes of weight A, the names of its speakers
-- of weight B, of those it speaks of of weight C; NULL where its version is not
-- current.
CREATE TABLE statement (
	id         bigint PRIMARY KEY,
	version    bigint NOT NULL,
	day        int NOT NULL,
	outlet     bigint NOT NULL,
	form       text NOT NULL,
	kind       text NOT NULL,
	found_by   text NOT NULL,
	confidence smallint NOT NULL,
	spoken     tsvector
);
CREATE INDEX statement_spoken ON statement USING gin (spoken);

CREATE TABLE vector (statement bigint PRIMARY KEY, vector bytea NOT NULL);
ALTER TABLE vector ALTER vector SET STORAGE EXTERNAL;

CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL, type text NOT NULL, names bytea NOT NULL, data bytea NOT NULL);
CREATE TABLE spelling (person bigint NOT NULL, folded text NOT NULL, PRIMARY KEY (person, folded));
CREATE INDEX spelling_part ON spelling USING gin (folded gin_trgm_ops);
CREATE TABLE trace (
	person  bigint NOT NULL,
	day     int NOT NULL,
	version bigint NOT NULL,
	outlet  bigint NOT NULL,
	trace   bytea NOT NULL,
	PRIMARY KEY (person, day, version)
);

CREATE TABLE decision (
	id     bigint PRIMARY KEY,
	made   bigint NOT NULL,
	who    text NOT NULL,
	why    text NOT NULL,
	what   text NOT NULL,
	about  bytea NOT NULL,
	undone bigint NOT NULL,
	undoer text NOT NULL
);

CREATE TABLE feed (url text PRIMARY KEY, due bigint NOT NULL, state bytea NOT NULL);

CREATE TABLE tombstone (key bytea PRIMARY KEY, what text NOT NULL, made bigint NOT NULL);
