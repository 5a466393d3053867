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
    let subscriber = record.subscriber
    try await send(AccessToken(request.purpose, subscriber: record.key), to: subscriber.address) {
      mail,
      token,
      date in
      let language = subscriber.language
      return mail.link(request, to: subscriber.address, token: token, in: language, date: date)
    }
    return page(.linkSent(subscriber.address), language(visit, record))
  }

  /// The form for another address; the link goes to that.
  func move(_ visit: Visit, _ text: String) async throws -> Response {
    guard let (token, record) = try await subscriber(text, for: .move)
    else { return failure(.expired, language(visit)) }
    let language = language(visit, record)
    guard let form = visit.form else {
      return html(renderer.page(MoveForm(token: text), in: language))
    }
    let answers = SubscribeAnswers(form, settings)
    guard let address = answers.address else {
      let again = MoveForm(email: answers.email, token: text, isWrong: true)
      return html(renderer.page(again, in: language), .unprocessableContent)
    }
    let arrival = AccessToken(.arrive, subscriber: token.subscriber, scope: address.description)
    try await send(arrival, to: address) { mail, token, date in
      mail.arrival(to: address, token: token, in: record.subscriber.language, date: date)
    }
    return page(.linkSent(address), language)
  }

  /// The button with which the new address says that it is the subscriber's.
  func arrive(_ visit: Visit, _ text: String) async throws -> Response {
    guard let (token, record) = try await subscriber(text, for: .arrive),
      let address = token.scope.flatMap({ EmailAddress($0) })
    else { return failure(.expired, language(visit)) }
    let language = language(visit, record)
    let former = record.subscriber.address
    guard former.identity != address.identity else { return page(.arrived, language) }
    guard visit.method == .post else { return page(.arrive(address, token: text), language) }
    guard visit.sends(.confirm) else { return failure(.badLink, language) }
    guard try await store.ask({ try $0.move(record.key, to: address) })
    else { return page(.taken, language, .conflict) }
    try await tell(former, record.subscriber.language)
    return page(.arrived, language)
  }

  /// Tells the former address, so that nobody is moved unawares.
  private func tell(_ former: EmailAddress, _ language: Language) async throws {
    guard let mail = settings.mail else { return }
    let now = now
    let letter = DoorLetter(
      recipient: former,
      expires: now.advanced(by: .days(7)),
      message: mail.departure(to: former, in: language, date: now)
    )
    if try await store.ask({ try $0.send(letter, asOf: now) }) { settings.actions.send() }
  }

  private func send(
    _ token: AccessToken,
    to recipient: EmailAddress,
    message: (DoorMail, String, Instant) -> [UInt8]
  ) async throws {
    guard let mail = settings.mail else { return }
    let now = now
    var token = token
    token.expiry = now.advanced(by: Self.linkLifetime).seconds
    let text = token.signed(with: settings.tokens)
    let letter = DoorLetter(
      recipient: recipient,
      expires: now.advanced(by: Self.linkLifetime),
      message: message(mail, text, now)
    )
    if try await store.ask({ try $0.send(letter, asOf: now) }) { settings.actions.send() }
  }

  /// Who a mailed link is about; nil where it is none, has expired, or they have left.
  func subscriber(
    _ text: String,
    for purpose: AccessToken.Purpose
  ) async throws -> (AccessToken, SubscriberRecord)? {
    guard let token = token(text, for: purpose),
      let record = try await store.ask({ try $0.subscriber(token.subscriber) }),
      record.suppression == nil
    else { return nil }
    return (token, record)
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
