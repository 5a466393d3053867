import Model
import Store

/// A subscriber as people see them.
struct SubscriberPage {
  var data: PersonalData
  /// When the next issue is due that goes to them.
  var next: Instant?
  var zone: Zone
  /// How many messages are shown.
  var latest: Int

  var lines: [String] {
    head + data.consents.map(line) + data.requests.map(line) + missed + messages
  }

  private var head: [String] {
    let subscriber = data.subscriber
    let name = subscriber.name.map { " (\($0))" } ?? ""
    return [
      "\(subscriber.address)\(name), number \(data.key), since \(stamp(data.created))",
      "Wants: the \(subscriber.cadence) digest in \(subscriber.language), about \(topics)",
      data.pausedUntil.map { "Paused until: \(stamp($0))" },
      data.suppression.map {
        "Gets nothing: \($0.reason.rawValue) since \(stamp($0.since))\(words($0.evidence))"
      },
      "Next issue: \(next.map(stamp) ?? "none")",
    ].compactMap { $0 }
  }

  private var topics: String {
    let topics = data.topics.map { "\($0.slug) (since \(zone.civil($0.chosen).date))" }
    return topics.isEmpty ? "nothing" : topics.joined(separator: ", ")
  }

  private var missed: [String] {
    data.missed.isEmpty
      ? [] : ["Missed by a pause: \(data.missed.map(\.description).joined(separator: ", "))"]
  }

  private var messages: [String] {
    let shown = data.messages.suffix(latest).reversed().map(line)
    let rest = data.messages.count - shown.count
    return shown + (rest > 0 ? ["\(rest) earlier messages; see --verbose"] : [])
  }

  private func stamp(_ instant: Instant) -> String { zone.stamp(of: instant) }

  private func words(_ text: String?) -> String { text.map { " (\($0))" } ?? "" }
}

extension SubscriberPage {
  /// For instance `Consent: 2026-11-01 09:00 (Europe/Paris) by web, text 1 fr (sha256 0a1b…)`.
  private func line(_ given: PersonalData.GivenConsent) -> String {
    let asked = given.requested.map { ", asked for \(stamp($0))" } ?? ""
    return "Consent: \(stamp(given.consent.given)) by \(given.consent.source)\(asked)"
      + shown(given.shown) + (given.ip.map { ", from \($0)" } ?? "")
  }

  private func line(_ request: PersonalData.Request) -> String {
    let end =
      request.confirmed.map { "confirmed \(stamp($0))" }
      ?? "may be confirmed until \(stamp(request.expires))"
    return "Request: \(stamp(request.requested)) for \(request.address), \(end)"
      + shown(request.shown)
  }

  private func shown(_ text: ShownText?) -> String {
    guard let text else { return "" }
    let hash = text.hash.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return ", text \(text.version) (sha256 \(hash)…)"
  }

  /// For instance `weekly/2026-11-23: accepted 2026-11-23 08:00 (Europe/Paris): 250 ok`.
  private func line(_ message: PersonalData.Message) -> String {
    let name = message.issue?.description ?? message.kind
    let again = message.kind == "resend" ? " (sent again)" : ""
    let waits = message.notBefore.flatMap { message.state.isOpen ? ", next try \(stamp($0))" : nil }
    let when = (message.settled ?? message.date).map { " " + stamp($0) } ?? ""
    let said =
      message.refusal.map { "; \($0.kind.rawValue): \($0.text)" }
      ?? message.reply.map { ": \($0)" }
    return "\(name)\(again): \(message.state.rawValue)\(when)\(waits ?? "")\(said ?? "")"
  }
}

extension DeliveryState {
  /// Whether it is tried again.
  fileprivate var isOpen: Bool { self == .pending || self == .uncertain }
}
