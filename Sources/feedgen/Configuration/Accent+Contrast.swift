import Foundation
import Model

/// A colour, by its red, green and blue from 0 to 255.
struct Colour: Equatable {
  let channels: [Double]

  /// Reads `#rrggbb`.
  init?(_ text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
      let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      digits.first != UInt8(ascii: "+")
    else { return nil }
    channels = [16, 8, 0].map { Double(number >> $0 & 255) }
  }

  private init(channels: [Double]) { self.channels = channels }

  var text: String {
    let digits = channels.map { channel in
      let hexadecimal = String(Int(channel.rounded()), radix: 16)
      return hexadecimal.utf8.count == 1 ? "0" + hexadecimal : hexadecimal
    }
    return "#" + digits.joined()
  }

  /// The colour with so much white in it, from 0 to 1.
  func mixedWithWhite(_ share: Double) -> Colour {
    Colour(channels: channels.map { $0 + (255 - $0) * share })
  }

  /// How well one is read on the other, from 1 to 21 (WCAG 2.2, "contrast ratio").
  func contrast(with other: Colour) -> Double {
    let lighter = max(luminance, other.luminance)
    let darker = min(luminance, other.luminance)
    return (lighter + 0.05) / (darker + 0.05)
  }

  /// WCAG 2.2, "relative luminance".
  private var luminance: Double {
    let linear = channels.map { channel in
      let value = channel / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}

extension Accent {
  /// The least contrast that text may have (WCAG 2.2, criterion 1.4.3).
  static let leastContrast = 4.5
  static let lightPaper = "#fbfaf7"
  static let darkPaper = "#161614"

  /// The accent whose one given colour suits light paper; the other is the same with white in it.
  ///
  /// No colour is read well on both papers, so the same one cannot serve twice.
  init(light: Colour) {
    let steps = stride(from: 0.0, through: 1.0, by: 0.05)
    let readable = steps.lazy.map { light.mixedWithWhite($0) }
      .first { colour in Colour(Accent.darkPaper).map { $0.contrast(with: colour) >= 7 } ?? true }
    self.init(light: light.text, dark: (readable ?? light.mixedWithWhite(1)).text)
  }
}
