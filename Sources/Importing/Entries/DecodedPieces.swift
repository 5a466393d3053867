import Markup

/// Turns a document in XML into UTF-8 piece by piece; the first piece tells its charset.
struct DecodedPieces: ~Copyable {
  private let contentType: String?
  /// Nil before the first piece, and for UTF-8.
  private var decoder: CharsetDecoder?
  private var isStarted = false

  init(contentType: String? = nil) { self.contentType = contentType }

  /// Bytes that could not be read so far.
  private(set) var malformedBytes = 0

  mutating func decode(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    if !isStarted {
      let charset = DetectedCharset(of: bytes, contentType: contentType, as: .xml).charset
      if charset != .utf8 { decoder = CharsetDecoder(charset) }
      isStarted = true
    }
    guard decoder != nil else { return bytes }
    var output: [UInt8] = []
    decoder?.decode(bytes[...], into: &output)
    if isLast { decoder?.finish(into: &output) }
    malformedBytes = decoder?.malformedBytes ?? 0
    return output
  }
}
