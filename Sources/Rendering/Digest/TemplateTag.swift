import Model

/// A Mustache tag and its place in a template.
struct TemplateTag {
  enum Kind {
    case open, close, value, partial, other
  }

  var kind: Kind
  var name: String
  /// The offsets of its first byte and behind its last one, in UTF-8.
  var range: Range<Int>

  /// All tags of a template that parses.
  static func all(in text: [UInt8]) -> [TemplateTag] {
    var tags: [TemplateTag] = []
    var position = 0
    while let start = text.firstIndex(of: "{{", from: position) {
      let isTriple = start + 2 < text.count && text[start + 2] == UInt8(ascii: "{")
      let closing = isTriple ? "}}}" : "}}"
      guard let end = text.firstIndex(of: closing, from: start + 2) else { break }
      position = end + closing.utf8.count
      tags.append(TemplateTag(text[(start + 2)..<end], range: start..<position))
    }
    return tags
  }

  private init(_ inside: ArraySlice<UInt8>, range: Range<Int>) {
    self.range = range
    kind =
      switch inside.first {
      case UInt8(ascii: "#"), UInt8(ascii: "^"): .open
      case UInt8(ascii: "/"): .close
      case UInt8(ascii: "!"), UInt8(ascii: "%"), UInt8(ascii: "="): .other
      case UInt8(ascii: ">"): .partial
      default: .value
      }
    let sigils = Array("#^/>{& \t\n".utf8)
    let trimmed = inside.drop { sigils.contains($0) }.prefix { !sigils.contains($0) }
    name = String(decoding: trimmed, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Where a short text begins, at an offset or behind it.
  func firstIndex(of pattern: String, from start: Int) -> Int? {
    let pattern = Array(pattern.utf8)
    guard let first = pattern.first else { return start }
    var position = start
    while position + pattern.count <= count {
      if self[position] == first, self[position...].starts(with: pattern) { return position }
      position += 1
    }
    return nil
  }
}
