extension Schema {
  /// What decides who gets an article or a correction; pauses; the editor's approval.
  static let editions = """
    -- The release from which digests offer the article: at first its own, a later one when it
    -- comes back or is put off; NULL while no digest may list it.
    ALTER TABLE article ADD COLUMN offered INTEGER;
    UPDATE article SET offered = release WHERE isVisible AND inDigest AND NOT isArchive;
    -- The offer at which it was new: who came later is not owed it. A later offer is that too while
    -- no issue has listed the article.
    ALTER TABLE article ADD COLUMN firstOffered INTEGER;
    UPDATE article SET firstOffered = release WHERE inDigest AND NOT isArchive;
    CREATE UNIQUE INDEX articleByOffer ON article (offered) WHERE offered IS NOT NULL;
    -- Given to its erratum when that first becomes visible.
    ALTER TABLE article ADD COLUMN erratumRelease INTEGER;
    CREATE INDEX articleByErratum ON article (erratumRelease) WHERE erratumRelease IS NOT NULL;

    -- Chosen before the digest's first issue: what that begins with is not known yet.
    UPDATE subscription SET since = -1 WHERE since = 0 AND NOT EXISTS (
      SELECT 1 FROM subscriber JOIN issue ON issue.digest = subscriber.cadence
      WHERE subscriber.key = subscription.subscriber AND issue.state <> 'planning');

    -- The issues that went out while a subscriber had paused.
    CREATE TABLE absence (
      subscriber INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
      issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
      PRIMARY KEY (subscriber, issue)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX absenceByIssue ON absence (issue);

    -- The latest run that could have planned issues.
    ALTER TABLE state ADD COLUMN lastPlanAsOf INTEGER;
    UPDATE state SET lastPlanAsOf = lastRunAsOf;
    ALTER TABLE state DROP COLUMN lastRunIsComplete;

    -- What a fragment is to the articles around it, and the one that takes its place when one of
    -- them was withdrawn.
    ALTER TABLE fragment ADD COLUMN role TEXT;
    ALTER TABLE fragment ADD COLUMN substitute INTEGER;

    -- What a message was to list, and did not, because it was withdrawn meanwhile.
    CREATE TABLE omission (
      delivery INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,
      article INTEGER NOT NULL REFERENCES article,
      PRIMARY KEY (delivery, article)
    ) STRICT, WITHOUT ROWID;

    -- How many deliveries were planned; NULL where an older feedgen did.
    ALTER TABLE issue ADD COLUMN deliveries INTEGER;
    -- When the editor approved it, and got the report.
    ALTER TABLE issue ADD COLUMN approved INTEGER;
    ALTER TABLE issue ADD COLUMN reported INTEGER;
    -- Who gets a message that is no subscriber's: a review copy, a report; its kind is staff. The
    -- kinds of an issue's are digest and, when it is sent once more, resend.
    ALTER TABLE delivery ADD COLUMN recipient TEXT;

    -- What anybody may read of an issue, as it was frozen.
    CREATE TABLE webEdition (
      issue INTEGER PRIMARY KEY REFERENCES issue ON DELETE CASCADE,
      subject TEXT NOT NULL,
      heading TEXT NOT NULL,
      introduction TEXT NOT NULL,
      -- When it was last corrected, or an article taken out.
      updated INTEGER NOT NULL,
      -- 1 while its page has to be written, or has to go.
      isStale INTEGER NOT NULL DEFAULT 1
    ) STRICT;
    CREATE INDEX webEditionStale ON webEdition (issue) WHERE isStale;

    -- What it lists: the words that were frozen, and what has become of the article since.
    CREATE TABLE webItem (
      issue INTEGER NOT NULL REFERENCES webEdition ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      article INTEGER NOT NULL REFERENCES article,
      -- NULL for a correction to an article of an earlier issue, which `erratum` has.
      topic TEXT,
      topicTitle TEXT NOT NULL,
      title TEXT NOT NULL,
      summary TEXT NOT NULL,
      -- Names, one a line.
      authors TEXT NOT NULL,
      language TEXT NOT NULL,
      erratum TEXT,
      isShown INTEGER NOT NULL DEFAULT 1,
      -- What was corrected since, and when.
      note TEXT,
      noted INTEGER,
      PRIMARY KEY (issue, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX webItemByArticle ON webItem (article);

    """
}
