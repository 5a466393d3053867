import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func subscriber(_ key: Int64) throws -> SubscriberRecord? {
    try read { db in
      let statement = try db.cachedStatement(sql: "\(subscriberSQL) WHERE key = ?")
      return try Row.fetchOne(statement, arguments: [key])
        .flatMap { try db.subscriberRecord($0, hashAddress) }
    }
  }

  package func leave(_ subscribers: [Int64], asOf: Instant) throws {
    try write { db in
      try leave(try subscribers.compactMap { try db.address(ofSubscriber: $0) }, asOf: asOf, db)
    }
  }

  package func leave(_ topic: Slug, by subscriber: Int64, asOf: Instant) throws {
    try write { db in
      guard let address = try db.address(ofSubscriber: subscriber), let key = try db.topicKey(topic)
      else { return }
      try db.run(
        "DELETE FROM subscription WHERE subscriber = ? AND topic = ?",
        [subscriber, key]
      )
      if try !db.hasTopics(subscriber) { try leave([address], asOf: asOf, db) }
    }
  }

  package func request(_ request: SubscriptionRequest, asOf: Instant) throws -> Bool {
    let hash = hashAddress(request.subscriber.address)
    let counted = hashAddress(request.subscriber.address.untagged)
    return try write { db in
      let isWelcome = try db.suppression(hash)?.allowsReturn ?? true
      let isSent = try isWelcome && db.mayAsk(counted, asOf: asOf)
      if isSent { try db.keep(request, hash, asOf: asOf) }
      try db.note(counted, .ask, isSent: isSent, asOf: asOf)
      return isSent
    }
  }

  package func send(_ letter: DoorLetter, asOf: Instant) throws -> Bool {
    let hash = hashAddress(letter.recipient)
    let counted = hashAddress(letter.recipient.untagged)
    return try write { db in
      let isWelcome = try db.suppression(hash)?.allowsReturn ?? true
      let isFew =
        try letter.isAsking ? db.mayAsk(counted, asOf: asOf) : db.maySendLink(counted, asOf: asOf)
      if isWelcome, isFew { try db.keep(letter, hash, asOf: asOf) }
      let kind: RequestKind = letter.isAsking ? .ask : .link
      try db.note(counted, kind, isSent: isWelcome && isFew, asOf: asOf)
      return isWelcome && isFew
    }
  }

  package func recipient(of tokenHash: [UInt8], asOf: Instant) throws -> EmailAddress? {
    try read { try $0.recipient(of: tokenHash, asOf: asOf) }
  }

  package func topic(_ slug: Slug) throws -> Slug? {
    try read { db in
      guard let key = try db.topicKey(slug) else { return nil }
      let current = try String.fetchOne(
        db,
        sql: "SELECT slug FROM topic WHERE key = ?",
        arguments: [key]
      )
      return current.flatMap { Slug($0) }
    }
  }

  package func request(of tokenHash: [UInt8], asOf: Instant) throws -> StoredRequest? {
    try read { try $0.pendingRequest(tokenHash, asOf: asOf)?.stored }
  }

  package func confirm(_ tokenHash: [UInt8], asOf: Instant) throws -> Int64? {
    try write { db in
      guard let request = try db.pendingRequest(tokenHash, asOf: asOf) else { return nil }
      guard !request.stored.isConfirmed else { return request.subscriber }
      let subscriber = request.stored.subscriber
      let hash = hashAddress(subscriber.address)
      let suppression = try db.suppression(hash)
      guard suppression?.allowsReturn ?? true else { return nil }
      if suppression != nil { try db.welcomeBack(subscriber, hash) }
      let key = try db.subscribe(subscriber, hash, request.consent(confirmed: asOf), asOf: asOf)
      try db.run(
        "UPDATE confirmation SET confirmed = ?, subscriber = ? WHERE tokenHash = ?",
        [asOf.seconds, key, data(tokenHash)]
      )
      return key
    }
  }

  package func refuse(_ tokenHash: [UInt8], asOf: Instant) throws {
    try write { db in
      guard let address = try db.recipient(of: tokenHash, asOf: asOf) else { return }
      let hash = hashAddress(address)
      // What says no more than this is replaced; a complaint says more.
      guard try db.suppression(hash)?.allowsReturn ?? true else { return }
      try db.run(
        "INSERT OR REPLACE INTO suppression (addressHash, reason, since) VALUES (?, ?, ?)",
        [data(hash), SuppressionReason.never.rawValue, asOf.seconds]
      )
      try departures.append([Departure(addressHash: hash, reason: .never, date: asOf)])
    }
  }

  package func hasConfirmations(now: Instant) throws -> Bool {
    try read { try !$0.nextWaiting(1, now: now, onlyConfirmations: true).isEmpty }
  }

  package func forgetRequests(asOf: Instant) throws {
    let oldest = asOf.seconds - RequestLimits.period.seconds
    let isAny = try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM confirmation WHERE expires <= ?)
            OR EXISTS (SELECT 1 FROM confirmationRequest WHERE requested <= ?)
          """,
        arguments: [asOf.seconds, oldest]
      )
    }
    guard isAny ?? false else { return }
    try write { db in
      try db.run(
        """
        UPDATE delivery SET message = NULL, recipient = NULL, reply = NULL,
          state = iif(state IN ('pending', 'uncertain'), 'cancelled', state)
        WHERE key IN (SELECT delivery FROM confirmation WHERE expires <= ?)
        """,
        [asOf.seconds]
      )
      try db.run("DELETE FROM confirmation WHERE expires <= ?", [asOf.seconds])
      try db.run(
        "DELETE FROM confirmationRequest WHERE requested <= ?",
        [oldest]
      )
    }
  }

  /// Suppresses the addresses that are not yet, and notes beside the store that they left.
  private func leave(_ addresses: [EmailAddress], asOf: Instant, _ db: Database) throws {
    let left = try Set(addresses).compactMap { address -> Departure? in
      let hash = hashAddress(address)
      guard try db.suppress(address, hash, .left, asOf: asOf) == .added else { return nil }
      return Departure(addressHash: hash, reason: .left, date: asOf)
    }
    // Before the commit, so that what is said to be done is in both.
    try departures.append(left)
  }
}

extension SuppressionReason {
  /// Whether who is suppressed for it may subscribe again by themselves.
  var allowsReturn: Bool {
    switch self {
    case .left, .erased, .dead: true
    case .complaint, .never, .byHand: false
    }
  }
}

extension EmailAddress {
  /// The address without what stands behind a `+`: most servers put both into one mailbox.
  fileprivate var untagged: EmailAddress {
    let base = localPart.prefix { $0 != "+" }
    return EmailAddress(localPart: String(base), domain: domain) ?? self
  }
}

/// Why an address is written to, as it is counted.
private enum RequestKind: String {
  /// It is not known to want mail.
  case ask
  /// It is a subscriber's, and somebody with one of their letters asked.
  case link
}

/// A request as it is stored.
private struct PendingRequest {
  var stored: StoredRequest
  var requested: Instant
  var shown: ShownText
  var subscriber: Int64?

  func consent(confirmed: Instant) -> ConfirmedConsent {
    ConfirmedConsent(requested: requested, given: confirmed, shown: shown)
  }
}

/// A consent that came in by the reader's door.
private struct ConfirmedConsent {
  var requested: Instant
  var given: Instant
  var shown: ShownText
}

extension Database {
  fileprivate func hasTopics(_ subscriber: Int64) throws -> Bool {
    try Bool.fetchOne(
      self,
      sql: "SELECT EXISTS (SELECT 1 FROM subscription WHERE subscriber = ?)",
      arguments: [subscriber]
    ) ?? false
  }

  /// Whether the address has not been asked too often.
  fileprivate func mayAsk(_ hash: [UInt8], asOf: Instant) throws -> Bool {
    let row = try Row.fetchOne(
      self,
      sql: """
        SELECT max(requested), count(*) FROM confirmationRequest
        WHERE addressHash = ? AND kind = 'ask' AND isSent AND requested > ?
        """,
      arguments: [data(hash), asOf.seconds - RequestLimits.period.seconds]
    )
    guard let row, let last: Int64 = row[0] else { return true }
    return last + RequestLimits.pause.seconds <= asOf.seconds
      && row[1] < RequestLimits.mostInPeriod
  }

  /// Whether the address has not been sent too many links today.
  fileprivate func maySendLink(_ hash: [UInt8], asOf: Instant) throws -> Bool {
    let count = try Int.fetchOne(
      self,
      sql: """
        SELECT count(*) FROM confirmationRequest
        WHERE addressHash = ? AND kind = 'link' AND isSent AND requested > ?
        """,
      arguments: [data(hash), asOf.seconds - RequestLimits.pause.seconds]
    )
    return count ?? 0 < RequestLimits.mostLetters
  }

  /// Notes that something was asked for, so that it can be counted.
  fileprivate func note(
    _ hash: [UInt8],
    _ kind: RequestKind,
    isSent: Bool,
    asOf: Instant
  ) throws {
    try run(
      "INSERT INTO confirmationRequest (addressHash, requested, kind, isSent) VALUES (?, ?, ?, ?)",
      [data(hash), asOf.seconds, kind.rawValue, isSent]
    )
  }

  fileprivate func recipient(of tokenHash: [UInt8], asOf: Instant) throws -> EmailAddress? {
    try String.fetchOne(
      self,
      sql: "SELECT address FROM confirmation WHERE tokenHash = ? AND expires > ?",
      arguments: [data(tokenHash), asOf.seconds]
    ).flatMap { EmailAddress($0) }
  }

  func keep(_ letter: DoorLetter, _ hash: [UInt8], asOf: Instant) throws {
    let address = letter.recipient.description
    try addLetter(letter.message, to: address)
    try run(
      """
      INSERT INTO confirmation
        (tokenHash, addressHash, address, choices, requested, expires, delivery)
      VALUES (coalesce(?, randomblob(32)), ?, ?, '', ?, ?, ?)
      """,
      [
        letter.refusalHash.map(data), data(hash), address, asOf.seconds, letter.expires.seconds,
        lastInsertedRowID,
      ]
    )
  }

  private func addLetter(_ message: [UInt8], to address: String) throws {
    try run(
      """
      INSERT INTO delivery (kind, message, recipient, state) VALUES ('confirmation', ?, ?, 'pending')
      """,
      [data(message), address]
    )
  }

  /// Keeps a request and its message to be sent; an earlier one of the address stays good.
  fileprivate func keep(
    _ request: SubscriptionRequest,
    _ hash: [UInt8],
    asOf: Instant
  ) throws {
    let address = request.subscriber.address.description
    try addLetter(request.message, to: address)
    let delivery = lastInsertedRowID
    try run(
      """
      INSERT INTO confirmation
        (tokenHash, addressHash, address, choices, requested, expires, shownVersion, shownHash,
          delivery)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        data(request.tokenHash), data(hash), address, request.subscriber.choices, asOf.seconds,
        request.expires.seconds, request.shown.version, data(request.shown.hash), delivery,
      ]
    )
  }

  fileprivate func pendingRequest(_ tokenHash: [UInt8], asOf: Instant) throws -> PendingRequest? {
    let row = try Row.fetchOne(
      self,
      sql: """
        SELECT address, choices, requested, shownVersion, shownHash, confirmed, subscriber
        FROM confirmation WHERE tokenHash = ? AND expires > ?
        """,
      arguments: [data(tokenHash), asOf.seconds]
    )
    guard let row, let address = EmailAddress(row[0] as String),
      let subscriber = Subscriber(address, choices: row[1])
    else { return nil }
    return PendingRequest(
      stored: StoredRequest(subscriber: subscriber, isConfirmed: row[5] != nil),
      requested: Instant(seconds: row[2]),
      shown: ShownText(version: row[3] ?? "", hash: bytes(row[4] ?? data([]))),
      subscriber: row[6]
    )
  }

  /// Lifts what kept an address from being written to; what came out meanwhile is not owed.
  fileprivate func welcomeBack(_ subscriber: Subscriber, _ hash: [UInt8]) throws {
    try run("DELETE FROM suppression WHERE addressHash = ?", [data(hash)])
    try run(
      """
      UPDATE subscriber SET covered = max(covered, coalesce((\(lastReleaseOfDigest)), covered))
      WHERE identity = :identity
      """,
      ["digest": subscriber.cadence.rawValue, "identity": subscriber.address.identity]
    )
  }

  /// Subscribes, or changes what was chosen, and adds the consent to the ledger.
  fileprivate func subscribe(
    _ subscriber: Subscriber,
    _ hash: [UInt8],
    _ consent: ConfirmedConsent,
    asOf: Instant
  ) throws -> Int64 {
    let existing = try Int64.fetchOne(
      self,
      sql: "SELECT key FROM subscriber WHERE identity = ?",
      arguments: [subscriber.address.identity]
    )
    let key: Int64
    if let existing {
      var subscriber = subscriber
      subscriber.name = try String.fetchOne(
        self,
        sql: "SELECT name FROM subscriber WHERE key = ?",
        arguments: [existing]
      )
      _ = try setChoices(of: existing, subscriber, asOf: asOf)
      // Who asks for the letter now wants it now.
      try run("UPDATE subscriber SET pausedUntil = NULL WHERE key = ?", [existing])
      key = existing
    } else {
      key = try insert(subscriber, asOf: asOf)
    }
    try run(
      """
      INSERT INTO consent
        (subscriber, addressHash, source, requested, given, shownVersion, shownHash)
      VALUES (?, ?, 'web', ?, ?, ?, ?)
      """,
      [
        key, data(hash), consent.requested.seconds, consent.given.seconds, consent.shown.version,
        data(consent.shown.hash),
      ]
    )
    return key
  }
}

extension Subscriber {
  /// What was chosen, in one line: cadence, language, topics.
  fileprivate var choices: String {
    ([cadence.rawValue, language.tag] + topics.map(\.text)).joined(separator: " ")
  }

  init?(_ address: EmailAddress, choices: String) {
    let words = choices.split(separator: " ").map(String.init)
    guard words.count > 1, let cadence = Cadence(rawValue: words[0]),
      let language = Language(words[1])
    else { return nil }
    self.init(
      address: address,
      language: language,
      cadence: cadence,
      topics: words.dropFirst(2).compactMap { Slug($0) }
    )
  }
}
