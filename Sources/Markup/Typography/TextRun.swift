/// Text that is read as one, although it may stand in several elements.
struct TextRun {
  /// What stands for something among the words that is none of them: code, an image.
  static let object: Unicode.Scalar = "\u{fffc}"

  private var bytes: [UInt8] = []
  private var pieces: [Piece] = []

  fileprivate struct Piece {
    var text: String
    var range: Range<Int>
  }

  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(_ text: String) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    pieces.append(Piece(text: text, range: start..<bytes.count))
  }

  mutating func appendObject() {
    bytes.append(contentsOf: TextRun.object.utf8)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
  }

  /// The pieces that typesetting changes, by their number, and what becomes of them.
  func typeset() -> [(piece: Int, text: String)] {
    var typesetter = FrenchTypesetter(TypographyText(bytes: bytes))
    typesetter.run()
    var edits = typesetter.edits[...]
    var changes: [(piece: Int, text: String)] = []
    for (number, piece) in pieces.enumerated() where !edits.isEmpty {
      edits = edits.drop { $0.range.upperBound <= piece.range.lowerBound }
      let own = edits.prefix { $0.range.lowerBound < piece.range.upperBound }
      if !own.isEmpty { changes.append((number, piece.edited(by: own))) }
    }
    return changes
  }
}

extension TextRun.Piece {
  /// What begins in a piece is written there; the pieces behind it lose what it stands for.
  func edited(by edits: ArraySlice<TypographyEdit>) -> String {
    var output = ""
    output.reserveCapacity(text.utf8.count + 3 * edits.count)
    var position = range.lowerBound
    for edit in edits {
      if edit.range.lowerBound >= position {
        output += slice(position..<edit.range.lowerBound)
        output += edit.text
      }
      position = min(edit.range.upperBound, range.upperBound)
    }
    output += slice(position..<range.upperBound)
    return output
  }

  private func slice(_ part: Range<Int>) -> Substring {
    let start = text.utf8.index(text.startIndex, offsetBy: part.lowerBound - range.lowerBound)
    return text[start..<text.utf8.index(start, offsetBy: part.count)]
  }
}
