import Model

/// A report in the format of qmail (QSBMF): text for people, in which paragraphs begin with the
/// address that failed.
struct QSBMFReport {
  private static let mostRecipients = 100

  private(set) var recipients: [RecipientReport]
  private(set) var original: OriginalMessage

  /// Nil where a message is none.
  init?(_ message: MIMEPart) {
    guard message.type == "text/plain" else { return nil }
    let body = message.body
    guard body.starts(with: "Hi. This is the".utf8) else { return nil }
    let (report, copy) = Self.cut(body[...])
    recipients = report.prefix(Self.mostRecipients).compactMap(Self.recipient)
    original = OriginalMessage(MailFields.read(copy.drop { $0 == 10 || $0 == 13 }).fields)
  }

  /// The paragraphs of the report, and the copy of the message behind the line that announces it.
  private static func cut(_ body: ArraySlice<UInt8>) -> ([[String]], ArraySlice<UInt8>) {
    var paragraphs: [[String]] = [[]]
    for line in body.lines {
      if line.starts(with: "---".utf8) {
        return (paragraphs, body[line.endIndex...].drop { $0 != 10 })
      }
      if line.isEmpty {
        paragraphs.append([])
      } else {
        paragraphs[paragraphs.count - 1].append(String(decoding: line, as: UTF8.self).trimmed)
      }
    }
    return (paragraphs, [])
  }

  /// A paragraph that begins with `<address>:`.
  private static func recipient(_ paragraph: [String]) -> RecipientReport? {
    guard let first = paragraph.first, first.hasPrefix("<"), first.hasSuffix(">:") else {
      return nil
    }
    let words = paragraph.dropFirst().joined(separator: " ")
    let remote = words.range(after: "Remote host said: ").map { DiagnosticCode(words: String($0)) }
    return RecipientReport(
      action: .failed,
      recipient: addresses(in: first).first,
      enhanced: remote?.enhanced ?? words.range(after: "(#").flatMap { EnhancedCode.first(in: $0) },
      basic: remote?.basic,
      text: remote?.text ?? words
    )
  }
}

extension String {
  /// What comes behind a phrase, the first time it is there.
  fileprivate func range(after phrase: String) -> Substring? {
    guard let start = firstRange(of: phrase) else { return nil }
    return self[start.upperBound...]
  }
}
