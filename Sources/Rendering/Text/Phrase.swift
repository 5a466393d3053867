/// A message with named variables: `{n} articles`.
struct Phrase: Hashable, Sendable {
  private enum Piece: Hashable, Sendable {
    case text(String)
    case variable(String)
  }

  private var pieces: [Piece] = []

  /// Reads a message as it stands in a file of strings; a brace that is never closed is text.
  init(_ source: String) {
    var rest = source[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      pieces.append(.text(String(rest[..<open])))
      pieces.append(.variable(String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    pieces.append(.text(String(rest)))
  }

  var variables: [String] {
    pieces.compactMap { piece in
      if case .variable(let name) = piece { name } else { nil }
    }
  }

  func filled(_ values: [String: String]) -> String {
    pieces.reduce(into: "") { text, piece in
      switch piece {
      case .text(let literal): text += literal
      case .variable(let name): text += values[name] ?? ""
      }
    }
  }
}
