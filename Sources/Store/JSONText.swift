/// A JSON value (RFC 8259) whose keys stay in order.
package indirect enum JSONText: Sendable {
  case object([(String, JSONText)])
  case array([JSONText])
  case text(String)
  case number(Int64)
  case null

  /// Nil is `null`.
  package static func optional(_ text: String?) -> JSONText { text.map(JSONText.text) ?? .null }

  /// The value as it is written.
  ///
  /// - Parameter isIndented: over several lines, for people; otherwise it is one line.
  package func bytes(isIndented: Bool) -> [UInt8] {
    var output: [UInt8] = []
    write(to: &output, depth: isIndented ? 0 : nil)
    return output
  }
}

extension JSONText {
  /// - Parameter depth: nil on one line.
  private func write(to output: inout [UInt8], depth: Int?) {
    switch self {
    case .null: output += "null".utf8
    case .number(let number): output += "\(number)".utf8
    case .text(let text): output.append(quoting: text)
    case .array(let values):
      output.append(list: values, between: "[", "]", depth: depth) { value, output, depth in
        value.write(to: &output, depth: depth)
      }
    case .object(let members):
      output.append(list: members, between: "{", "}", depth: depth) { member, output, depth in
        output.append(quoting: member.0)
        output += ": ".utf8
        member.1.write(to: &output, depth: depth)
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append<Item>(
    list items: [Item],
    between start: Unicode.Scalar,
    _ end: Unicode.Scalar,
    depth: Int?,
    _ write: (Item, inout [UInt8], Int?) -> Void
  ) {
    append(UInt8(ascii: start))
    for (index, item) in items.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      breakLine(depth.map { $0 + 1 }, isSpaced: index > 0)
      write(item, &self, depth.map { $0 + 1 })
    }
    if !items.isEmpty { breakLine(depth, isSpaced: false) }
    append(UInt8(ascii: end))
  }

  /// Begins a line, or leaves a space where there are none.
  private mutating func breakLine(_ depth: Int?, isSpaced: Bool) {
    guard let depth else {
      if isSpaced { append(UInt8(ascii: " ")) }
      return
    }
    append(UInt8(ascii: "\n"))
    append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  fileprivate mutating func append(quoting text: String) {
    append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): self += [UInt8(ascii: "\\"), byte]
      case ..<0x20: self += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: append(byte)
      }
    }
    append(UInt8(ascii: "\""))
  }
}
