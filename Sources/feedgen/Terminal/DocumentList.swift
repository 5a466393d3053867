import Foundation

/// A JSON array for programs whose elements are written as they come, however many there are.
struct DocumentList {
  private let report: Report
  private var isEmpty = true

  init(_ report: Report) {
    self.report = report
  }

  mutating func add(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(value), as: UTF8.self)
    report.print((isEmpty ? "[\n" : ",\n") + text)
    isEmpty = false
  }

  func end() {
    report.print(isEmpty ? "[]\n" : "\n]\n")
  }
}
