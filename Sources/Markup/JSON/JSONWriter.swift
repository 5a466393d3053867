/// Writes JSON (RFC 8259) into memory, indented by two spaces.
///
/// Text may be anything: what an XML document could not hold either is left out, and nothing in it
/// can end the `<script>` of a page that the JSON is put in.
package struct JSONWriter: ~Copyable {
  private var bytes: [UInt8] = []
  private let escaper = TextEscaper()
  /// For each object and array that is open: whether something is in it.
  private var containers: [Bool] = []

  package init() {}

  /// Starts an object in an array, or the document's.
  package mutating func startObject() {
    startValue()
    open("{")
  }

  package mutating func startObject(_ name: StaticString) {
    startMember(name)
    open("{")
  }

  package mutating func endObject() { close("}") }

  package mutating func startArray(_ name: StaticString) {
    startMember(name)
    open("[")
  }

  package mutating func endArray() { close("]") }

  package mutating func member(_ name: StaticString, _ value: String) {
    startMember(name)
    write(value)
  }

  package mutating func member(_ name: StaticString, _ value: Int64) {
    startMember(name)
    bytes.append(contentsOf: String(value).utf8)
  }

  /// Writes a member whose text is in two pieces.
  package mutating func member(
    _ name: StaticString,
    _ beginning: Span<UInt8>,
    _ rest: Span<UInt8>
  ) {
    startMember(name)
    append("\"")
    append(escaped: beginning)
    append(escaped: rest)
    append("\"")
  }

  /// Writes a text in an array.
  package mutating func value(_ text: String) {
    startValue()
    write(text)
  }

  /// Lends what was written since the last time, and forgets it; its memory is used again.
  package mutating func takeBytes<R>(_ body: (Span<UInt8>) throws -> R) rethrows -> R {
    defer { bytes.removeAll(keepingCapacity: true) }
    return try body(bytes.span)
  }
}

extension JSONWriter {
  /// Begins a line for what comes next, behind the comma of what came before.
  private mutating func startValue() {
    guard let isOccupied = containers.last else { return }
    if isOccupied { append(",") }
    containers[containers.count - 1] = true
    beginLine()
  }

  private mutating func startMember(_ name: StaticString) {
    startValue()
    append("\"")
    append(name)
    append("\": ")
  }

  private mutating func open(_ bracket: StaticString) {
    append(bracket)
    containers.append(false)
  }

  private mutating func close(_ bracket: StaticString) {
    if containers.removeLast() { beginLine() }
    append(bracket)
  }

  private mutating func beginLine() {
    append("\n")
    for _ in containers { append("  ") }
  }

  private mutating func write(_ text: String) {
    append("\"")
    var text = text
    text.withUTF8 { unsafe escaper.append($0, in: JSONContext(), isTrusted: true, to: &bytes) }
    append("\"")
  }

  private mutating func append(escaped text: Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer {
      unsafe escaper.append($0, in: JSONContext(), to: &bytes)
    }
  }

  private mutating func append(_ text: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
  }
}
