/// A message in the form that DATA takes: lines end in CR LF, and a dot at the start of one is
/// doubled (RFC 5321 §4.5.2).
///
/// What a signature puts before it needs no change: it is ASCII, and no line of it begins with a
/// dot.
package struct MessageData: Sendable {
  /// What goes before the dot that ends it.
  package let bytes: [UInt8]
  /// Its length before the dots were doubled (RFC 1870 §3).
  package let size: Int
  /// Whether anything in it is not ASCII.
  package let is8Bit: Bool
  /// Whether anything in its header is not ASCII (RFC 6532).
  package let hasUTF8Header: Bool

  /// Takes a message; nil where it has a CR or LF without the other.
  ///
  /// - Parameter signatureLength: how many bytes will be put before it.
  ///
  /// Servers differ in what they take for the end of a line, so a message with such a byte could
  /// end early at one of them, and go on as commands.
  package init?(_ message: [UInt8], signatureLength: Int = 0) {
    guard let scan = Scan(message.span) else { return nil }
    let ending: [UInt8] = message.isEmpty || message.last == 10 ? [] : [13, 10]
    size = signatureLength + message.count + ending.count
    is8Bit = scan.first8Bit != nil
    hasUTF8Header = scan.first8Bit.map { $0 < scan.headerEnd } ?? false
    bytes = (scan.dots.isEmpty ? message : stuffed(message, at: scan.dots)) + ending
  }
}

/// What one look at every byte finds.
private struct Scan {
  /// Where lines begin with a dot.
  var dots: [Int] = []
  var first8Bit: Int?
  var headerEnd: Int

  init?(_ message: Span<UInt8>) {
    headerEnd = message.count
    var lineStart = 0
    for index in message.indices {
      let byte = message[index]
      if byte >= 0x80, first8Bit == nil { first8Bit = index }
      if byte == 46, index == lineStart { dots.append(index) }
      if byte == 13, index + 1 == message.count || message[index + 1] != 10 { return nil }
      guard byte == 10 else { continue }
      guard index > lineStart, message[index - 1] == 13 else { return nil }
      if index == lineStart + 1, headerEnd == message.count { headerEnd = index }
      lineStart = index + 1
    }
  }
}

private func stuffed(_ message: [UInt8], at dots: [Int]) -> [UInt8] {
  var output: [UInt8] = []
  output.reserveCapacity(message.count + dots.count + 2)
  var start = 0
  for dot in dots {
    output += message[start...dot]
    start = dot
  }
  return output + message[start...]
}
