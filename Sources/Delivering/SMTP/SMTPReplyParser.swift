package import Model

/// A reply as it was sent: a code, and the text of each line (RFC 5321 §4.2.1).
package struct SMTPReplyLines: Equatable, Sendable {
  package var code: Int
  package var lines: [String]

  package init(code: Int, lines: [String]) {
    self.code = code
    self.lines = lines
  }

  /// The reply with its lines joined, and its enhanced code in front, said once.
  package var reply: SMTPReply {
    let code = code
    if lines.count == 1 { return SMTPReply(code: code, text: lines[0]) }
    let enhanced = lines.lazy.compactMap { SMTPReply(code: code, text: $0).enhancedCode }.first
    guard let enhanced else { return SMTPReply(code: code, text: lines.joined(separator: " ")) }
    let texts = lines.map { line in
      line.hasPrefix(enhanced + " ") ? String(line.dropFirst(enhanced.utf8.count + 1)) : line
    }
    let rest = texts.filter { !$0.isEmpty && $0 != enhanced }
    return SMTPReply(code: code, text: ([enhanced] + rest).joined(separator: " "))
  }
}

/// Cuts what a server sends into replies, however the bytes arrive.
package struct SMTPReplyParser: Sendable {
  /// What the server sent is no reply.
  package struct Garbage: Error, Equatable {
    package var detail: String
  }

  /// RFC 5321 §4.5.3.1.5 allows 512; servers with long links in their refusals go beyond it.
  static let longestLine = 2048
  static let mostLines = 100

  private var buffer: [UInt8] = []
  private var code: Int?
  private var lines: [String] = []

  package init() {}

  /// Whether a part of a reply is waiting for the rest.
  package var isInsideReply: Bool { !buffer.isEmpty || code != nil }

  package mutating func append(_ bytes: Span<UInt8>) {
    buffer.reserveCapacity(buffer.count + bytes.count)
    unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
  }

  /// The next whole reply; nil until the rest of it has arrived.
  package mutating func next() throws(Garbage) -> SMTPReplyLines? {
    while let line = try nextLine() {
      if let reply = try take(line) { return reply }
    }
    return nil
  }

  private mutating func nextLine() throws(Garbage) -> [UInt8]? {
    guard let end = buffer.firstIndex(of: 10) else {
      guard buffer.count <= Self.longestLine else { throw Garbage(detail: "a line without end") }
      return nil
    }
    guard end <= Self.longestLine else { throw Garbage(detail: "a line of \(end) bytes") }
    var line = Array(buffer[..<end])
    if line.last == 13 { line.removeLast() }
    buffer.removeFirst(end + 1)
    return line
  }

  /// Takes one line: three digits, then a hyphen where more follow, or a space, or nothing.
  private mutating func take(_ line: [UInt8]) throws(Garbage) -> SMTPReplyLines? {
    let digits = line.prefix(3)
    guard digits.count == 3, digits.allSatisfy({ (48...57).contains($0) }),
      (50...53).contains(line[0]), line.count == 3 || line[3] == 32 || line[3] == 45
    else { throw Garbage(detail: "“\(printable(line.prefix(60)))”") }
    let code = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    guard self.code == nil || self.code == code else {
      throw Garbage(detail: "one reply with two codes, \(self.code ?? 0) and \(code)")
    }
    lines.append(printable(line.dropFirst(4)))
    guard lines.count <= Self.mostLines else { throw Garbage(detail: "a reply without end") }
    return finish(code, isLast: line.count == 3 || line[3] == 32)
  }

  private mutating func finish(_ code: Int, isLast: Bool) -> SMTPReplyLines? {
    guard isLast else {
      self.code = code
      return nil
    }
    defer {
      self.code = nil
      lines = []
    }
    return SMTPReplyLines(code: code, lines: lines)
  }
}

/// A line as text, with a question mark for what would move a terminal's cursor.
private func printable(_ bytes: ArraySlice<UInt8>) -> String {
  let text = String(decoding: bytes, as: UTF8.self)
  guard text.unicodeScalars.contains(where: isControl) else { return text }
  return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "?" : $0 }))
}

/// Also of C1, among which is a short form of what ESC begins.
private func isControl(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
}
