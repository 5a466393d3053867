/// A few characters of ASCII, Latin-1 and General Punctuation, with a bit for each.
///
/// To look for a character among those of a literal takes a hundred times as long.
struct ScalarSet: ExpressibleByStringLiteral {
  private var ascii = (low: UInt64(0), high: UInt64(0))
  /// U+0080 to U+00BF.
  private var latin: UInt64 = 0
  /// U+2000 to U+203F.
  private var punctuation: UInt64 = 0

  init(stringLiteral literal: String) {
    for scalar in literal.unicodeScalars {
      let bit = UInt64(1) << UInt64(scalar.value & 63)
      switch scalar.value >> 6 {
      case 0: ascii.low |= bit
      case 1: ascii.high |= bit
      case 2: latin |= bit
      case 0x80: punctuation |= bit
      default: preconditionFailure("a set has no place for \(scalar)")
      }
    }
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let block =
      switch scalar.value >> 6 {
      case 0: ascii.low
      case 1: ascii.high
      case 2: latin
      case 0x80: punctuation
      default: UInt64(0)
      }
    return block >> UInt64(scalar.value & 63) & 1 == 1
  }
}
