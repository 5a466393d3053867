/// Why an HTML text is not parsed.
package enum HTMLError: Error, Equatable, CustomStringConvertible {
  case tooLarge(bytes: Int)
  case tooDeep(limit: Int)
  case tagTooLong(bytes: Int)
  /// Tags that each cost the parser little and together too much.
  case tooIntricate

  package var description: String {
    switch self {
    case .tooLarge(let bytes):
      "the HTML has \(bytes) bytes, and at most \(HTMLLimits.bytes) are read; split the article"
    case .tooDeep(let limit):
      "the HTML has more than \(limit) elements inside one another; close those left open"
    case .tagTooLong(let bytes):
      "the HTML has a tag of more than \(bytes) bytes; shorten it, or close its quotation mark"
    case .tooIntricate:
      "the HTML has too many elements open at once, or a tag with too many attributes; close "
        + "those left open, and remove styles"
    }
  }
}
