import Model

extension PersonalData {
  /// All of it for the person themselves, in a format that programs read (GDPR article 20).
  ///
  /// - Parameter isIndented: over several lines, for people; otherwise it is one line.
  package func json(isIndented: Bool = true) -> [UInt8] { document.bytes(isIndented: isIndented) }

  package var document: JSONText {
    .object([
      ("email", .text(subscriber.address.description)), ("name", .optional(subscriber.name)),
      ("language", .text(subscriber.language.tag)),
      ("cadence", .text(subscriber.cadence.rawValue)),
      ("topics", .array(topics.map(\.document))),
      ("number", .number(key)),
      ("created", .instant(created)), ("pausedUntil", .instant(pausedUntil)),
      ("suppression", suppression?.document ?? .null),
      ("consents", .array(consents.map(\.document))),
      ("requests", .array(requests.map(\.document))),
      ("messages", .array(messages.map(\.document))),
      ("missedIssues", .array(missed.map { .text($0.description) })),
    ])
  }
}

extension JSONText {
  fileprivate static func instant(_ instant: Instant?) -> JSONText { .optional(instant?.rfc3339) }
}

extension PersonalData.ChosenTopic {
  fileprivate var document: JSONText {
    .object([("topic", .text(slug.text)), ("since", .instant(chosen))])
  }
}

extension Suppression {
  fileprivate var document: JSONText {
    .object([
      ("reason", .text(reason.rawValue)), ("since", .instant(since)),
      ("evidence", .optional(evidence)),
    ])
  }
}

extension ShownText {
  fileprivate var document: JSONText {
    .object([("version", .text(version)), ("sha256", .text(hexadecimal(hash)))])
  }
}

extension PersonalData.GivenConsent {
  fileprivate var document: JSONText {
    .object([
      ("source", .text(consent.source)), ("requested", .instant(requested)),
      ("given", .instant(consent.given)), ("shown", shown?.document ?? .null),
      ("ip", .optional(ip)),
    ])
  }
}

extension PersonalData.Request {
  fileprivate var document: JSONText {
    .object([
      ("email", .text(address.description)), ("wanted", wanted?.choices ?? .null),
      ("requested", .instant(requested)), ("expires", .instant(expires)),
      ("confirmed", .instant(confirmed)), ("shown", shown?.document ?? .null),
    ])
  }
}

extension Subscriber {
  fileprivate var choices: JSONText {
    .object([
      ("topics", .array(topics.map { .text($0.text) })), ("language", .text(language.tag)),
      ("cadence", .text(cadence.rawValue)),
    ])
  }
}

extension PersonalData.Message {
  fileprivate var document: JSONText {
    .object([
      ("kind", .text(kind)), ("issue", .optional(issue?.description)),
      ("state", .text(state.rawValue)), ("attempts", .number(Int64(attempts))),
      ("date", .instant(date)), ("notBefore", .instant(notBefore)),
      ("settled", .instant(settled)), ("reply", .optional(reply)),
      ("refusal", refusal?.document ?? .null),
      ("omittedArticles", .array(omitted.map(JSONText.text))),
    ])
  }
}

extension PersonalData.NotedRefusal {
  fileprivate var document: JSONText {
    .object([
      ("kind", .text(kind.rawValue)), ("code", .text(code)), ("text", .text(text)),
      ("reported", .instant(reported)),
    ])
  }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
