import Model

/// What one reader's slots are filled with, in one part of a message.
struct SlotFilling {
  var part: MessagePart
  var address: String
  var unsubscribeURL: String

  /// Appends a fragment, with its slots filled.
  func append(_ fragment: [UInt8], to message: inout [UInt8]) {
    guard fragment.starts(with: Slot.mark) else {
      message.append(contentsOf: fragment)
      return
    }
    var position = Slot.mark.count
    while let slot = fragment.firstIndex(of: "=<", from: position),
      let end = fragment.firstIndex(of: ">\r\n", from: slot)
    {
      message.append(contentsOf: fragment[position..<slot])
      let name = String(decoding: fragment[(slot + 2)..<end], as: UTF8.self)
      message.append(contentsOf: QuotedPrintable.encode(text(of: name).utf8))
      position = end + 3
    }
    message.append(contentsOf: fragment[position...])
  }

  private func text(of slot: String) -> String {
    switch slot {
    case "address": part == .html ? address.htmlEscaped : address
    case "unsubscribe": part == .html ? unsubscribeURL.htmlEscaped : unsubscribeURL
    default: sentence(slot)
    }
  }

  private func sentence(_ slot: String) -> String {
    guard slot.hasPrefix("wrap ") else { return "" }
    let words = slot.dropFirst(5).split(
      separator: Character(Slot.addressInSentence),
      omittingEmptySubsequences: false
    )
    return Wrapping.lines(words.joined(separator: address))
  }
}
