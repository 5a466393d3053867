/// The text of a field whose encoded-words are taken for UTF-8 (RFC 2047): what is looked for in it
/// is ASCII, which is the same in nearly all charsets.
func decodingEncodedWords(_ text: String) -> String {
  guard text.contains("=?") else { return text }
  var output = ""
  var wasEncoded = false
  for word in text.split(separator: " ") {
    let decoded = encodedWord(word)
    // The space between two encoded-words is not part of the text.
    if !output.isEmpty, !(wasEncoded && decoded != nil) { output += " " }
    output += decoded ?? String(word)
    wasEncoded = decoded != nil
  }
  return output
}

/// The text of `=?charset?B?…?=` or `=?charset?Q?…?=`; nil for any other word.
private func encodedWord(_ word: Substring) -> String? {
  guard word.hasPrefix("=?"), word.hasSuffix("?=") else { return nil }
  let fields = word.dropFirst(2).dropLast(2).split(separator: "?", omittingEmptySubsequences: false)
  guard fields.count == 3 else { return nil }
  switch fields[1].lowercased() {
  case "b": return String(decoding: TransferEncoding.fromBase64(fields[2].utf8), as: UTF8.self)
  case "q":
    let spaced = fields[2].utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
    return String(decoding: TransferEncoding.fromQuotedPrintable(spaced[...]), as: UTF8.self)
  default: return nil
  }
}
