/// What a server says it can do, in its reply to EHLO (RFC 5321 §4.1.1.1).
package struct SMTPCapabilities: Equatable, Sendable {
  /// PIPELINING (RFC 2920).
  package var pipelines = false
  /// 8BITMIME (RFC 6152).
  package var takes8BitMIME = false
  /// SMTPUTF8 (RFC 6531).
  package var takesUTF8 = false
  /// SIZE (RFC 1870).
  package var takesSize = false
  /// The longest message that it takes; nil where it does not say.
  package var longestMessage: Int?

  package init() {}

  /// Reads the lines after the first, which is the server's name.
  ///
  /// Case does not matter: some
  /// servers write keywords in lower case.
  package init(ehloLines: [String]) {
    for line in ehloLines.dropFirst() {
      let words = line.uppercased().split(separator: " ")
      switch words.first {
      case "PIPELINING": pipelines = true
      case "8BITMIME": takes8BitMIME = true
      case "SMTPUTF8": takesUTF8 = true
      case "SIZE":
        takesSize = true
        // 0 means that there is no fixed limit.
        longestMessage = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
      default: break
      }
    }
  }
}
