/// What a Content-Type field says, as far as it matters here (RFC 2045 §5.1).
struct ContentType: Equatable {
  /// Lower case.
  var type = "text/plain"
  /// Names in lower case.
  var parameters: [String: String] = [:]

  /// What the parts of a multipart are separated by; nil for any other type.
  var boundary: String? {
    guard type.hasPrefix("multipart/"), let boundary = parameters["boundary"], !boundary.isEmpty
    else { return nil }
    return boundary
  }

  init(_ value: String) {
    var pieces = Self.pieces(of: value)[...]
    if let first = pieces.popFirst(), first.contains("/") { type = first.lowercased() }
    for piece in pieces {
      guard let equals = piece.firstIndex(of: "=") else { continue }
      let name = piece[..<equals].trimmed.lowercased()
      parameters[name] = parameters[name] ?? piece[piece.index(after: equals)...].trimmed
    }
  }

  /// The value cut at semicolons outside quotes, and with the quotes taken off.
  private static func pieces(of value: String) -> [String] {
    var pieces: [[UInt8]] = [[]]
    var isQuoted = false
    var isEscaped = false
    for byte in value.utf8 {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\") where isQuoted:
        isEscaped = true
        continue
      case UInt8(ascii: "\""):
        isQuoted.toggle()
        continue
      case UInt8(ascii: ";") where !isQuoted:
        pieces.append([])
        continue
      default: break
      }
      pieces[pieces.count - 1].append(byte)
    }
    return pieces.map { String(decoding: $0, as: UTF8.self).trimmed }
  }
}

extension MailFields {
  var contentType: ContentType { ContentType(self["content-type"] ?? "text/plain") }
}
