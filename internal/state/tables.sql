-- What a server keeps beside its archive. Times are milliseconds since 1970, 0
-- for none; durations are seconds.

CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

CREATE TABLE user (
	name     TEXT PRIMARY KEY,
	role     TEXT NOT NULL,
	password TEXT NOT NULL, -- argon2id, in the form of the PHC
	made     INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
	key  BLOB PRIMARY KEY, -- SHA-256 of what the browser holds
	user TEXT NOT NULL REFERENCES user (name) ON DELETE CASCADE,
	made INTEGER NOT NULL,
	ends INTEGER NOT NULL
) STRICT;
CREATE INDEX session_user ON session (user);

CREATE TABLE token (
	id    INTEGER PRIMARY KEY,
	key   BLOB NOT NULL UNIQUE, -- SHA-256 of what the program holds
	name  TEXT NOT NULL,
	user  TEXT NOT NULL REFERENCES user (name) ON DELETE CASCADE,
	scope TEXT NOT NULL,
	made  INTEGER NOT NULL,
	ends  INTEGER NOT NULL
) STRICT;

CREATE TABLE act (
	id     INTEGER PRIMARY KEY,
	made   INTEGER NOT NULL,
	who    TEXT NOT NULL,
	client TEXT NOT NULL, -- its address
	what   TEXT NOT NULL,
	about  TEXT NOT NULL,
	status INTEGER NOT NULL
) STRICT;

CREATE TABLE alert (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	name    TEXT NOT NULL,
	owner   TEXT NOT NULL,    -- empty on a server without users
	query   BLOB NOT NULL,    -- JSON
	key     TEXT NOT NULL,    -- opens its feed to a reader that cannot sign in
	hook    TEXT NOT NULL,    -- where to post to, or empty
	secret  TEXT NOT NULL,    -- signs what is posted
	mail    TEXT NOT NULL,    -- where to write to, or empty
	every   INTEGER NOT NULL, -- at most one message in this time
	made    INTEGER NOT NULL,
	seen    INTEGER NOT NULL, -- the last version of the archive that was looked at
	due     INTEGER NOT NULL, -- when to send next
	tries   INTEGER NOT NULL, -- of the message that is due, all failed
	trouble TEXT NOT NULL     -- why the last failed
) STRICT;

-- What an alert has found and not yet sent.
CREATE TABLE found (
	id    INTEGER PRIMARY KEY AUTOINCREMENT,
	alert INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
	hit   BLOB NOT NULL -- JSON
) STRICT;
CREATE INDEX found_alert ON found (alert, id);
