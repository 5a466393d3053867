internal import Cryptography
import Model

/// What the sending run knows of a delivery that the store does not yet know.
package struct JournalRecord: Equatable, Sendable {
  package enum Phase: Equatable, Sendable {
    /// The end of the message goes out now: from here on the server may have taken it.
    case ending
    /// The end did not go out after all.
    case withdrawn
    /// The server has answered. Of the reply its numbers are kept.
    case answered(code: Int, enhancedCode: String?)
  }

  package var delivery: Int64
  package var attempt: Int
  package var phase: Phase

  package init(delivery: Int64, attempt: Int, phase: Phase) {
    self.delivery = delivery
    self.attempt = attempt
    self.phase = phase
  }

  /// The length of a record in the file, in bytes.
  static let size = 32

  /// The record as it is written: numbers, the lowest byte first, and a checksum.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.size)
    bytes.append(littleEndian: delivery, width: 8)
    bytes.append(littleEndian: Int64(attempt), width: 4)
    for number in phase.numbers { bytes.append(littleEndian: Int64(number), width: 2) }
    bytes += Checksum.of(bytes).prefix(Self.size - bytes.count)
    return bytes
  }

  /// Reads a record; nil where it was not wholly written.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.size, Array(bytes).suffix(10) == Self.checksum(of: bytes)
    else { return nil }
    let start = bytes.startIndex
    let numbers = (0..<5).map { Int(bytes.littleEndian(from: start + 12 + 2 * $0, width: 2)) }
    guard let phase = Phase(numbers) else { return nil }
    delivery = bytes.littleEndian(from: start, width: 8)
    attempt = Int(bytes.littleEndian(from: start + 8, width: 4))
    self.phase = phase
  }

  private static func checksum(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    Checksum.of(Array(bytes.dropLast(10))).prefix(10)
  }
}

extension JournalRecord.Phase {
  /// Its number, the code, and the three numbers of the enhanced code with 0 for none.
  fileprivate var numbers: [Int] {
    switch self {
    case .ending: return [1, 0, 0, 0, 0]
    case .withdrawn: return [2, 0, 0, 0, 0]
    case .answered(let code, let enhancedCode):
      let parts = enhancedCode?.split(separator: ".").compactMap { Int($0) } ?? []
      return [3, code] + (parts.count == 3 ? parts.map { $0 & 0xffff } : [0, 0, 0])
    }
  }

  fileprivate init?(_ numbers: [Int]) {
    switch numbers[0] {
    case 1: self = .ending
    case 2: self = .withdrawn
    case 3:
      let enhanced = numbers[2] == 0 ? nil : "\(numbers[2]).\(numbers[3]).\(numbers[4])"
      self = .answered(code: numbers[1], enhancedCode: enhanced)
    default: return nil
    }
  }
}

extension [UInt8] {
  mutating func append(littleEndian number: Int64, width: Int) {
    for index in 0..<width { append(UInt8(truncatingIfNeeded: number >> (8 * Int64(index)))) }
  }
}

extension ArraySlice<UInt8> {
  func littleEndian(from start: Int, width: Int) -> Int64 {
    (0..<width).reduce(0) { $0 | Int64(self[start + $1]) << (8 * Int64($1)) }
  }
}
