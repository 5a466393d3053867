import Model

/// The text of a configuration file, for saying where in it something is wrong.
struct ConfigurationText {
  let path: String
  let text: String
  private let lines: [Substring]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = text.unicodeScalars
      .split(omittingEmptySubsequences: false) { $0 == "\n" }
      .map { Substring($0.last == "\r" ? $0.dropLast() : $0) }
  }

  func problem(_ message: String, at place: Place) -> Problem {
    switch place {
    case .file(let line, let column):
      Problem(
        path: path,
        line: line,
        column: column,
        message: message,
        excerpt: excerpt(line: line)
      )
    case .option(let key):
      Problem(path: "--set \(key)", message: message)
    }
  }

  private func excerpt(line: Int) -> String? {
    guard lines.indices.contains(line - 1) else { return nil }
    return withoutPasswords(String(lines[line - 1].unicodeScalars.prefix(500)))
  }
}

/// A line with the password of every URL in it replaced by `***`.
func withoutPasswords(_ line: String) -> String {
  let parts = line.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
  return parts.map { withoutPassword(word: String(decoding: $0, as: UTF8.self)) }
    .joined(separator: " ")
}

private func withoutPassword(word: String) -> String {
  let bytes = Array(word.utf8)
  guard let scheme = word.utf8.firstRange(of: "://".utf8) else { return word }
  let start = word.utf8.distance(from: word.startIndex, to: scheme.upperBound)
  guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > start,
    let colon = bytes[start..<at].firstIndex(of: UInt8(ascii: ":"))
  else { return word }
  return String(decoding: bytes[...colon] + Array("***".utf8) + bytes[at...], as: UTF8.self)
}
