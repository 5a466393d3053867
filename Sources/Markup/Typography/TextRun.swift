/// Text that is read as one, although it may stand in several elements.
struct TextRun {
  /// What stands for something among the words that is none of them: code, an image.
  static let object: Unicode.Scalar = "\u{fffc}"

  private var scalars: [Unicode.Scalar] = []
  private var pieces: [Range<Int>] = []

  var isEmpty: Bool { scalars.isEmpty }

  mutating func append(_ text: String) {
    let start = scalars.count
    scalars.append(contentsOf: text.unicodeScalars)
    pieces.append(start..<scalars.count)
  }

  mutating func appendObject() {
    scalars.append(TextRun.object)
  }

  /// The pieces that were appended, typeset.
  func typeset() -> [String] {
    var typesetter = FrenchTypesetter(scalars)
    typesetter.run()
    return pieces.map { typesetter.text(of: $0) }
  }
}
