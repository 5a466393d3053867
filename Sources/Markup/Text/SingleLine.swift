/// A text as a title: one line, one space between words, none at its ends.
///
/// No-break spaces stay, since French typography needs them. What turns the direction of the text
/// around, or cannot be seen, goes.
package func singleLine(_ text: String) -> String {
  if isSingleLine(text) { return text }
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
  return String(trimmed(output))
}

/// How many of a title's characters cannot be seen, and are left out of its line.
package func invisibleCharacters(in text: String) -> Int {
  text.unicodeScalars.count(where: isInvisible)
}

/// Whether it is one already, as nearly all titles are: nothing is copied then.
private func isSingleLine(_ text: String) -> Bool {
  isPlainlySingleLine(text) || isSingleLineByScalar(text)
}

/// Whether its bytes say so: single spaces, and no character of which the first byte is also that
/// of a space or of something that cannot be seen, but for quotes and dashes.
private func isPlainlySingleLine(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { unsafe isPlainlySingleLine($0) }
}

private func isPlainlySingleLine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  var previous = UInt8(ascii: " ")
  var beforePrevious: UInt8 = 0
  for index in text.indices {
    let byte = unsafe text[index]
    switch byte {
    case 0x20 where previous == 0x20: return false
    case 0x00...0x1f, 0x7f, 0xc2, 0xe1, 0xe3, 0xef: return false
    case _ where beforePrevious == 0xe2 && !(previous == 0x80 && (0x90...0xa7).contains(byte)):
      return false
    default: break
    }
    (beforePrevious, previous) = (previous, byte)
  }
  return previous != 0x20
}

private func isSingleLineByScalar(_ text: String) -> Bool {
  var previous: Unicode.Scalar = " "
  for scalar in text.unicodeScalars {
    if isInvisible(scalar) || (isBreakingSpace(scalar) && (scalar != " " || previous == " ")) {
      return false
    }
    if previous == " ", isNoBreakSpace(scalar) { return false }
    previous = scalar
  }
  return previous != " " && !isNoBreakSpace(previous)
}

private func trimmed(_ text: String.UnicodeScalarView) -> Substring.UnicodeScalarView {
  var rest = text[...]
  while let last = rest.last, last == " " || isNoBreakSpace(last) { rest.removeLast() }
  return rest.drop { $0 == " " || isNoBreakSpace($0) }
}

private func isNoBreakSpace(_ scalar: Unicode.Scalar) -> Bool {
  scalar == "\u{a0}" || scalar == "\u{202f}"
}

/// White space as Unicode has it, but for the two that do not break.
private func isBreakingSpace(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20, 0x09...0x0d, 0x85, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x205f, 0x3000: true
  default: false
  }
}

/// Controls, embeddings and isolates of direction, and characters without width.
private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x08, 0x0e...0x1f, 0x7f, 0x202a...0x202e, 0x2066...0x2069, 0x200b, 0x2060, 0xfeff:
    true
  default: false
  }
}
