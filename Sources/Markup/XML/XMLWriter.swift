internal import CLibXML2

/// Writes XML into memory through libxml2, indented by two spaces.
///
/// Text may be anything: what XML forbids is left out. An element holds either elements or text.
/// The only way to fail is to run out of memory, which traps.
@safe
package struct XMLWriter: ~Copyable {
  private let writer: xmlTextWriterPtr
  private let buffer: xmlBufferPtr
  private let escaper = TextEscaper()

  package init() {
    guard let buffer = unsafe xmlBufferCreateSize(16_384),
      let writer = unsafe xmlNewTextWriterMemory(buffer, 0)
    else { fatalError("out of memory") }
    // By default libxml2 asks for the exact size each time, which copies the document over and
    // over.
    unsafe xmlBufferSetAllocationScheme(buffer, XML_BUFFER_ALLOC_DOUBLEIT)
    unsafe xmlTextWriterSetIndent(writer, 1)
    unsafe xmlTextWriterSetIndentString(writer, "  ")
    unsafe self.buffer = buffer
    unsafe self.writer = writer
  }

  deinit {
    unsafe xmlFreeTextWriter(writer)  // flushes into the buffer, so it goes first
    unsafe xmlBufferFree(buffer)
  }

  /// Writes the XML declaration.
  ///
  /// It is written as text, since libxml2, told the encoding, converts UTF-8 to UTF-8.
  package mutating func startDocument() {
    check(unsafe xmlTextWriterWriteRaw(writer, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
  }

  package mutating func start(_ name: StaticString) {
    check(unsafe xmlTextWriterStartElement(writer, name.utf8Start))
  }

  package mutating func attribute(_ name: StaticString, _ value: String) {
    check(unsafe xmlTextWriterStartAttribute(writer, name.utf8Start))
    write(value, in: .attribute)
    check(unsafe xmlTextWriterEndAttribute(writer))
  }

  package mutating func end() {
    check(unsafe xmlTextWriterEndElement(writer))
  }

  package mutating func text(_ value: String) {
    write(value, in: .element)
  }

  package mutating func text(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe write($0, in: .element) }
  }

  /// Writes elements that are ready, as whole lines.
  package mutating func lines(_ bytes: [UInt8]) {
    raw(bytes.span)
    // What was written raw might have been text, so that libxml2 would not indent the next end tag.
    unsafe xmlTextWriterSetIndent(writer, 1)
  }

  /// Writes XML that is ready and well-formed.
  package mutating func raw(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe writeRaw($0) }
  }

  package mutating func element(_ name: StaticString, _ text: String) {
    start(name)
    self.text(text)
    end()
  }

  /// Writes an element of RSS whose text readers might take for HTML.
  package mutating func element(_ name: StaticString, title: String) {
    start(name)
    write(title, in: .title)
    end()
  }

  /// Lends what was written since the last time, and forgets it; its memory is used again.
  package mutating func takeBytes<R>(_ body: (Span<UInt8>) throws -> R) rethrows -> R {
    check(unsafe xmlTextWriterFlush(writer))
    defer { unsafe xmlBufferEmpty(buffer) }
    let written = unsafe UnsafeBufferPointer(
      start: xmlBufferContent(buffer),
      count: Int(xmlBufferLength(buffer))
    )
    return try unsafe body(written.span)
  }

  /// Forgets the elements that are open: the next is a document's first again.
  package mutating func abandon() {
    check(unsafe xmlTextWriterEndDocument(writer))
    takeBytes { _ in }
  }

  package consuming func finish() -> [UInt8] {
    check(unsafe xmlTextWriterEndDocument(writer))
    return takeBytes { bytes in unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) } }
  }
}

extension XMLWriter {
  private borrowing func write(_ text: String, in context: XMLContext) {
    var text = text
    text.withUTF8 { unsafe write($0, in: context, isTrusted: true) }
  }

  /// Writes text; even none of it ends the start tag that is open.
  private borrowing func write(
    _ text: UnsafeBufferPointer<UInt8>,
    in context: XMLContext,
    isTrusted: Bool = false
  ) {
    guard !text.isEmpty else { return unsafe writeRaw(text) }
    unsafe escaper.escape(text, in: context, isTrusted: isTrusted) { unsafe writeRaw($0) }
  }

  /// Writes bytes as they are; even none of them end the start tag that is open.
  private borrowing func writeRaw(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      return check(unsafe xmlTextWriterWriteRaw(writer, ""))
    }
    check(unsafe xmlTextWriterWriteRawLen(writer, start, Int32(bytes.count)))
  }

  private borrowing func check(_ result: Int32) {
    precondition(result >= 0, "libxml2 cannot write: out of memory, or a call out of order")
  }
}
