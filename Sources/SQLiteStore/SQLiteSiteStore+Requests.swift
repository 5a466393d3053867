import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func request(_ request: SubscriptionRequest, asOf: Instant) throws -> Bool {
    try write(to: request.subscriber.address, .ask, asOf: asOf) { db, hash in
      try db.keep(request, hash, asOf: asOf)
    }
  }

  package func send(_ letter: DoorLetter, asOf: Instant) throws -> Bool {
    try write(to: letter.recipient, letter.isAsking ? .ask : .link, asOf: asOf) { db, hash in
      try db.keep(letter, hash, asOf: asOf)
    }
  }

  /// Keeps a message to an address, unless that wants none or has had too many.
  ///
  /// - Parameter keep: is given the address's hash.
  private func write(
    to address: EmailAddress,
    _ kind: RequestKind,
    asOf: Instant,
    keep: (Database, [UInt8]) throws -> Void
  ) throws -> Bool {
    let (hash, counted) = (hashAddress(address), hashAddress(address.untagged))
    return try write { db in
      let isWelcome = try db.suppression(hash)?.allowsReturn ?? true
      let isSent = try isWelcome && db.allows(kind, counted, asOf: asOf)
      if isSent { try keep(db, hash) }
      try db.note(counted, kind, isSent: isSent, asOf: asOf)
      return isSent
    }
  }

  package func recipient(of tokenHash: [UInt8], asOf: Instant) throws -> EmailAddress? {
    try read { try $0.recipient(of: tokenHash, asOf: asOf) }
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
      let key = try db.subscribe(request, hash, asOf: asOf)
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
