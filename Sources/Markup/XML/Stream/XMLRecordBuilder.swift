/// Puts records together from what the parser tells.
final class XMLRecordBuilder {
  /// More elements in one another than any feed has; libxml2's own limit.
  static let deepest = 256

  private let shape: XMLRecordReader.Shape
  private(set) var root: XMLElement?
  private var records: [XMLRecord] = []
  /// The containers that are open.
  private var containers: [String] = []
  /// The elements of a record that are open.
  private var open: [XMLElement] = []
  /// How deep within an ignored element the reading is.
  private var ignoredDepth = 0
  private var text: [UInt8] = []
  /// The bytes of text in the record so far.
  private var size = 0

  init(_ shape: XMLRecordReader.Shape) { self.shape = shape }

  var depth: Int { containers.count + open.count + ignoredDepth }

  /// The name of the innermost element that is open.
  var innermost: String? { open.last?.name ?? containers.last }

  func takeRecords() -> [XMLRecord] {
    defer { records = [] }
    return records
  }

  func start(_ element: XMLElement) {
    if root == nil { root = element }
    if ignoredDepth > 0 || shape.ignored.contains(element.name) {
      ignoredDepth += 1
    } else if open.isEmpty, containers.isEmpty || shape.containers.contains(element.name) {
      containers.append(element.name)
    } else {
      flushText()
      open.append(element)
    }
  }

  func end() {
    if ignoredDepth > 0 {
      ignoredDepth -= 1
      return
    }
    flushText()
    guard let element = open.popLast() else {
      _ = containers.popLast()
      return
    }
    if open.isEmpty { return finish(element) }
    open[open.count - 1].append(element)
  }

  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard ignoredDepth == 0, !open.isEmpty else { return }
    size += bytes.count
    if size <= XMLRecordReader.largestRecord { unsafe text.append(contentsOf: bytes) }
  }

  private func flushText() {
    guard !text.isEmpty, !open.isEmpty else { return }
    open[open.count - 1].append(text: String(decoding: text, as: UTF8.self))
    text.removeAll(keepingCapacity: true)
  }

  private func finish(_ element: XMLElement) {
    records.append(
      XMLRecord(
        element: element,
        container: containers.last ?? "",
        isCut: size > XMLRecordReader.largestRecord
      )
    )
    size = 0
  }
}
