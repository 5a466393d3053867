import Foundation
import Testing

@testable import Rendering

/// The colours of the built-in digest, by WCAG 2's formula.
@Suite struct ContrastTests {
  @Test(arguments: [
    ("#1d1c1a", "#fbfaf7"), ("#5e5a52", "#fbfaf7"), ("#0f5b63", "#fbfaf7"),
    ("#ece9e2", "#161614"), ("#aca79c", "#161614"), ("#84c6ca", "#161614"),
  ])
  func `text stands out from its background`(text: String, background: String) throws {
    let message = try SampleIssue.message()
    let html = String(decoding: message, as: UTF8.self).replacing("=\r\n", with: "")
    #expect(html.contains(text))
    #expect(html.contains(background))
    #expect(contrast(text, background) >= 4.5)
  }

  private func contrast(_ first: String, _ second: String) -> Double {
    let (darker, lighter) = (luminance(first), luminance(second))
    return (max(darker, lighter) + 0.05) / (min(darker, lighter) + 0.05)
  }

  private func luminance(_ colour: String) -> Double {
    let number = Int(colour.dropFirst(), radix: 16) ?? 0
    let parts = [number >> 16, number >> 8 & 255, number & 255].map { linear(Double($0) / 255) }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func linear(_ value: Double) -> Double {
    value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
}
