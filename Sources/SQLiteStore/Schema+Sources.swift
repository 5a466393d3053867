extension Schema {
  static let sources = """
    -- What is known of sources on the web.
    CREATE TABLE remoteSource (
      source TEXT PRIMARY KEY,
      etag TEXT,
      lastModified TEXT,
      reading TEXT NOT NULL,
      notBefore INTEGER NOT NULL,
      failures INTEGER NOT NULL,
      trouble TEXT,
      isPassing INTEGER NOT NULL,
      earlier TEXT
    ) STRICT, WITHOUT ROWID;

    -- JSON: the feed that an article was first published in.
    ALTER TABLE article ADD COLUMN attribution TEXT;
    """
}
