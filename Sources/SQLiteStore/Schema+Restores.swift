extension Schema {
  /// What tells that a store is an older copy, and from when to when a relay's log is of interest.
  static let restores = """
    -- Why no mail goes out until a person has said what was sent; at most one row.
    CREATE TABLE mailHold (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      reason TEXT NOT NULL,
      -- When the copy was made, and when it was noticed.
      copied INTEGER,
      noticed INTEGER
    ) STRICT;

    -- Raised whenever a run begins to send, and when it has sent; beside the store it is noted too.
    ALTER TABLE state ADD COLUMN sendings INTEGER NOT NULL DEFAULT 0;
    -- Which machine sent last, unrecognisable.
    ALTER TABLE state ADD COLUMN machine TEXT;

    -- The real time of the first claim.
    ALTER TABLE delivery ADD COLUMN claimed INTEGER;
    """
}
