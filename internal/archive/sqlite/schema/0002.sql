-- Which statements report one utterance, and which versions print one text.
-- All of it is made from the records.

-- What has been compared with what was there.
CREATE TABLE linked (
	version INTEGER PRIMARY KEY,
	text    INTEGER NOT NULL, -- version in which the text was met first
	share   INTEGER NOT NULL  -- ten-thousandths
) STRICT;
CREATE INDEX linked_text ON linked (text) WHERE text <> version;

-- The statements that share an utterance, which is named by one of them.
CREATE TABLE printing (statement INTEGER PRIMARY KEY, utterance INTEGER NOT NULL) STRICT;
CREATE INDEX printing_utterance ON printing (utterance);

CREATE TABLE tie (
	later      INTEGER NOT NULL,
	earlier    INTEGER NOT NULL,
	relation   TEXT NOT NULL,
	likelihood INTEGER NOT NULL, -- ten-thousandths
	PRIMARY KEY (later, earlier)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_earlier ON tie (earlier);
