/// An article's text without what stands below it on many pages, by the same words as in plain text.
func withoutTail(_ tokens: ArraySlice<HTMLToken>) -> ArraySlice<HTMLToken> {
  let map = PageMap(Array(tokens))
  let lines = map.blocks.map { block in
    let size = map.text(in: block.range)
    let text = size <= 1000 ? map.line(of: block.range) : ""
    let isLink = size > 0 && map.linked(in: block.range) * 2 > size
    return TailLine(
      text: text,
      isShort: size <= 1000 && (block.isHeading || isLink || isShort(text))
    )
  }
  let start = PageTail.start(in: lines, text: \.text, where: \.isShort)
  guard start > 0, start < lines.count else { return tokens }
  return cut(map.tokens, at: map.blocks[start].range.lowerBound)
}

private struct TailLine {
  let text: String
  /// Whether it can stand below a heading of the tail.
  let isShort: Bool
}

private func isShort(_ line: String) -> Bool {
  line.unicodeScalars.count <= 150 && !".,;".contains(line.last ?? ".")
}

/// The tokens to a position, and the tags that close what is open there.
private func cut(_ tokens: [HTMLToken], at position: Int) -> ArraySlice<HTMLToken> {
  var kept = Array(tokens[..<position])
  var depth = 0
  for token in tokens[position...] {
    switch token {
    case .open: depth += 1
    case .text: break
    case .close:
      if depth == 0 { kept.append(token) } else { depth -= 1 }
    }
  }
  return kept[...]
}
