/// The characters that windows-1252 has at 0x80 to 0x9F; nil where it has none.
///
/// A C1 control in a text of the web is always one of these, taken for Latin-1 on its way.
func windows1252Scalar(_ byte: UInt8) -> Unicode.Scalar? {
  guard (0x80...0x9f).contains(byte) else { return Unicode.Scalar(byte) }
  let value = windows1252[Int(byte) - 0x80]
  return value == 0 ? nil : Unicode.Scalar(value)
}

private let windows1252: [UInt16] = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
  0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
  0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
]
