/// What is parsed at most: gumbo has no limits of its own, and deep trees take it quadratic time.
enum HTMLLimits {
  static let bytes = 10_000_000
  static let depth = 512
  static let tagBytes = 65_536
  /// Of the sum, over all tags, of what each makes the parser look at.
  static let work = 16_000_000
}

func checkLimits(of html: Span<UInt8>) throws(HTMLError) {
  try unsafe html.withUnsafeBufferPointer { bytes throws(HTMLError) in
    var scan = unsafe HTMLScan(bytes)
    try scan.run()
  }
}
