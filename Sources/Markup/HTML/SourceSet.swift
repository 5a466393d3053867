/// The candidates of a `srcset`, each made absolute, and those that cannot be left out (HTML
/// §4.8.4.2.1).
func resolvedSourceSet(_ value: String, against base: WebAddress?) -> String? {
  var rest = Array(value.utf8)[...]
  var candidates: [String] = []
  while true {
    rest = rest.drop { isHTMLSpace($0) || $0 == UInt8(ascii: ",") }
    guard !rest.isEmpty else { break }
    let (address, descriptor) = takeCandidate(from: &rest)
    let text = String(decoding: address, as: UTF8.self)
    guard let resolved = WebAddress.resolve(text, against: base, allowing: WebAddress.fetched),
      !resolved.hasSuffix(","), isDescriptor(descriptor)
    else { continue }
    let size = String(decoding: descriptor, as: UTF8.self)
    candidates.append(size.isEmpty ? resolved : "\(resolved) \(size)")
  }
  return candidates.isEmpty ? nil : candidates.joined(separator: ", ")
}

private func takeCandidate(
  from rest: inout ArraySlice<UInt8>
) -> (address: ArraySlice<UInt8>, descriptor: ArraySlice<UInt8>) {
  var address = rest.prefix { !isHTMLSpace($0) }
  rest = rest[address.endIndex...]
  if address.last == UInt8(ascii: ",") {
    while address.last == UInt8(ascii: ",") { address.removeLast() }
    return (address, [])
  }
  let descriptor = rest.prefix { $0 != UInt8(ascii: ",") }
  rest = rest[descriptor.endIndex...]
  return (address, trimmed(descriptor))
}

private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var bytes = bytes.drop(while: isHTMLSpace)
  while let last = bytes.last, isHTMLSpace(last) { bytes.removeLast() }
  return bytes
}

/// Whether it is empty, a width (`480w`) or a density (`1.5x`).
private func isDescriptor(_ bytes: ArraySlice<UInt8>) -> Bool {
  guard let unit = bytes.last else { return true }
  let number = bytes.dropLast()
  return [UInt8(ascii: "w"), UInt8(ascii: "x")].contains(unit)
    && number.first.map(isASCIIDigit) == true
    && number.allSatisfy { isASCIIDigit($0) || $0 == UInt8(ascii: ".") }
}
