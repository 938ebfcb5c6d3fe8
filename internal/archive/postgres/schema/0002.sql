-- Which statements report one utterance, and which versions print one text.
-- All of it is made from the records.

-- What has been compared with what was there.
CREATE TABLE linked (
	version bigint PRIMARY KEY,
	text    bigint NOT NULL, -- version in which the text was met first
	share   smallint NOT NULL -- ten-thousandths
);
CREATE INDEX linked_text ON linked (text) WHERE text <> version;

-- The statements that share an utterance, which is named by one of them.
CREATE TABLE printing (statement bigint PRIMARY KEY, utterance bigint NOT NULL);
CREATE INDEX printing_utterance ON printing (utterance);

CREATE TABLE tie (
	later      bigint NOT NULL,
	earlier    bigint NOT NULL,
	relation   text NOT NULL,
	likelihood smallint NOT NULL, -- ten-thousandths
	PRIMARY KEY (later, earlier)
);
CREATE INDEX tie_earlier ON tie (earlier);
