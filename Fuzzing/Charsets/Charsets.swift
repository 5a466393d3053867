import FuzzChecks
import Markup

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCharsets(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = input(start, count)
  for kind in [DocumentKind.html, .xml, .json] {
    let decoded = DecodedText(bytes, contentType: nil, as: kind)
    check(text: decoded.text.text, "\(decoded.charset)")
  }
  guard let first = bytes.first else { return 0 }
  let label = labels[Int(first) % labels.count]
  guard let charset = Charset(label: label) else { fatalError("\(label) is no charset") }
  checkPieces(of: Array(bytes.dropFirst()), in: charset)
  return 0
}

private func checkPieces(of bytes: [UInt8], in charset: Charset) {
  let whole = decode([bytes], in: charset)
  let cut = decode(pieces(of: bytes), in: charset)
  expect(whole.text == cut.text, "\(charset): \(whole.text) in pieces is \(cut.text)")
  expect(whole.malformed == cut.malformed, "\(charset): \(whole.malformed), \(cut.malformed)")
  expect(charset == .utf8 || String(validating: whole.text, as: UTF8.self) != nil, "\(charset)")
}

private func decode(_ pieces: [[UInt8]], in charset: Charset) -> (text: [UInt8], malformed: Int) {
  guard var decoder = CharsetDecoder(charset) else { fatalError("\(charset) cannot be read") }
  var output: [UInt8] = []
  for piece in pieces { decoder.decode(piece[...], into: &output) }
  decoder.finish(into: &output)
  return (output, decoder.malformedBytes)
}

private let labels: [String] = [
  "utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1251", "koi8-u", "iso-8859-2",
  "shift_jis", "euc-jp", "iso-2022-jp", "gbk", "gb18030", "big5", "euc-kr", "windows-1258",
  "macintosh",
]
