-- The keys with which tokens of verified visitors are checked. Here alone a secret is stored that can be read: a token of
-- HS256 cannot be checked without it. Of ES256 only the public key is here.

CREATE TABLE channel_key (
    channel    TEXT NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    kid        TEXT NOT NULL,
    algorithm  TEXT NOT NULL CHECK (algorithm IN ('HS256', 'ES256')),
    issuer     TEXT NOT NULL,
    -- HS256: the secret, whose bytes are the key. ES256: the point, written whole, in base64url.
    material   TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (channel, kid)
) STRICT, WITHOUT ROWID;
