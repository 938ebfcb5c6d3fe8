-- What is in doubt in current versions, in the order in which it is asked about
-- within one confidence, the latest first. It is made from the record.
CREATE TABLE doubt (
	about      smallint NOT NULL, -- archive.Doubted
	confidence smallint NOT NULL, -- ten-thousandths
	version    bigint NOT NULL,
	place      int NOT NULL,      -- of the statement, or of the label in the text
	key        bigint NOT NULL    -- archive.DoubtKey
);
CREATE UNIQUE INDEX doubt_order ON doubt (about, confidence, version DESC, place);
CREATE INDEX doubt_version ON doubt (version);
