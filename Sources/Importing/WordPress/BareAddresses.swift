/// Makes links of addresses that have a line for themselves, which WordPress embeds.
func linkingBareAddresses(in text: [UInt8]) -> [UInt8] {
  guard text.end(of: "://") != nil else { return text }
  var output: [UInt8] = []
  output.reserveCapacity(text.count + 200)
  var place = 0
  while place < text.count {
    let end = text[place...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
    let line = text[place..<end]
    if let html = embedded(line) { output += html.utf8 } else { output += line }
    if end < text.endIndex { output.append(UInt8(ascii: "\n")) }
    place = end + 1
  }
  return output
}

/// What becomes of a line that is an address, or a paragraph with nothing else in it.
private func embedded(_ line: ArraySlice<UInt8>) -> String? {
  let line = line.trimmingSpaces
  if let address = bareAddress(line) { return linkHTML(address) }
  guard line.starts(with: "<p>".utf8), line.suffix(4).elementsEqual("</p>".utf8), line.count > 7
  else { return nil }
  return bareAddress(line.dropFirst(3).dropLast(4)).map { "<p>\(linkHTML($0))</p>" }
}

private func bareAddress(_ text: ArraySlice<UInt8>) -> String? {
  guard text.first == UInt8(ascii: "h"), text.count < 4000,
    !text.contains(where: { isSpace($0) || $0 == UInt8(ascii: "<") })
  else { return nil }
  return webAddress(String(decoding: text, as: UTF8.self))
}
