import Cryptography
import Hummingbird
import Model
import Rendering
import Store

extension ReaderDoor {
  /// For so long a form can be filled in.
  private static let formLifetime = Interval.hours(24)
  private static let linkLifetime = Interval.days(7)

  /// The form to subscribe with, and what it sends.
  func subscribe(_ visit: Visit) async throws -> Response {
    guard settings.mail != nil else { return failure(.notFound, language(visit)) }
    guard let form = visit.form else {
      return html(renderer.page(newForm(visit), in: language(visit)))
    }
    let answers = SubscribeAnswers(form, settings)
    guard form.values("website").allSatisfy(\.isEmpty) else { return checkMail(visit, answers) }
    guard wasFilledIn(form.value("stamp")) else {
      return html(renderer.page(self.form(answers, isForReview: true), in: language(visit)))
    }
    guard let subscriber = answers.subscriber else {
      let form = self.form(answers, problems: answers.problems)
      return html(renderer.page(form, in: language(visit)), .unprocessableContent)
    }
    guard rate.allows(visit.client, now: now) else { return tooMany(visit) }
    try await request(subscriber, shownIn: language(visit))
    return checkMail(visit, answers)
  }

  /// For who asks for more mail than their network may.
  func tooMany(_ visit: Visit) -> Response {
    var response = failure(.tooMany, language(visit))
    response.headers[.retryAfter] = "3600"
    return response
  }

  /// The same for whoever asks, so that nobody learns who is subscribed.
  private func checkMail(_ visit: Visit, _ answers: SubscribeAnswers) -> Response {
    page(.checkMail(address: answers.email), language(visit))
  }

  /// No topic is chosen but the one that the person came from.
  private func newForm(_ visit: Visit) -> SubscribeForm {
    let answers = visit.query.map { SubscribeAnswers($0, settings) }
    return SubscribeForm(
      choices: DoorChoices(topics: answers?.topics ?? [], language: language(visit)),
      stamp: stamp
    )
  }

  private func form(
    _ answers: SubscribeAnswers,
    problems: Set<DoorProblem> = [],
    isForReview: Bool = false
  ) -> SubscribeForm {
    SubscribeForm(
      email: answers.email,
      choices: DoorChoices(
        topics: answers.topics,
        cadence: answers.cadence,
        language: answers.language
      ),
      stamp: stamp,
      problems: problems,
      isForReview: isForReview
    )
  }

  /// Says, signed, when a form was shown.
  private var stamp: String {
    let expiry = now.advanced(by: Self.formLifetime).seconds
    return AccessToken(.form, expiry: expiry).signed(with: settings.tokens)
  }

  /// Whether a form was shown here, and for long enough that a person can have filled it in.
  private func wasFilledIn(_ stamp: String?) -> Bool {
    guard let expiry = stamp.flatMap({ token($0, for: .form) })?.expiry else { return false }
    let shown = expiry - Self.formLifetime.seconds
    return now.seconds - shown >= limits.leastFormTime.seconds
  }

  /// Keeps a request, whoever it is for, and has the address asked.
  private func request(_ subscriber: Subscriber, shownIn language: Language) async throws {
    guard let mail = settings.mail else { return }
    let now = now
    let token = randomBytes(16)
    let text = renderer.consentText(in: language)
    let request = SubscriptionRequest(
      subscriber: subscriber,
      tokenHash: SHA256.hash(token),
      shown: ShownText(version: text.version, hash: text.hash),
      expires: now.advanced(by: Self.linkLifetime),
      message: mail.confirmation(
        to: subscriber.address,
        token: token.base64URL,
        in: subscriber.language,
        date: now
      )
    )
    if try await store.ask({ try $0.request(request, asOf: now) }) { settings.actions.send() }
  }
}

extension ReaderDoor {
  /// The page with the button that confirms, and what the button does: nothing happens to who only
  /// looks, as mail servers do.
  func confirm(_ visit: Visit, _ text: String) async throws -> Response {
    let now = now
    guard let hash = tokenHash(text) else { return failure(.badLink, language(visit)) }
    guard let request = try await store.ask({ try $0.request(of: hash, asOf: now) })
    else { return failure(.expired, language(visit)) }
    let subscriber = request.subscriber
    let language = renderer.language(visit.query?.value("lang") ?? subscriber.language.tag)
    if visit.method != .post, !request.isConfirmed {
      let message = DoorMessage.confirm(subscriber.address, topics: subscriber.topics, token: text)
      return page(message, language)
    }
    guard visit.method != .post || visit.sends(.confirm) else { return failure(.badLink, language) }
    guard let key = try await store.ask({ try $0.confirm(hash, asOf: now) })
    else { return failure(.expired, language) }
    let record = try await store.ask { try $0.subscriber(key) }
    guard record?.suppression == nil else { return page(.left(topic: nil), language) }
    let actions = settings.actions
    let message = DoorMessage.confirmed(
      topics: subscriber.topics,
      next: try await store.ask { _ in try actions.nextLetter(subscriber.cadence) },
      latest: try await store.ask { _ in try actions.latestIssue() },
      preferences: link(.preferences, of: key)
    )
    return page(message, language)
  }

  /// The page where who was asked says never to be asked again.
  func refuse(_ visit: Visit, _ text: String) async throws -> Response {
    let now = now
    guard let hash = tokenHash(text) else { return failure(.badLink, language(visit)) }
    guard let address = try await store.ask({ try $0.recipient(of: hash, asOf: now) })
    else { return failure(.expired, language(visit)) }
    let request = try await store.ask { try $0.request(of: hash, asOf: now) }
    let language = renderer.language(
      visit.query?.value("lang") ?? request?.subscriber.language.tag
    )
    guard visit.method == .post else { return page(.refuse(address, token: text), language) }
    guard visit.sends(.oneClick) else { return failure(.badLink, language) }
    try await store.ask { try $0.refuse(hash, asOf: now) }
    return page(.refused, language)
  }

  private func tokenHash(_ text: String) -> [UInt8]? {
    guard let token = [UInt8](base64URL: text), token.count == 16 else { return nil }
    return SHA256.hash(token)
  }
}
