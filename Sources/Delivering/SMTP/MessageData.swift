/// A message in the form that DATA takes: lines end in CR LF, a dot at the start of one is doubled,
/// and a line of one dot ends it (RFC 5321 §4.5.2).
package struct MessageData: Sendable {
  /// The message with its end.
  package private(set) var bytes: [UInt8]
  /// Its length before the dots were doubled (RFC 1870 §3).
  package let size: Int
  /// Whether anything in it is not ASCII.
  package let is8Bit: Bool
  /// Whether anything in its header is not ASCII (RFC 6532).
  package let hasUTF8Header: Bool

  /// What a message's buffer has left for the next one's envelope, so that it need not be copied.
  private static let room = 800

  /// Takes a message; nil where it has a CR or LF without the other.
  ///
  /// Servers differ in what they take for the end of a line, so a message with such a byte could
  /// end early at one of them, and go on as commands.
  ///
  /// - Parameter signatures: fields to put before it.
  package init?(_ message: [UInt8], signatures: [UInt8] = []) {
    guard let scan = LineScan(message.span) else { return nil }
    is8Bit = scan.first8Bit != nil
    hasUTF8Header = scan.first8Bit.map { $0 < scan.headerEnd } ?? false
    let isWhole = message.isEmpty || message.last == 10
    size = signatures.count + message.count + (isWhole ? 0 : 2)
    bytes = []
    bytes.reserveCapacity(size + scan.dots.count + Self.room)
    bytes += signatures
    var start = 0
    for dot in scan.dots {
      bytes += message[start...dot]
      start = dot
    }
    bytes += message[start...]
    bytes += isWhole ? [46, 13, 10] : [13, 10, 46, 13, 10]
  }

  /// Gives the bytes away.
  mutating func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }
}
