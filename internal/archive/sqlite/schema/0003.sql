-- What is counted of the statements of a version: the names of those who speak
-- and of those spoken of. It is made from the record.
CREATE TABLE facet (version INTEGER PRIMARY KEY, first INTEGER NOT NULL, facet BLOB NOT NULL) STRICT; -- first statement; package pack
