import Glibc
import Model
package import Store

/// Who has left, one line each, in a file beside the store: `left.log`.
///
/// A store can be lost, and restored as it was yesterday; who left since must not be written to
/// again. The file is only ever added to, and holds no address: a line is the keyed hash of
/// the address, a time and a reason. What is not such a line, because a power cut has torn it, is
/// passed over.
package struct DepartureLog: Sendable {
  package static let fileName = "left.log"

  package let path: String

  package init(path: String) {
    self.path = path
  }

  package init(besideStore storePath: String) {
    let folder = storePath.utf8.lastIndex(of: UInt8(ascii: "/")).map { storePath[...$0] } ?? ""
    self.init(path: folder + DepartureLog.fileName)
  }

  /// Adds departures; they are on the disk when it returns.
  ///
  /// Call it before the store's commit: a departure that is here and not there is replayed one day,
  /// the other way round it would be forgotten. Of an address that is dead nothing is noted: a
  /// relay says that again.
  package func append(_ departures: [Departure]) throws(StoreError) {
    let lines = departures.filter { $0.reason != .dead }.map(\.line).joined()
    guard !lines.isEmpty else { return }
    let file = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw refusal() }
    defer { close(file) }
    let bytes = Array(((endsInLine(file) ? "" : "\n") + lines).utf8)
    guard writeAll(bytes, to: file), fsync(file) == 0, syncFolder() else { throw refusal() }
  }

  /// All departures, in order; none where there is no file.
  package func departures() throws(StoreError) -> [Departure] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return [] }
      throw refusal()
    }
    defer { close(file) }
    var departures: [Departure] = []
    var rest: [UInt8] = []
    while let chunk = try readChunk(file) {
      rest += chunk
      guard let end = rest.lastIndex(of: newline) else { continue }
      departures += rest[..<end].split(separator: newline).compactMap(Departure.init(line:))
      rest.removeFirst(end + 1)
    }
    return departures
  }

  private func readChunk(_ file: Int32) throws(StoreError) -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe read(file, &chunk, chunk.count)
    guard count >= 0 else { throw refusal() }
    return count == 0 ? nil : Array(chunk.prefix(count))
  }

  /// Whether the last line was written whole.
  private func endsInLine(_ file: Int32) -> Bool {
    let size = lseek(file, 0, SEEK_END)
    var last: UInt8 = 0
    return size <= 0 || (unsafe pread(file, &last, 1, size - 1)) == 1 && last == newline
  }

  /// So that the file itself outlives a power cut.
  private func syncFolder() -> Bool {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
    let folder = unsafe open(name, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return false }
    defer { close(folder) }
    return fsync(folder) == 0
  }

  private func refusal() -> StoreError {
    .cannotWrite(path: path, detail: unsafe String(cString: strerror(errno)))
  }
}

private let newline = UInt8(ascii: "\n")

private func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let written = unsafe rest.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    if written < 0, errno == EINTR { continue }
    guard written > 0 else { return false }
    rest = rest.dropFirst(written)
  }
  return true
}

extension Departure {
  fileprivate var line: String {
    "\(hexadecimal(addressHash[...])) \(date.rfc3339) \(reason.rawValue)\n"
  }

  fileprivate init?(line: ArraySlice<UInt8>) {
    let words = String(decoding: line, as: UTF8.self).split(separator: " ")
    guard words.count == 3, let hash = bytes(hexadecimal: words[0]),
      let date = Instant(String(words[1]), in: .utc),
      let reason = SuppressionReason(rawValue: String(words[2]))
    else { return nil }
    self.init(addressHash: hash, reason: reason, date: date)
  }
}

/// Two lower-case hexadecimal digits a byte.
func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// Reads pairs of hexadecimal digits; nil where a line was cut off.
private func bytes(hexadecimal text: Substring) -> [UInt8]? {
  let digits = Array(text.utf8)
  guard digits.count.isMultiple(of: 2), !digits.isEmpty else { return nil }
  var bytes: [UInt8] = []
  for start in stride(from: 0, to: digits.count, by: 2) {
    let pair = String(decoding: digits[start..<start + 2], as: UTF8.self)
    guard let byte = UInt8(pair, radix: 16) else { return nil }
    bytes.append(byte)
  }
  return bytes
}
