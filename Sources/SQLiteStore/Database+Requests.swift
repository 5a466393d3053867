import GRDB
import Model
import Store

/// Why an address is written to, as it is counted.
enum RequestKind: String {
  /// It is not known to want mail.
  case ask
  /// It is a subscriber's, and somebody with one of their letters asked.
  case link
}

/// A request as it is stored.
struct PendingRequest {
  var stored: StoredRequest
  var requested: Instant
  var shown: ShownText
  var subscriber: Int64?
}

extension Database {
  /// Whether the address has not been written to too often for this reason.
  func allows(_ kind: RequestKind, _ hash: [UInt8], asOf: Instant) throws -> Bool {
    let period = kind == .ask ? RequestLimits.period : RequestLimits.pause
    let row = try Row.fetchOne(
      self,
      sql: """
        SELECT max(requested), count(*) FROM confirmationRequest
        WHERE addressHash = ? AND kind = ? AND isSent AND requested > ?
        """,
      arguments: [data(hash), kind.rawValue, asOf.seconds - period.seconds]
    )
    guard let row, let last: Int64 = row[0] else { return true }
    return switch kind {
    case .ask:
      last + RequestLimits.pause.seconds <= asOf.seconds && row[1] < RequestLimits.mostInPeriod
    case .link: row[1] < RequestLimits.mostLetters
    }
  }

  /// Notes that something was asked for, so that it can be counted.
  func note(
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

  func recipient(of tokenHash: [UInt8], asOf: Instant) throws -> EmailAddress? {
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
  func keep(
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

  func pendingRequest(_ tokenHash: [UInt8], asOf: Instant) throws -> PendingRequest? {
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
