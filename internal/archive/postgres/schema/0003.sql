-- What is counted of the statements of a version: the names of those who speak
-- and of those spoken of. It is made from the record.
CREATE TABLE facet (version bigint PRIMARY KEY, first bigint NOT NULL, facet bytea NOT NULL);
ALTER TABLE facet ALTER facet SET STORAGE EXTERNAL;
