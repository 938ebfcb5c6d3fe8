-- Where an outlet prints is told without reading its articles.
DROP INDEX version_outlet;
CREATE INDEX version_outlet ON version (outlet, url);
