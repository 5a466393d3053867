import Cryptography
import Hummingbird
import Model
import Rendering
import Store

/// The links that are mailed to a subscriber, and another address.
extension ReaderDoor {
  private static let linkLifetime = Interval.hours(1)

  /// Mails a subscriber the link that they, or somebody with one of their letters, asked for.
  func send(
    _ request: OwnDataRequest,
    to record: SubscriberRecord,
    _ visit: Visit
  ) async throws -> Response {
    guard rate.allows(visit.client, now: now) else { return tooMany(visit) }
    let (address, language) = (record.subscriber.address, record.subscriber.language)
    let scope = mark(of: address)
    let token = mailed(AccessToken(request.purpose, subscriber: record.key, scope: scope))
    try await send { mail, now in
      DoorLetter(
        recipient: address,
        expires: now.advanced(by: Self.linkLifetime),
        message: mail.link(request, to: address, token: token, in: language, date: now)
      )
    }
    return page(.linkSent(address), self.language(visit, record))
  }

  /// The form for another address; the link goes to that.
  func move(_ visit: Visit, _ text: String) async throws -> Response {
    guard let (_, record) = try await subscriber(text, for: .move)
    else { return failure(reason(text, for: .move), language(visit)) }
    let language = language(visit, record)
    guard let form = visit.form else {
      return html(renderer.page(MoveForm(token: text), in: language))
    }
    let answers = SubscribeAnswers(form, settings)
    guard let address = answers.address else {
      let again = MoveForm(email: answers.email, token: text, isWrong: true)
      return html(renderer.page(again, in: language), .unprocessableContent)
    }
    guard rate.allows(visit.client, now: now) else { return tooMany(visit) }
    try await ask(address, for: record)
    return page(.linkSent(address), language)
  }

  /// Asks an address that somebody has typed in whether it is the subscriber's.
  private func ask(_ address: EmailAddress, for record: SubscriberRecord) async throws {
    let scope = "\(address) \(mark(of: record.subscriber.address))"
    let token = mailed(AccessToken(.arrive, subscriber: record.key, scope: scope))
    let refusal = randomBytes(16)
    try await send { mail, now in
      DoorLetter(
        recipient: address,
        refusalHash: SHA256.hash(refusal),
        expires: now.advanced(by: Self.linkLifetime),
        message: mail.arrival(
          to: address,
          token: token,
          refusal: refusal.base64URL,
          in: record.subscriber.language,
          date: now
        )
      )
    }
  }

  /// The button with which the new address says that it is the subscriber's.
  func arrive(_ visit: Visit, _ text: String) async throws -> Response {
    guard let (token, record) = try await subscriber(text, for: .arrive),
      let address = arrival(token)
    else { return failure(reason(text, for: .arrive), language(visit)) }
    let language = language(visit, record)
    guard record.subscriber.address.identity != address.identity
    else { return page(.arrived, language) }
    guard visit.method == .post else { return page(.arrive(address, token: text), language) }
    guard visit.sends(.confirm) else { return failure(.badLink, language) }
    return page(try await move(record, to: address) ? .arrived : .taken, language)
  }

  /// Moves a subscriber, and tells the former address, so that nobody is moved unawares.
  private func move(_ record: SubscriberRecord, to address: EmailAddress) async throws -> Bool {
    let now = now
    let former = record.subscriber.address
    let letter = settings.mail.map { mail in
      DoorLetter(
        recipient: former,
        expires: now.advanced(by: .days(7)),
        message: mail.departure(to: former, in: record.subscriber.language, date: now)
      )
    }
    let isMoved = try await store.ask {
      try $0.move(record.key, to: address, telling: letter, asOf: now)
    }
    if isMoved { settings.actions.send() }
    return isMoved
  }

  private func send(_ letter: (DoorMail, Instant) -> DoorLetter) async throws {
    guard let mail = settings.mail else { return }
    let now = now
    let letter = letter(mail, now)
    if try await store.ask({ try $0.send(letter, asOf: now) }) { settings.actions.send() }
  }

  /// The text of a token that is good for as long as mailed links are.
  private func mailed(_ token: AccessToken) -> String {
    var token = token
    token.expiry = now.advanced(by: Self.linkLifetime).seconds
    return token.signed(with: settings.tokens)
  }

  /// The new address in a token.
  private func arrival(_ token: AccessToken) -> EmailAddress? {
    guard let scope = token.scope, let space = scope.lastIndex(of: " ") else { return nil }
    return EmailAddress(String(scope[..<space]))
  }

  /// What a mailed link knows of the address that it went to: at another one it is good for nothing.
  private func mark(of address: EmailAddress) -> String {
    Array(SHA256.hash(address.identity).prefix(8)).hexadecimal
  }

  /// Who a mailed link is about; nil where it is none, has expired, or they have left or moved.
  func subscriber(
    _ text: String,
    for purpose: AccessToken.Purpose
  ) async throws -> (AccessToken, SubscriberRecord)? {
    guard let token = token(text, for: purpose),
      let record = try await store.ask({ try $0.subscriber(token.subscriber) }),
      record.suppression == nil
    else { return nil }
    let isTheirs = token.scope?.hasSuffix(mark(of: record.subscriber.address)) == true
    let hasArrived = arrival(token)?.identity == record.subscriber.address.identity
    return isTheirs || hasArrived ? (token, record) : nil
  }

  /// Why a mailed link is good for nothing.
  func reason(_ text: String, for purpose: AccessToken.Purpose) -> DoorFailure {
    let keys = settings.tokens
    return AccessToken(text, for: purpose, signedWith: keys, now: .min) == nil ? .badLink : .expired
  }
}

extension OwnDataRequest {
  fileprivate var purpose: AccessToken.Purpose {
    switch self {
    case .data: .data
    case .move: .move
    case .erase: .erase
    }
  }
}
