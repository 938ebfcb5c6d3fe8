-- What people decided about the statements and labels of a version, as JSON;
-- NULL where nobody decided anything. The version of a statement is found by
-- its first.
ALTER TABLE version ADD COLUMN amended BLOB;
CREATE INDEX version_first ON version (first);
