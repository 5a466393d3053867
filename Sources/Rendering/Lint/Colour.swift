/// A colour of a style, by its red, green and blue from 0 to 1.
struct Colour: Equatable {
  private let channels: [Double]

  /// Reads `#rrggbb`; nil for all else.
  init?(_ text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
      let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { return nil }
    channels = [16, 8, 0].map { Double(number >> $0 & 255) / 255 }
  }

  /// How well one is read on the other, from 1 to 21 (WCAG 2.2, "contrast ratio").
  func contrast(with other: Colour) -> Double {
    let (darker, lighter) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)
  }

  /// WCAG 2.2, "relative luminance".
  private var luminance: Double {
    zip([0.2126, 0.7152, 0.0722], channels.map(linear)).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

private func linear(_ value: Double) -> Double {
  guard value > 0.04045 else { return value / 12.92 }
  // To the power of 2.4: its square, and the fifth root of that.
  let base = (value + 0.055) / 1.055
  return base * base * fifthRoot(base * base)
}

/// By Newton's method, which from 1 downwards comes to its end in a few steps.
private func fifthRoot(_ value: Double) -> Double {
  var root = 1.0
  for _ in 0..<60 { root -= (root - value / (root * root * root * root)) / 5 }
  return root
}
