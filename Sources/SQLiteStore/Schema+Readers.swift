extension Schema {
  /// What readers ask for themselves.
  static let readers = """
    -- The text that was shown, and when the address confirmed; the token stays until it expires, so
    -- that a second click is answered as the first.
    ALTER TABLE confirmation ADD COLUMN shownVersion TEXT;
    ALTER TABLE confirmation ADD COLUMN shownHash BLOB;
    ALTER TABLE confirmation ADD COLUMN confirmed INTEGER;
    ALTER TABLE confirmation ADD COLUMN subscriber INTEGER;
    -- The message with the link.
    ALTER TABLE confirmation ADD COLUMN delivery INTEGER;
    CREATE INDEX confirmationByExpiry ON confirmation (expires);
    CREATE INDEX confirmationByDelivery ON confirmation (delivery);
    -- Finds the messages of the reader's door among those of an issue.
    CREATE INDEX deliveryOfDoor ON delivery (state, notBefore) WHERE kind = 'confirmation';
    -- Finds what an erased address was written to without an issue.
    CREATE INDEX deliveryByRecipient ON delivery (lower(recipient)) WHERE recipient IS NOT NULL;

    -- Each request of an address, so that nobody can have it flooded.
    CREATE TABLE confirmationRequest (
      key INTEGER PRIMARY KEY,
      addressHash BLOB NOT NULL,
      requested INTEGER NOT NULL,
      -- Why: ask, for an address that is not known to want mail; link, for a subscriber's.
      kind TEXT NOT NULL,
      -- 1 where a message was sent.
      isSent INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX confirmationRequestByAddress ON confirmationRequest (addressHash, requested);
    CREATE INDEX confirmationRequestByDate ON confirmationRequest (requested);
    """
}
