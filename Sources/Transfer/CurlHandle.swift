internal import CCurl
internal import Glibc

/// libcurl's easy handle; the only place that touches its pointers.
///
/// A class, because its address is the context of the callback.
@safe
final class CurlHandle {
  /// What one try to move bytes came to.
  enum Transfer {
    case moved(Int)
    /// The socket must be waited for.
    case wouldBlock
    case failed(CURLcode)
  }

  /// The lines that the server has sent while libcurl spoke to it.
  private(set) var replies: [String] = []
  /// The beginning of the last response's body.
  private(set) var body: [UInt8] = []
  private var bodyLimit = 0
  private let easy: OpaquePointer
  private var fields: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>
  /// Where TLS finds the bytes of a record that waits for the socket; plain bytes go as they are.
  private let output: UnsafeMutableRawBufferPointer
  /// How many bytes of `output` a TLS record that waits for the socket holds.
  private var held = 0

  init() {
    precondition(isLibraryReady, "libcurl cannot be initialised")
    guard let easy = unsafe curl_easy_init() else { fatalError("out of memory") }
    unsafe self.easy = easy
    unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    unsafe output = .allocate(byteCount: 16 << 10, alignment: 1)
    unsafe curl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    unsafe curl_set_header_callback(easy, takeReply)
    unsafe curl_set_pointer(easy, CURLOPT_HEADERDATA, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit {
    unsafe curl_easy_cleanup(easy)
    unsafe curl_slist_free_all(fields)
    unsafe errorText.deallocate()
    unsafe output.deallocate()
  }

  func set(_ option: CURLoption, _ value: Int) {
    unsafe curl_set_long(easy, option, value)
  }

  /// libcurl keeps a copy of the text.
  func set(_ option: CURLoption, _ value: String) {
    unsafe curl_set_string(easy, option, value)
  }

  /// Sets the header fields of the next requests, as `Name: value`.
  func set(fields lines: [String]) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines { unsafe list = curl_slist_append(list, line) }
    unsafe curl_set_pointer(easy, CURLOPT_HTTPHEADER, list)
    unsafe curl_slist_free_all(fields)
    unsafe fields = list
  }

  func perform() -> CURLcode {
    forgetReplies()
    return unsafe curl_easy_perform(easy)
  }

  func forgetReplies() {
    replies = []
    body = []
    unsafe errorText.pointee = 0
  }

  func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
    unsafe body(easy)
  }

  /// The status of the last response; 0 where none came.
  var status: Int {
    var status = 0
    unsafe curl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
    return status
  }

  /// Where the last response points to, if it is a redirect.
  var redirect: String? {
    var address: UnsafePointer<CChar>?
    unsafe curl_get_string(easy, CURLINFO_REDIRECT_URL, &address)
    return unsafe address.map { unsafe String(cString: $0) }
  }

  /// The values of a header field of the last response, as one.
  func field(_ name: String) -> String? {
    var found: UnsafeMutablePointer<curl_header>?
    var values: [String] = []
    let origin = UInt32(CURLH_HEADER)
    while unsafe curl_easy_header(easy, name, values.count, origin, -1, &found) == CURLHE_OK,
      let value = unsafe found?.pointee.value
    {
      unsafe values.append(String(cString: value))
    }
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// From now on the beginning of each response's body is kept; the rest is not even read.
  func keepBody(upTo limit: Int) {
    bodyLimit = limit
    unsafe curl_set_write_callback(easy, takeBody)
    unsafe curl_set_pointer(easy, CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Whether the last response had more than was kept.
  var isBodyCut: Bool { body.count == bodyLimit && status != 0 }

  /// libcurl's words for what went wrong.
  func words(for code: CURLcode) -> String {
    let text = unsafe String(cString: errorText)
    return unsafe text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
  }

  /// The connected socket, or -1.
  var socket: Int32 {
    var socket: curl_socket_t = -1
    unsafe curl_get_socket(easy, &socket)
    return socket
  }

  /// Hands bytes to the connection, as many as it takes at once.
  ///
  /// OpenSSL wants a record that had to wait repeated from the same address with the same length,
  /// so its bytes are copied first. After ``Transfer/wouldBlock`` the next call must bring the
  /// same bytes.
  func send(_ bytes: Span<UInt8>, isEncrypted: Bool) -> Transfer {
    guard isEncrypted else {
      return unsafe bytes.withUnsafeBytes { unsafe send($0.baseAddress, $0.count) }
    }
    if held == 0 { held = fill(bytes) }
    let result = unsafe send(output.baseAddress, held)
    if case .wouldBlock = result { return result }
    held = 0
    return result
  }

  private func send(_ bytes: UnsafeRawPointer?, _ size: Int) -> Transfer {
    var count = 0
    let code = unsafe curl_easy_send(easy, bytes, size, &count)
    if code == CURLE_AGAIN { return .wouldBlock }
    return code == CURLE_OK ? .moved(count) : .failed(code)
  }

  private func fill(_ bytes: Span<UInt8>) -> Int {
    let count = unsafe min(bytes.count, output.count)
    unsafe bytes.withUnsafeBytes { source in
      unsafe output.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<count]))
    }
    return count
  }

  /// Takes what has arrived; `moved(0)` says that the other side has closed.
  func receive(into buffer: inout [UInt8]) -> Transfer {
    var count = 0
    let code = unsafe buffer.withUnsafeMutableBytes {
      unsafe curl_easy_recv(easy, $0.baseAddress, $0.count, &count)
    }
    if code == CURLE_AGAIN { return .wouldBlock }
    return code == CURLE_OK ? .moved(count) : .failed(code)
  }

  fileprivate func take(_ line: String) {
    guard replies.count < 200 else { return }
    replies.append(line)
  }

  /// Takes a piece of the body; taking less than all of it ends the transfer.
  fileprivate func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    let count = min(bytes.count, bodyLimit - body.count)
    unsafe body.append(contentsOf: bytes.prefix(count))
    return count
  }
}

/// Whether libcurl is ready, which it is made once.
///
/// A TLS connection that the other side has closed raises SIGPIPE, which would end the process;
/// libcurl's own way of holding it back is not for programs with threads (CURLOPT_NOSIGNAL).
let isLibraryReady: Bool = {
  signal(SIGPIPE, SIG_IGN)
  return curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}()

private func takeReply(
  bytes: UnsafeMutablePointer<CChar>?,
  size: Int,
  count: Int,
  context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
  let line = unsafe UnsafeRawBufferPointer(start: bytes, count: min(size * count, 1000))
  let handle = unsafe Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue()
  unsafe handle.take(String(decoding: line.prefix { $0 != 13 && $0 != 10 }, as: UTF8.self))
  return size * count
}

private func takeBody(
  bytes: UnsafeMutablePointer<CChar>?,
  size: Int,
  count: Int,
  context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
  let handle = unsafe Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue()
  return unsafe handle.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
}
