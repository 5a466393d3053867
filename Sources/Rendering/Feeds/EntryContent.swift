internal import Markup

/// An entry's content with its image in front, which many readers show beside the title.
struct EntryContent: ~Copyable {
  private var image = EscapedText()
  private var escaped = EscapedText()

  /// The image; empty where the content has it.
  var imageHTML: [UInt8] { image.bytes }
  /// Image and content, escaped once for all formats in XML.
  var xml: [UInt8] { escaped.bytes }

  /// Takes an entry's content, or none.
  ///
  /// - Parameters:
  ///   - html: sanitised HTML with absolute addresses.
  ///   - image: the address of the entry's image.
  ///   - isForXML: whether a format in XML is to be written.
  mutating func set(_ html: Span<UInt8>, image address: String?, isForXML: Bool) {
    image.removeAll()
    escaped.removeAll()
    guard !html.isEmpty else { return }
    if let address { setImage(address, unlessIn: html) }
    guard isForXML else { return }
    let imageHTML = imageHTML
    escaped.append(sanitised: imageHTML.span)
    escaped.append(sanitised: html)
  }

  private mutating func setImage(_ address: String, unlessIn html: Span<UInt8>) {
    image.append(quoted: address)
    let isShown = html.contains(image.bytes.span)
    image.removeAll()
    if isShown { return }
    image.append(markup: "<p><img src=\"")
    image.append(quoted: address)
    image.append(markup: "\" alt=\"\"></p>")
  }
}

extension Span<UInt8> {
  /// Whether only white space and controls are in it.
  var isBlank: Bool {
    indices.allSatisfy { self[$0] <= 0x20 }
  }

  /// Whether other bytes stand somewhere in these, one behind the other.
  fileprivate func contains(_ other: Span<UInt8>) -> Bool {
    guard let first = other.isEmpty ? nil : other[0] else { return true }
    guard count >= other.count else { return false }
    return (0...(count - other.count)).contains { start in
      self[start] == first && other.indices.allSatisfy { self[start + $0] == other[$0] }
    }
  }
}
