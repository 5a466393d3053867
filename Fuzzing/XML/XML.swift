import FuzzChecks
import Markup
import Model

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzXML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = input(start, count)
  let whole = Reading(of: [bytes])
  let cut = Reading(of: pieces(of: bytes))
  expect(whole.records == cut.records, "\(whole.records) in pieces are \(cut.records)")
  // What is wrong with what is no XML at all, libxml2 says or not, by how much it has seen.
  let isSameFault = whole.hasRoot ? whole.fault == cut.fault : !cut.fault.isEmpty
  expect(isSameFault, "\(shown(whole.fault)) in pieces is \(shown(cut.fault))")
  // What lies behind a fault is mended or not, as it comes.
  let isSame = whole.repairs == cut.repairs || !whole.fault.isEmpty
  expect(isSame, "\(whole.repairs) in pieces are \(cut.repairs)")
  // A byte of windows-1252 is three in UTF-8, and no reference is shorter than its character.
  expect(whole.size <= 3 * bytes.count, "\(whole.size) bytes from \(bytes.count)")
  return 0
}

/// What is read from a document.
private struct Reading {
  private(set) var records: [String] = []
  private(set) var fault = ""
  private(set) var hasRoot = false
  private(set) var repairs: Repairs
  /// The bytes of all texts.
  private(set) var size = 0

  init(of pieces: [[UInt8]]) {
    var reader = XMLRecordReader(.init(containers: ["rss", "channel"], ignored: ["comment"]))
    repairs = Repairs()
    do {
      for (number, piece) in pieces.enumerated() {
        try reader.read(piece.span, isLast: number == pieces.count - 1) { add($0) }
      }
    } catch {
      fault = "\(error)"
    }
    repairs = reader.repairs.0
    hasRoot = reader.root != nil
  }

  private mutating func add(_ record: XMLRecord) {
    let element = record.element
    check(text(of: element), of: element)
    size += text(of: element).utf8.count
    records.append("\(record.container) \(element.line) \(element.name): \(element.innerHTML)")
  }

  private func text(of element: XMLElement) -> String {
    element.children.map { text(of: $0) }.joined() + element.text
  }

  private func check(_ text: String, of element: XMLElement) {
    expect(!text.utf8.contains(0), "\(element.name) has a NUL")
  }
}
