package import Model

extension DigestMessage {
  /// The two parts of a message by themselves, decoded, as a browser and a pager show them.
  package func parts(
    group: EditionGroup,
    fragments: IssueFragments,
    recipient: Mailbox,
    subscriber: Int64 = 0,
    leaving: LeavePage? = nil
  ) -> (html: [UInt8], text: [UInt8]) {
    let leaving = leaving ?? pages(of: subscriber)
    let decoded = { (part: MessagePart, numbers: [Int]) in
      let slots = filling(part, recipient, leaving)
      var body: [UInt8] = []
      for number in numbers {
        if let fragment = fragments[number] { slots.append(fragment, to: &body) }
      }
      return QuotedPrintable.decode(body)
    }
    return (decoded(.html, group.html), decoded(.text, group.text))
  }
}

extension QuotedPrintable {
  /// Decodes what ``encode(_:)`` made; nothing else needs to be understood here.
  static func decode(_ encoded: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var rest = encoded[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        if byte != UInt8(ascii: "\r") { output.append(byte) }
        continue
      }
      let pair = String(decoding: rest.prefix(2), as: UTF8.self)
      if let value = UInt8(pair, radix: 16) { output.append(value) }
      rest = rest.dropFirst(2)
    }
    return output
  }
}
