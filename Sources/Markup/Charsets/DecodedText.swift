import Model

/// A whole document of a stranger as text, and what it was taken to be written in.
package struct DecodedText: Sendable {
  /// Mended as every text is; bytes that could not be read are counted among its repairs.
  package let text: RepairedText
  package let charset: DetectedCharset

  /// - Parameters:
  ///   - bytes: the whole document.
  ///   - contentType: HTTP's header field, where there was one.
  ///   - kind: what the document should be.
  package init(_ bytes: [UInt8], contentType: String?, as kind: DocumentKind) {
    charset = DetectedCharset(of: bytes, contentType: contentType, as: kind)
    text = RepairedText(bytes, in: charset.charset)
  }
}

extension RepairedText {
  /// Reads bytes of a charset.
  package init(_ bytes: [UInt8], in charset: Charset) {
    guard charset != .utf8, var decoder = CharsetDecoder(charset) else {
      self.init(utf8: bytes)
      return
    }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 4)
    decoder.decode(bytes[...], into: &output)
    decoder.finish(into: &output)
    self.init(utf8: output)
    repairs.note(.encoding, decoder.malformedBytes)
  }
}
