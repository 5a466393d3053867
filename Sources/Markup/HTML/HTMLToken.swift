/// A piece of an HTML tree, in document order: what every walker reads.
///
/// A list instead of linked nodes, so that no walker recurses, however deep the tree.
enum HTMLToken: Equatable, Sendable {
  case open(HTMLElement)
  case text(String)
  case close(String)
}

/// An element's name and attributes, both in lower case; never of SVG or MathML.
struct HTMLElement: Equatable, Sendable {
  var name: String
  var attributes: [Attribute] = []

  struct Attribute: Equatable, Sendable {
    var name: String
    var value: String
  }

  subscript(name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }
}

extension ArraySlice<HTMLToken> {
  /// The range of the first element that satisfies a condition, its tags included.
  func firstElement(where condition: (HTMLElement) -> Bool) -> ArraySlice<HTMLToken>? {
    let start = firstIndex { token in
      if case .open(let element) = token { condition(element) } else { false }
    }
    guard let start else { return nil }
    return self[start..<end(ofElementAt: start)]
  }

  /// The position behind the end of the element that starts at a position.
  func end(ofElementAt start: Int) -> Int {
    var depth = 0
    for index in start..<endIndex {
      switch self[index] {
      case .open: depth += 1
      case .close: depth -= 1
      case .text: break
      }
      if depth == 0 { return index + 1 }
    }
    return endIndex
  }

  /// All text, as it is.
  var text: String {
    reduce(into: "") { text, token in if case .text(let part) = token { text += part } }
  }
}
