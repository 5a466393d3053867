/// The charset of single bytes that a text is in most likely, when nothing says so.
///
/// Cyrillic words are rows of letters beyond ASCII, and in Western languages such letters stand alone.
/// The small letters of KOI8 are where windows-1251 has its capitals, which few words are written in.
func likelySingleByteCharset(of text: [UInt8]) -> Charset {
  var (letters, inRows, high) = (0, 0, 0)
  for (previous, byte) in zip(text, text.dropFirst()) where byte >= 0xc0 {
    letters += 1
    if previous >= 0xc0 { inRows += 1 }
    if byte >= 0xe0 { high += 1 }
  }
  guard inRows * 2 > letters else { return .windows1252 }
  return high * 2 > letters ? .windows1251 : .koi8U
}
