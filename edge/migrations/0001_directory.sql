-- The directory: who may sign in, and which channels there are. Times are milliseconds since the Unix epoch.
-- No secret is stored: only hashes of passwords (argon2id) and of tokens (SHA-256 of the token's text, hexadecimal).

CREATE TABLE operator (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    -- Lower case, so that the address is unique however it is typed.
    email      TEXT NOT NULL UNIQUE,
    password   TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('operator', 'supervisor', 'admin')),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sign_in (
    hash       TEXT PRIMARY KEY,
    operator   TEXT NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_by_expiry ON sign_in (expires_at);

CREATE TABLE one_time_link (
    hash       TEXT PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('setup', 'invite')),
    role       TEXT NOT NULL CHECK (role IN ('operator', 'supervisor', 'admin')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;

-- The settings are a projection of what the channel's desk holds. Version 0: the desk has none yet.
CREATE TABLE channel (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    settings   TEXT NOT NULL,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE throttle (
    key        TEXT PRIMARY KEY,
    count      INTEGER NOT NULL,
    since      INTEGER NOT NULL
) STRICT;
CREATE INDEX throttle_by_since ON throttle (since);
