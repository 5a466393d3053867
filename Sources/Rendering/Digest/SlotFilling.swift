import Model

/// What one reader's slots are filled with, in one part of a message.
struct SlotFilling {
  var part: MessagePart
  var address: String
  var unsubscribeURL: String
  var preferencesURL: String
  /// Where the reader leaves one topic.
  var leaveURL: (Slug) -> String

  /// Appends a fragment, with its slots filled.
  func append(_ pieces: [IssueFragments.Piece], to message: inout [UInt8]) {
    for piece in pieces {
      switch piece {
      case .text(let bytes): message.append(contentsOf: bytes)
      case .slot(let name): message.append(contentsOf: QuotedPrintable.encode(text(of: name).utf8))
      }
    }
  }

  private func text(of slot: Slot.Name) -> String {
    switch slot {
    case .address: escaped(address)
    case .unsubscribe: escaped(unsubscribeURL)
    case .preferences: escaped(preferencesURL)
    case .leave(let topic): escaped(leaveURL(topic))
    case .sentence(let pieces): Wrapping.lines(pieces.joined(separator: address))
    }
  }

  private func escaped(_ text: String) -> String { part == .html ? text.htmlEscaped : text }
}
