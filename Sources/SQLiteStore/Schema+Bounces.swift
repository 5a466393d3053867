extension Schema {
  /// What came back of the mail that was sent.
  static let bounces = """
    -- That a delivery was refused, by the relay or after it had taken it; once for each delivery.
    CREATE TABLE refusal (
      delivery INTEGER PRIMARY KEY REFERENCES delivery ON DELETE CASCADE,
      -- dead, full, policy, content, transient, unclear.
      kind TEXT NOT NULL,
      -- 5.1.1, or 550; and the server's words, without the address.
      code TEXT NOT NULL,
      text TEXT NOT NULL,
      reported INTEGER NOT NULL
    ) STRICT;

    -- The reports, complaints and requests that were acted on, so that none counts twice.
    CREATE TABLE returnedMail (
      identity BLOB PRIMARY KEY,
      taken INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    """
}
