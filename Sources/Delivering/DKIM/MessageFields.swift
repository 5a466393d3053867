/// A message (RFC 5322), taken apart: its header fields as they stand, and its body.
struct MessageFields {
  struct Field {
    /// In lower case.
    var name: String
    /// With its folds and its line end.
    var bytes: ArraySlice<UInt8>
  }

  /// From the top.
  private(set) var fields: [Field] = []
  private let message: [UInt8]
  private let bodyStart: Int

  init(_ message: [UInt8]) {
    self.message = message
    var lineStart = 0
    var starts: [Int] = []
    while lineStart < message.count, message[lineStart] != 13 {
      if message[lineStart] != 0x20, message[lineStart] != 0x09 { starts.append(lineStart) }
      lineStart = (message[lineStart...].firstIndex(of: 10) ?? message.count - 1) + 1
    }
    // The empty line between header and body.
    bodyStart = min(lineStart + 2, message.count)
    for (start, end) in zip(starts, starts.dropFirst() + [lineStart]) {
      fields.append(Field(message[start..<end]))
    }
  }

  /// The SHA-256 of the body.
  func bodyHash(_ form: Canonicalization) -> [UInt8] {
    form.bodyHash(message.span.extracting(bodyStart...))
  }

  /// The fields that a list of names selects: of several with one name, the last first, and none
  /// where there are no more (RFC 6376 §5.4.2).
  func selected(by names: [String]) -> [Field] {
    var used: [String: Int] = [:]
    return names.compactMap { name in
      let key = name.lowercased()
      let nth = used[key, default: 0]
      used[key] = nth + 1
      return fields.reversed().lazy.filter { $0.name == key }.dropFirst(nth).first
    }
  }
}

extension MessageFields.Field {
  fileprivate init(_ bytes: ArraySlice<UInt8>) {
    let name = bytes.prefix { $0 != UInt8(ascii: ":") && $0 > 0x20 }
    self.init(name: String(decoding: name, as: UTF8.self).lowercased(), bytes: bytes)
  }
}
