/// Reads HTML by the grammar that the sanitiser promises, byte by byte and with code of its own.
package struct SafeMarkup {
  private var rest: ArraySlice<UInt8>
  private var open: [String] = []
  /// The first thing that is not as promised.
  package private(set) var fault: String?

  package init(_ html: String) {
    rest = Array(html.utf8)[...]
    while !rest.isEmpty, fault == nil { readNext() }
    if !open.isEmpty { note("not closed: \(open)") }
  }

  private mutating func readNext() {
    checkEscaped(take { $0 != UInt8(ascii: "<") }, but: "<>\"")
    guard !rest.isEmpty else { return }
    rest.removeFirst()
    if rest.first == UInt8(ascii: "/") { readEndTag() } else { readStartTag() }
    if rest.popFirst() != UInt8(ascii: ">") { note("a tag does not end") }
  }

  private mutating func readEndTag() {
    rest.removeFirst()
    let name = takeName()
    if open.popLast() != name { note("</\(name)> closes another") }
  }

  private mutating func readStartTag() {
    let name = takeName()
    if name.isEmpty || forbiddenElements.contains(name) { note("element: \(name)") }
    if !voidElements.contains(name) { open.append(name) }
    while rest.first == UInt8(ascii: " "), fault == nil {
      rest.removeFirst()
      readAttribute(of: name)
    }
  }

  private mutating func readAttribute(of element: String) {
    let name = takeName()
    guard rest.starts(with: "=\"".utf8) else { return note("attribute: \(name)") }
    rest = rest.dropFirst(2)
    let value = take { $0 != UInt8(ascii: "\"") }
    if rest.popFirst() == nil { note("a value does not end") }
    checkEscaped(value, but: "<>")
    let isForbidden = name.hasPrefix("on") || ["style", "srcdoc", "id", "class"].contains(name)
    if name.isEmpty || isForbidden { note("attribute: \(name)") }
    if addressAttributes.contains(name) { check(address: value, of: element) }
  }

  private mutating func check(address: ArraySlice<UInt8>, of element: String) {
    let schemes =
      ["https://", "http://"] + (element == "a" ? ["mailto:", "tel:"] : [])
      + (element == "img" ? ["data:image/"] : [])
    if !schemes.contains(where: { address.starts(with: $0.utf8) }) {
      note("address: \(String(decoding: address, as: UTF8.self))")
    }
  }

  private mutating func checkEscaped(_ bytes: ArraySlice<UInt8>, but forbidden: String) {
    if bytes.contains(where: forbidden.utf8.contains) { note("not escaped") }
    for (place, byte) in zip(bytes.indices, bytes) where byte == UInt8(ascii: "&") {
      let name = bytes[place...].dropFirst()
      if !references.contains(where: { name.starts(with: $0.utf8) }) { note("ampersand") }
    }
  }

  private mutating func takeName() -> String {
    String(decoding: take { (97...122).contains($0) || (48...57).contains($0) }, as: UTF8.self)
  }

  private mutating func take(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let taken = rest.prefix(while: isWanted)
    rest = rest[taken.endIndex...]
    return taken
  }

  private mutating func note(_ fault: String) { self.fault = self.fault ?? fault }
}

private let references = ["amp;", "lt;", "gt;", "quot;"]
private let voidElements: Set = ["br", "col", "hr", "img", "source", "wbr"]
private let addressAttributes: Set = ["href", "src", "srcset", "poster", "cite"]
private let forbiddenElements: Set = [
  "applet", "base", "button", "embed", "form", "frame", "frameset", "iframe", "input", "link",
  "math", "meta", "noembed", "noscript", "object", "plaintext", "script", "select", "style", "svg",
  "template", "textarea", "title", "xmp",
]
