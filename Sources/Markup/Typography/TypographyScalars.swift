// Kinds of characters, as the rules of typography need them.

func isSpaceScalar(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20, 0x09...0x0d, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
    true
  default: false
  }
}

func isDigitScalar(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }

/// A letter or a digit, or the mark of a letter.
func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return isDigitScalar(scalar) || (97...122).contains(scalar.value | 0x20) }
  return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    || isMark(scalar.properties.generalCategory)
}

private func isMark(_ category: Unicode.GeneralCategory) -> Bool {
  category == .nonspacingMark || category == .spacingMark || category == .enclosingMark
}
