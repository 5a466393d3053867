import Model

/// A text without references to characters past Unicode (`&#99999999999;`).
///
/// gumbo computes their numbers in an int that overflows, and so reads some as other characters.
func withoutImpossibleReferences(_ html: String, _ repairs: inout Repairs) -> String {
  let bytes = html.utf8
  var output: [UInt8] = []
  var copied = bytes.startIndex
  var position = bytes.startIndex
  while let start = bytes[position...].firstIndex(of: UInt8(ascii: "&")) {
    position = bytes.index(after: start)
    guard let end = endOfImpossibleReference(bytes[position...]) else { continue }
    output.append(contentsOf: bytes[copied..<start])
    copied = end
    position = end
    repairs.note(.reference)
  }
  guard copied > bytes.startIndex else { return html }
  output.append(contentsOf: bytes[copied...])
  return String(decoding: output, as: UTF8.self)
}

/// The position behind a reference whose number is past Unicode, given what follows its ampersand.
private func endOfImpossibleReference(_ text: Substring.UTF8View) -> String.Index? {
  guard text.first == UInt8(ascii: "#") else { return nil }
  var digits = text.dropFirst()
  let isHexadecimalNumber = digits.first.map(lowercased) == UInt8(ascii: "x")
  if isHexadecimalNumber { digits = digits.dropFirst() }
  let number = digits.prefix(while: isHexadecimalNumber ? isHexadecimal : isASCIIDigit)
  guard number.count > 5 else { return nil }
  let value = Int(String(Substring(number)), radix: isHexadecimalNumber ? 16 : 10)
  guard value.map({ $0 > 0x10ffff }) ?? true else { return nil }
  let rest = digits[number.endIndex...]
  return rest.first == UInt8(ascii: ";") ? rest.index(after: rest.startIndex) : rest.startIndex
}
