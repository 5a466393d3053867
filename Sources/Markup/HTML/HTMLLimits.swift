/// What is parsed at most: gumbo has no limits of its own, deep trees and many attributes take it
/// quadratic time, and its tree takes 50 bytes for one of the text.
enum HTMLLimits {
  /// Without the pictures inside the text, which cost next to nothing.
  static let bytes = 2_000_000
  static let bytesWithPictures = 10_000_000
  static let depth = 512
  /// Without a picture inside it.
  ///
  /// More is an attribute whose quotation mark is missing, and would
  /// swallow the text.
  static let tagBytes = 65_536
  /// Of the sum, over all tags, of what each makes the parser look at.
  static let work = 16_000_000
}

func checkLimits(of html: Span<UInt8>) throws(HTMLError) {
  try unsafe html.withUnsafeBufferPointer { bytes throws(HTMLError) in
    var scan = unsafe HTMLScan(bytes)
    try scan.run()
    let size = bytes.count - scan.embeddedBytes
    guard size <= HTMLLimits.bytes else { throw .tooLarge(bytes: size) }
  }
}
