/// Text with references for `& < >`, as XML and HTML have it: escaped once, written several times.
package struct EscapedText: ~Copyable {
  package private(set) var bytes: [UInt8] = []
  private let escaper = TextEscaper()

  package init() {}

  /// Forgets the text; its memory is used again.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  package mutating func append(_ text: String) {
    append(text, in: .element)
  }

  /// Appends HTML that the sanitiser made, which is known to be UTF-8.
  package mutating func append(sanitised html: Span<UInt8>) {
    unsafe html.withUnsafeBufferPointer {
      unsafe escaper.append($0, in: XMLContext.element, isTrusted: true, to: &bytes)
    }
  }

  /// Appends a text that stands between double quotes.
  package mutating func append(quoted text: String) {
    append(text, in: .attribute)
  }

  /// Appends what needs no escaping.
  package mutating func append(markup: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount)
    )
  }

  private mutating func append(_ text: String, in context: XMLContext) {
    var text = text
    text.withUTF8 { unsafe escaper.append($0, in: context, isTrusted: true, to: &bytes) }
  }
}
