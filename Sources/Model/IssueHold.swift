/// Why an issue waits for a person.
package enum IssueHold: Hashable, Sendable {
  /// Somebody said so.
  case byHand
  /// No run that could have planned it was recorded for over a day before it fell due: the machine was off, or the store is an
  /// older copy, and then it may have been sent already.
  case gap
  /// Nothing was ever sent by a relay before.
  case firstSend
  /// The editor's `next.md` has mistakes.
  case mistake(String)

  package var text: String {
    switch self {
    case .byHand: "by-hand"
    case .gap: "gap"
    case .firstSend: "first-send"
    case .mistake(let what): "mistake: \(what)"
    }
  }

  /// Reads what ``text`` wrote.
  package init(text: String) {
    switch text {
    case "gap": self = .gap
    case "first-send": self = .firstSend
    case _ where text.hasPrefix("mistake: "): self = .mistake(String(text.dropFirst(9)))
    default: self = .byHand
    }
  }
}

/// As the store keeps them: a line each, and last a mistake, which may take several.
extension [IssueHold] {
  package var text: String { map(\.text).joined(separator: "\n") }

  package init(text: String) {
    self = []
    var rest = text.utf8[...]
    while !rest.isEmpty {
      let isMistake = rest.starts(with: "mistake: ".utf8)
      let end = isMistake ? nil : rest.firstIndex(of: UInt8(ascii: "\n"))
      append(IssueHold(text: String(Substring(rest[..<(end ?? rest.endIndex)]))))
      rest = end.map { rest[rest.index(after: $0)...] } ?? rest[rest.endIndex...]
    }
  }
}
