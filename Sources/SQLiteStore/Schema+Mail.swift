extension Schema {
  static let subscribers = """
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

  static let issues = """
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

  static let deliveries = """
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

  static let operation = """
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
