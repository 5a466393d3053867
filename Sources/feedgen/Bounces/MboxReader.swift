/// Cuts an mbox into messages: each begins with a line `From …` behind an empty line; a line of a
/// message that began so has a `>` before it (mboxo, mboxrd).
///
/// What does not begin with `From ` is one message.
struct MboxReader {
  private static let separator = Array("From ".utf8)

  private let limit: Int
  private var line: [UInt8] = []
  private var message: [UInt8] = []
  private var messages: [[UInt8]] = []
  /// Nil until the first line is there.
  private var isMbox: Bool?
  private var isAfterEmptyLine = true

  /// - Parameter limit: more bytes of a message are not kept.
  init(limit: Int) {
    self.limit = limit
  }

  mutating func feed(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 10) {
      keep(rest[...end])
      endLine()
      rest = rest[(end + 1)...]
    }
    keep(rest)
  }

  mutating func finish() {
    if !line.isEmpty { endLine() }
    endMessage()
  }

  mutating func takeMessages() -> [[UInt8]] {
    defer { messages = [] }
    return messages
  }

  /// A line without end is cut, too.
  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    line += bytes.prefix(max(0, limit - line.count))
  }

  private mutating func endLine() {
    defer {
      isAfterEmptyLine = line == [10] || line == [13, 10]
      line.removeAll(keepingCapacity: true)
    }
    isMbox = isMbox ?? line.starts(with: Self.separator)
    guard isMbox == true else { return add(line[...]) }
    if isAfterEmptyLine, line.starts(with: Self.separator) { return endMessage() }
    let unquoted = line.drop { $0 == UInt8(ascii: ">") }
    add(unquoted.starts(with: Self.separator) && line.first == 62 ? line.dropFirst() : line[...])
  }

  private mutating func add(_ line: ArraySlice<UInt8>) {
    message += line.prefix(max(0, limit - message.count))
  }

  private mutating func endMessage() {
    if message.contains(where: { $0 > 32 }) { messages.append(message) }
    message = []
  }
}
