/// Whether people see nothing of a text.
package func looksEmpty(_ text: String) -> Bool {
  if let first = text.utf8.first, (0x21...0x7e).contains(first) { return false }
  return !text.unicodeScalars.contains(where: isVisible)
}

private func isVisible(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return (0x21...0x7e).contains(scalar.value) }
  let properties = scalar.properties
  if properties.isWhitespace || properties.isDefaultIgnorableCodePoint { return false }
  return switch properties.generalCategory {
  case .control, .format, .nonspacingMark, .enclosingMark: false
  default: scalar != "\u{2800}"  // a cell of Braille without dots
  }
}
