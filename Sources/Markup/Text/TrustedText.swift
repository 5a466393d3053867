extension String {
  /// A text of bytes that are known to be UTF-8: those of other texts, cut beside ASCII.
  ///
  /// To find that out again takes longer than to copy them.
  init(trusted bytes: Span<UInt8>) {
    self = unsafe String(copying: UTF8Span(unchecked: bytes))
  }
}
