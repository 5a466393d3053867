extension Schema {
  /// Archive documents, pages, enclosures and hubs.
  static let history = """
    -- Attached files, as JSON; NULL for an article without any.
    ALTER TABLE article ADD COLUMN enclosures TEXT;

    -- The position that the feed was to mint next when the article left.
    ALTER TABLE membership ADD COLUMN leftBefore INTEGER;
    UPDATE membership SET leftBefore = position + 1 WHERE leftAt IS NOT NULL;
    CREATE INDEX membershipGone ON membership (feed, leftBefore) WHERE leftAt IS NOT NULL;

    -- Documents list their entries in this order.
    DROP INDEX articleByDate;
    CREATE INDEX articleByDate ON article (published, id);
    CREATE INDEX articleWithPage ON article (revision) WHERE url IS NULL;

    -- The ledger of documents: a block's document has to be written again when `changed` is later
    -- than the revision of the last publication.
    CREATE TABLE block (
      feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
      -- From 0 upwards; archive material that came in later is in those from -1 downwards.
      number INTEGER NOT NULL,
      -- The revision of the last change that its document shows.
      changed INTEGER NOT NULL,
      -- The newest of its entries' updated and of its deletions.
      updated INTEGER NOT NULL,
      -- How many of its positions hold an article.
      entries INTEGER NOT NULL,
      PRIMARY KEY (feed, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX blockByChange ON block (changed);
    \(fillBlocks);

    -- What lies in the output folder is told by its manifest.
    DROP TABLE document;
    -- The pages of articles that lie there.
    CREATE TABLE page (
      article INTEGER PRIMARY KEY REFERENCES article,
      slug TEXT NOT NULL
    ) STRICT;

    -- What WebSub hubs are still to be told.
    CREATE TABLE hubPing (
      hub TEXT NOT NULL,
      -- The address of the feed.
      topic TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      notBefore INTEGER NOT NULL,
      -- What the hub said last.
      reply TEXT,
      PRIMARY KEY (hub, topic)
    ) STRICT, WITHOUT ROWID;

    -- The manifest of the output folder as the last publication left it.
    ALTER TABLE state ADD COLUMN publishedOutput TEXT;
    -- The format of the output folder is another too, so that all of it is written again.
    UPDATE state SET publishedRevision = NULL, publishedFingerprint = NULL;
    """

  /// Makes the blocks from the positions.
  static let fillBlocks = """
    INSERT INTO block (feed, number, changed, updated, entries)
    SELECT feed, \(blockNumber) AS number, max(article.revision), max(max(updated, coalesce(leftAt, 0))),
      sum(leftAt IS NULL)
    FROM membership JOIN article ON article.key = membership.article
    JOIN state GROUP BY feed, number
    """

  /// The block of a `position`; division rounds towards 0, and blocks are counted downwards too.
  private static let blockNumber =
    "iif(position > 0, (position - 1) / blockSize, (position - blockSize) / blockSize)"
}
