/// What a part of a message weighs, in bytes.
struct Weight {
  /// Gmail cuts messages short near 102 kB; in what is cut is the link to leave by.
  static let most = (decoded: 90_000, encoded: 100_000)

  /// What a reader's own words may add where a slot is.
  private static let slot = 500

  var decoded = 0
  var encoded = 0

  var fits: Bool { decoded <= Self.most.decoded && encoded <= Self.most.encoded }

  /// The share of it that would fit, below 1.
  var fittingShare: Double {
    min(
      Double(Self.most.decoded) / Double(decoded),
      Double(Self.most.encoded) / Double(encoded)
    )
  }

  init() {}

  /// What a rendered text weighs, and its fragment.
  init(_ text: String, encoded bytes: [UInt8]) {
    let slots = text.utf8.count { $0 == 1 } * Self.slot
    decoded = Self.decoded(text) + slots
    encoded = bytes.count + slots
  }

  /// The bytes of a text with a CRLF at the end of each line.
  static func decoded(_ text: String) -> Int {
    text.utf8.count + text.utf8.count { $0 == 0x0a }
  }

  static func + (left: Weight, right: Weight) -> Weight {
    var sum = left
    sum.decoded += right.decoded
    sum.encoded += right.encoded
    return sum
  }
}
