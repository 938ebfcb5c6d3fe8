-- What is in doubt in current versions, in the order in which it is asked about
-- within one confidence, the latest first. It is made from the record.
CREATE TABLE doubt (
	about      INTEGER NOT NULL, -- archive.Doubted
	confidence INTEGER NOT NULL, -- ten-thousandths
	version    INTEGER NOT NULL,
	place      INTEGER NOT NULL, -- of the statement, or of the label in the text
	key        INTEGER NOT NULL, -- archive.DoubtKey
	PRIMARY KEY (about, confidence, version DESC, place)
) STRICT, WITHOUT ROWID;
