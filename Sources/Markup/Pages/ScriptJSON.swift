import Foundation

/// The JSON that a script holds; nil where it is none.
///
/// Pages wrap it in comments and CDATA sections, escape it as if it were HTML, and leave line ends
/// in strings.
func json(fromScript text: String) -> Any? {
  guard let json = trimmedJSON(text) else { return nil }
  if let value = parsed(json) { return value }
  guard text.contains("&quot;") || text.contains("&#34;") || text.contains("&amp;") else {
    return nil
  }
  let unescaped = (try? HTMLFragment(parsing: "<pre>\(text)</pre>"))?.plainText
  return unescaped.flatMap(trimmedJSON).flatMap(parsed)
}

/// From the first bracket to the last, without line ends, which mean nothing outside of strings and
/// are not allowed in them.
private func trimmedJSON(_ text: String) -> [UInt8]? {
  let bare = text.replacing("<![CDATA[", with: "").replacing("]]>", with: "")
  let bytes = Array(bare.utf8)
  let brackets = [UInt8(ascii: "{"), UInt8(ascii: "[")]
  guard let start = bytes.firstIndex(where: brackets.contains),
    // A closing bracket is two behind its opening one in ASCII.
    let end = bytes.lastIndex(of: bytes[start] + 2), start < end
  else { return nil }
  return bytes[start...end].map { $0 < 0x20 ? 0x20 : $0 }
}

private func parsed(_ json: [UInt8]) -> Any? {
  try? JSONSerialization.jsonObject(with: Data(json))
}
