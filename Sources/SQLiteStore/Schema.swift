import GRDB

/// The tables, as numbered steps.
///
/// A step that has been released is never edited.
enum Schema {
  /// `application_id` of the file: "fgen".
  static let applicationID: Int32 = 0x6667_656e
  /// `user_version` of a file that has all steps.
  static let version: Int32 = 3

  static func migrate(_ database: any DatabaseWriter) throws {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: articles, feeds, subscribers, issues, deliveries") { db in
      for tables in [counters, topics, articles, feeds, subscribers, issues, deliveries, operation]
      {
        try db.execute(sql: tables)
      }
      try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = 1")
    }
    migrator.registerMigration("2: archives, pages, enclosures, hubs") { db in
      try db.execute(sql: history + "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3: offers, errata, pauses, approvals") { db in
      try db.execute(sql: editions + "PRAGMA user_version = 3")
    }
    try migrator.migrate(database)
  }

  private static let counters = """
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

  private static let topics = """
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

  private static let articles = """
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

  private static let feeds = """
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

  private static let subscribers = """
    CREATE TABLE subscriber (
      -- Never reused: Message-IDs and tokens are made from it.
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      address TEXT NOT NULL,
      -- The address as compared: case of ASCII letters folded.
      identity TEXT NOT NULL UNIQUE,
      name TEXT,
      language TEXT NOT NULL,
      cadence TEXT NOT NULL,
      -- All releases up to this one are settled.
      covered INTEGER NOT NULL DEFAULT 0,
      -- The same for what was only written to the outbox.
      previewed INTEGER NOT NULL DEFAULT 0,
      pausedUntil INTEGER,
      created INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX subscriberByCadence ON subscriber (cadence);

    CREATE TABLE subscription (
      subscriber INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
      topic INTEGER NOT NULL REFERENCES topic,
      -- The release at which it was chosen: older ones are not owed.
      since INTEGER NOT NULL,
      chosen INTEGER NOT NULL,
      PRIMARY KEY (subscriber, topic)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subscriptionByTopic ON subscription (topic);

    -- Only ever added to.
    CREATE TABLE consent (
      key INTEGER PRIMARY KEY,
      subscriber INTEGER REFERENCES subscriber ON DELETE SET NULL,
      addressHash BLOB NOT NULL,
      source TEXT NOT NULL,
      requested INTEGER,
      given INTEGER NOT NULL,
      -- Which text was shown, and its SHA-256.
      shownVersion TEXT,
      shownHash BLOB,
      ip TEXT
    ) STRICT;
    CREATE INDEX consentByAddress ON consent (addressHash);
    CREATE INDEX consentBySubscriber ON consent (subscriber);

    -- Requests that wait for their confirmation.
    CREATE TABLE confirmation (
      tokenHash BLOB PRIMARY KEY,
      addressHash BLOB NOT NULL,
      address TEXT NOT NULL,
      choices TEXT NOT NULL,
      requested INTEGER NOT NULL,
      expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Addresses that must not be written to. Only a keyed hash is kept, so an erased address
    -- stays erased.
    CREATE TABLE suppression (
      addressHash BLOB PRIMARY KEY,
      reason TEXT NOT NULL,
      evidence TEXT,
      since INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  private static let issues = """
    CREATE TABLE issue (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      digest TEXT NOT NULL,
      -- The slot's date: with the digest, the issue's name.
      date TEXT NOT NULL,
      -- From 1; a replanned issue has the next.
      plan INTEGER NOT NULL DEFAULT 1,
      state TEXT NOT NULL,
      slot INTEGER NOT NULL,
      -- It is about the releases in (after, through].
      after INTEGER NOT NULL,
      through INTEGER NOT NULL,
      planned INTEGER NOT NULL,
      -- The fingerprint of the templates it was rendered with.
      templates TEXT NOT NULL,
      -- digests/next.md as it was used.
      editorial TEXT,
      holdReason TEXT,
      UNIQUE (digest, date, plan)
    ) STRICT;

    -- The revisions that an issue froze.
    CREATE TABLE issueArticle (
      issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
      article INTEGER NOT NULL REFERENCES article,
      revision INTEGER NOT NULL,
      PRIMARY KEY (issue, article)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE fragment (
      issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
      number INTEGER NOT NULL,
      -- NULL for what shows no article; a withdrawn one is left out of messages not yet claimed.
      article INTEGER REFERENCES article,
      bytes BLOB NOT NULL,
      PRIMARY KEY (issue, number)
    ) STRICT;

    CREATE TABLE editionGroup (
      issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
      number INTEGER NOT NULL,
      language TEXT NOT NULL,
      subject TEXT NOT NULL,
      -- Fragment numbers, separated by spaces.
      text TEXT NOT NULL,
      html TEXT NOT NULL,
      PRIMARY KEY (issue, number)
    ) STRICT, WITHOUT ROWID;

    -- Which articles a group's messages list: what a later correction is about.
    CREATE TABLE groupArticle (
      issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
      number INTEGER NOT NULL,
      article INTEGER NOT NULL REFERENCES article,
      PRIMARY KEY (issue, number, article)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX groupArticleByArticle ON groupArticle (article);
    """

  private static let deliveries = """
    CREATE TABLE delivery (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      -- digest, confirmation, review, report.
      kind TEXT NOT NULL,
      -- NULL for a message without an issue, which has its own content in `message`.
      issue INTEGER REFERENCES issue,
      groupNumber INTEGER,
      subscriber INTEGER REFERENCES subscriber ON DELETE SET NULL,
      message BLOB,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      -- The tries of which nobody knows what the relay made.
      uncertainTries INTEGER NOT NULL DEFAULT 0,
      notBefore INTEGER,
      -- The run that claimed it.
      run TEXT,
      -- The Date header, from the first claim on.
      date INTEGER,
      -- What the relay said last, and which relay.
      reply TEXT,
      relay TEXT,
      settled INTEGER,
      UNIQUE (issue, subscriber)
    ) STRICT;
    CREATE INDEX deliveryWaiting ON delivery (notBefore) WHERE state = 'pending';
    CREATE INDEX deliveryUncertain ON delivery (notBefore) WHERE state = 'uncertain';
    CREATE INDEX deliveryClaimed ON delivery (run) WHERE state = 'claimed';
    CREATE INDEX deliveryOfSubscriber ON delivery (subscriber, state);
    """

  private static let operation = """
    -- What is known of a mail server: how often it failed, and what it was given.
    CREATE TABLE relay (
      name TEXT PRIMARY KEY,
      failures INTEGER NOT NULL DEFAULT 0,
      openUntil INTEGER,
      hour INTEGER,
      hourCount INTEGER NOT NULL DEFAULT 0,
      day INTEGER,
      dayCount INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;

    -- Lasting problems, so that each is said when it comes, changes and goes, and daily between.
    CREATE TABLE notice (
      subject TEXT PRIMARY KEY,
      text TEXT NOT NULL,
      first INTEGER NOT NULL,
      said INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
