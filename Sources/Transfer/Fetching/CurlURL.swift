internal import CCurl

/// libcurl's reading of an address; the only place that touches its pointers.
///
/// Who connects is who reads: two readings of one address are how checks are got round.
@safe
struct CurlURL: ~Copyable {
  private let url: OpaquePointer

  init() {
    guard let url = unsafe curl_url() else { fatalError("out of memory") }
    unsafe self.url = url
  }

  deinit {
    unsafe curl_url_cleanup(url)
  }

  /// Sets a part, or removes it; says whether it could be.
  @discardableResult
  func set(_ part: CURLUPart, _ value: String?, _ flags: Int32 = 0) -> CURLUcode {
    guard value?.utf8.contains(0) != true else { return CURLUE_MALFORMED_INPUT }
    return unsafe curl_url_set(url, part, value, UInt32(flags))
  }

  /// A part, where there is one.
  func get(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard unsafe curl_url_get(url, part, &text, UInt32(flags)) == CURLUE_OK,
      let found = unsafe text
    else { return nil }
    defer { unsafe curl_free(found) }
    return unsafe String(cString: found)
  }
}

/// libcurl's words for what is wrong with an address.
func words(for code: CURLUcode) -> String {
  unsafe curl_url_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code.rawValue)"
}
