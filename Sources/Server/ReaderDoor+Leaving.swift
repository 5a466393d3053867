import Cryptography
import Hummingbird
import Model
import Rendering
import Store

extension ReaderDoor {
  /// The page to leave by, and, for who means it, leaving: at once, without a redirect, and as often
  /// as they like (RFC 8058 §3).
  func leave(_ visit: Visit, _ text: String) async throws -> Response {
    guard let token = token(text, for: .leave) else { return failure(.badLink, language(visit)) }
    let record = try await store.ask { try $0.subscriber(token.subscriber) }
    let topic = try await topic(of: token)
    if visit.method == .post { return try await leave(visit, token, topic, record) }
    guard let record, record.suppression == nil,
      topic.map(record.subscriber.topics.contains) ?? true
    else { return page(.left(topic: topic), language(visit, record)) }
    let message = DoorMessage.leave(
      record.subscriber.address,
      topic: topic,
      token: text,
      preferences: link(.preferences, of: record.key)
    )
    return page(message, language(visit, record))
  }

  /// What the topic that a link is about is called now.
  private func topic(of token: AccessToken) async throws -> Slug? {
    guard let slug = token.scope.flatMap({ Slug($0) }) else { return nil }
    return try await store.ask { try $0.topic(slug) } ?? slug
  }

  private func leave(
    _ visit: Visit,
    _ token: AccessToken,
    _ topic: Slug?,
    _ record: SubscriberRecord?
  ) async throws -> Response {
    guard visit.sends(.oneClick) else { return failure(.badLink, language(visit, record)) }
    if let topic {
      let now = now
      try await store.ask { try $0.leave(topic, by: token.subscriber, asOf: now) }
    } else {
      try await store.leave(token.subscriber)
    }
    return page(.left(topic: topic), language(visit, record))
  }

  /// The language of a subscriber, unless the visitor asks for another.
  func language(_ visit: Visit, _ record: SubscriberRecord?) -> Language {
    renderer.language(visit.query?.value("lang") ?? record?.subscriber.language.tag)
  }
}
