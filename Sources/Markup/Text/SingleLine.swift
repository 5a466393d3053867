/// A text as a title: one line, one space between words, none at its ends.
///
/// No-break spaces stay, since French typography needs them. What turns the direction of the text
/// around, or cannot be seen, goes.
package func singleLine(_ text: String) -> String {
  var output = String.UnicodeScalarView()
  var spaceIsDue = false
  for scalar in text.unicodeScalars where !isInvisible(scalar) {
    if isBreakingSpace(scalar) {
      spaceIsDue = !output.isEmpty
    } else {
      if spaceIsDue { output.append(" ") }
      spaceIsDue = false
      output.append(scalar)
    }
  }
  return String(trimmingNoBreakSpaces(output))
}

private func trimmingNoBreakSpaces(_ text: String.UnicodeScalarView) -> Substring.UnicodeScalarView
{
  var rest = text[...]
  while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
  return rest.drop(while: \.properties.isWhitespace)
}

private func isBreakingSpace(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isWhitespace && scalar != "\u{a0}" && scalar != "\u{202f}"
}

/// Controls, embeddings and isolates of direction, and characters without width.
private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x08, 0x0e...0x1f, 0x7f, 0x202a...0x202e, 0x2066...0x2069, 0x200b, 0x2060, 0xfeff:
    true
  default: false
  }
}
