-- What 0002 changes beside the tables of the kinds, which are made anew from core/ipus/kinds.def.

-- The texts that decide, each once: `packed` by zlib, under the digest of what it unpacks to.
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL, -- 'programme', 'service', …
    digest BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    packed BLOB NOT NULL,
    UNIQUE (kind, digest)
) STRICT;

-- The rules as they were in force at some time, read by which program under which contract of
-- plugins. `digest` is of all names and texts.
CREATE TABLE generations (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    version TEXT NOT NULL,
    program TEXT NOT NULL,
    contract INTEGER NOT NULL,
    digest BLOB NOT NULL,
    UNIQUE (digest, program, contract)
) STRICT;
CREATE INDEX generations_version ON generations (version);

CREATE TABLE generation_texts (
    generation INTEGER NOT NULL REFERENCES generations (id),
    name TEXT NOT NULL,
    text INTEGER NOT NULL REFERENCES texts (id),
    PRIMARY KEY (generation, name)
) STRICT, WITHOUT ROWID;

-- Beside the chain, which anybody can check, a keyed digest of its link: whoever has not the
-- server's key cannot make another chain. Entries before 0002 have none; meta 'keyed_from' says
-- where it begins and covers them.
ALTER TABLE journal ADD COLUMN mac BLOB;
