extension Schema {
  static let counters = """
    CREATE TABLE state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      siteID TEXT NOT NULL,
      -- Says whether the keys folder belongs to this store.
      keyFingerprint TEXT,
      -- Raised by every change, inside the transaction that changes.
      revision INTEGER NOT NULL DEFAULT 0,
      -- Given once to each article, when it first becomes visible.
      release INTEGER NOT NULL DEFAULT 0,
      -- Memberships are up to date with this revision.
      settledRevision INTEGER NOT NULL DEFAULT 0,
      -- Positions in a block; fixed when the first feed is filled.
      blockSize INTEGER,
      publishedRevision INTEGER,
      publishedFingerprint TEXT,
      lastRunAsOf INTEGER,
      lastRunIsComplete INTEGER
    ) STRICT;
    """

  static let topics = """
    CREATE TABLE topic (
      key INTEGER PRIMARY KEY,
      slug TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      isRetired INTEGER NOT NULL,
      -- The site's order.
      ordinal INTEGER NOT NULL
    ) STRICT;

    -- Names under which a topic was known: renamed, or merged into it.
    CREATE TABLE formerSlug (
      slug TEXT PRIMARY KEY,
      topic INTEGER NOT NULL REFERENCES topic ON DELETE CASCADE,
      since INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  static let articles = """
    CREATE TABLE article (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      slug TEXT NOT NULL UNIQUE,
      source TEXT NOT NULL,
      sourceKey TEXT NOT NULL,
      standing TEXT NOT NULL,
      -- 1 while readers see it: published, and its date has come.
      isVisible INTEGER NOT NULL DEFAULT 0,
      -- 1 for what came in older than any digest would look back.
      isArchive INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      release INTEGER,
      published INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      inDigest INTEGER NOT NULL,
      language TEXT NOT NULL,
      url TEXT,
      image TEXT,
      title TEXT NOT NULL,
      summary TEXT NOT NULL,
      erratum TEXT,
      sourceHash BLOB NOT NULL,
      wordsHash BLOB NOT NULL,
      derivation TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX articleBySource ON article (source, sourceKey);
    CREATE INDEX articleByRevision ON article (revision);
    CREATE UNIQUE INDEX articleByRelease ON article (release) WHERE release IS NOT NULL;
    CREATE INDEX articleScheduled ON article (published)
      WHERE isVisible = 0 AND standing = 'published';
    CREATE INDEX articleByWords ON article (wordsHash);
    CREATE INDEX articleByDate ON article (published);
    CREATE INDEX articleByDerivation ON article (source, derivation);

    -- Apart, so that lists and counters do not read or rewrite the long texts.
    CREATE TABLE articleText (
      article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
      content TEXT NOT NULL,
      source TEXT NOT NULL
    ) STRICT;

    CREATE TABLE articleTopic (
      article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
      topic INTEGER NOT NULL REFERENCES topic,
      ordinal INTEGER NOT NULL,
      PRIMARY KEY (article, topic)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX articleTopicByTopic ON articleTopic (topic);

    CREATE TABLE articleAuthor (
      article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      name TEXT NOT NULL,
      email TEXT,
      uri TEXT,
      PRIMARY KEY (article, ordinal)
    ) STRICT, WITHOUT ROWID;

    -- What a source's files looked like when they were last read.
    CREATE TABLE sourceFile (
      source TEXT NOT NULL,
      key TEXT NOT NULL,
      size INTEGER,
      modified INTEGER,
      inode INTEGER,
      missedRuns INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (source, key)
    ) STRICT, WITHOUT ROWID;
    """

  static let feeds = """
    CREATE TABLE feed (
      key INTEGER PRIMARY KEY,
      -- NULL for the site's own feed.
      topic INTEGER UNIQUE REFERENCES topic ON DELETE CASCADE,
      -- The slug it was made with: its permanent identity, whatever the topic is called later.
      name TEXT NOT NULL UNIQUE,
      created INTEGER NOT NULL,
      -- The newest of its entries' updated, its deletions and its own changes.
      updated INTEGER,
      -- The revision of the last change that its documents may show.
      changed INTEGER NOT NULL,
      -- The last position minted at the head, and the last at the old end (0, -1, -2 …).
      lastPosition INTEGER NOT NULL DEFAULT 0,
      firstPosition INTEGER NOT NULL DEFAULT 1
    ) STRICT;

    -- A position is minted when an article joins a feed, and never reused: one that leaves leaves
    -- a hole, so no later block ever shifts.
    CREATE TABLE membership (
      feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
      position INTEGER NOT NULL,
      article INTEGER NOT NULL REFERENCES article,
      leftAt INTEGER,
      PRIMARY KEY (feed, position)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX membershipLive ON membership (article, feed) WHERE leftAt IS NULL;
    CREATE INDEX membershipLeft ON membership (article, leftAt) WHERE leftAt IS NOT NULL;

    -- The files in the output folder that are ours.
    CREATE TABLE document (
      path TEXT PRIMARY KEY,
      sha256 BLOB NOT NULL,
      size INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      fingerprint TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
