internal import CCurl
internal import Glibc
internal import Model

/// A handle of libcurl's that talks to strangers: what an answer may cost, and whom it may reach.
///
/// A class, because its address is the context of the callbacks.
@safe
final class FetchHandle {
  let curl = CurlHandle()
  private let limits: Fetcher.Limits
  private var mayBePrivate = false
  /// The last address that was not connected to.
  private var refused: String?
  /// Why a callback has ended the transfer.
  private var objection: HTTPError?
  private var headerSize = 0
  private var codings = 0

  init(limits: Fetcher.Limits, agent: String, trusting authorities: String?) {
    self.limits = limits
    curl.speakHTTP(as: agent, connecting: limits.connecting, trusting: authorities)
    // With one request of a host at a time, later versions would gain nothing.
    curl.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    curl.set(CURLOPT_ACCEPT_ENCODING, "")
    curl.set(CURLOPT_LOW_SPEED_LIMIT, limits.slowest)
    curl.set(CURLOPT_LOW_SPEED_TIME, Int(limits.patience.seconds))
    // What is announced; what comes is counted.
    curl.set(CURLOPT_MAXFILESIZE, limits.body)
    curl.keepBody(upTo: limits.body)
    setCallbacks()
  }

  /// Sets the handle up for a step of a request.
  func prepare(for trail: FetchTrail, within reach: Reach) {
    mayBePrivate = reach.trusts(trail)
    (refused, objection, headerSize, codings) = (nil, nil, 0, 0)
    curl.set(CURLOPT_URL, trail.address.text)
    curl.set(fields: trail.request.fields)
    let left = .seconds(limits.total.seconds) - trail.spent
    curl.set(CURLOPT_TIMEOUT_MS, max(1, Int(left / .milliseconds(1))))
    // A connection that is open because someone may have it must not serve who may not.
    let mayReuse = mayBePrivate || !reach.names(trail.address)
    curl.set(CURLOPT_FRESH_CONNECT, mayReuse ? 0 : 1)
  }

  /// Throws where libcurl, or one of the callbacks, has given the transfer up.
  func check(_ code: CURLcode) throws(HTTPError) {
    guard code != CURLE_OK else { return }
    if let objection { throw objection }
    if code == CURLE_COULDNT_CONNECT, let refused {
      throw HTTPError(kind: .forbidden, detail: "\(refused) is no address of the open Internet")
    }
    // libcurl has no other word for a line that is longer than it takes.
    if code == CURLE_OUT_OF_MEMORY { throw headerTooLarge }
    let isTooLarge =
      code == CURLE_FILESIZE_EXCEEDED || (code == CURLE_WRITE_ERROR && curl.isBodyCut)
    guard !isTooLarge else { throw bodyTooLarge }
    throw HTTPError(kind: HTTPError.Kind(code), detail: curl.words(for: code))
  }

  /// Where the answer redirects to, if it does.
  var location: String? {
    [301, 302, 303, 307, 308].contains(curl.status) ? curl.field("location") : nil
  }

  /// The answer at the end of the way.
  func fetched(by trail: FetchTrail) -> Fetched {
    let known = curl.status == 304 ? trail.request.validators : Validators()
    return Fetched(
      status: curl.status,
      address: trail.address.text,
      movedTo: trail.movedTo?.text,
      contentType: curl.field("content-type"),
      validators: Validators(
        etag: curl.field("etag") ?? known.etag,
        lastModified: curl.field("last-modified") ?? known.lastModified
      ),
      retryAfter: curl.field("retry-after").flatMap { retryInterval($0, date: curl.field("date")) },
      maxAge: curl.field("cache-control").flatMap(maximumAge),
      body: curl.body
    )
  }

  private var bodyTooLarge: HTTPError {
    HTTPError(kind: .tooLarge, detail: "the body is longer than \(limits.body) bytes")
  }

  private var headerTooLarge: HTTPError {
    HTTPError(kind: .tooLarge, detail: "the header is longer than \(limits.header) bytes")
  }

  private func setCallbacks() {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe curl.withPointer { easy in
      unsafe curl_set_header_callback(easy, takeHeaderLine)
      unsafe curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
      unsafe curl_set_socket_callback(easy, openSocket)
      unsafe curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
      unsafe curl_set_progress_callback(easy, noteProgress)
      unsafe curl_set_pointer(easy, CURLOPT_XFERINFODATA, context)
    }
    curl.set(CURLOPT_NOPROGRESS, 0)
  }

  /// Opens the socket for an address, unless it must not be connected to.
  fileprivate func open(_ address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
    let peer = unsafe PeerAddress(address)
    guard let peer, mayBePrivate || peer.isPublic else {
      refused = peer?.description ?? "that"
      return CURL_SOCKET_BAD
    }
    let kind = unsafe address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return unsafe socket(address.pointee.family, kind, address.pointee.protocol)
  }

  /// Takes a line of the header; says whether to go on.
  fileprivate func take(_ line: UnsafeRawBufferPointer) -> Bool {
    headerSize += line.count
    codings += unsafe contentCodings(String(decoding: line, as: UTF8.self))
    if headerSize > limits.header {
      objection = headerTooLarge
    } else if codings > 1 {
      // The first could give a thousand bytes for one, and the second none: nobody could count.
      objection = HTTPError(kind: .lost, detail: "the body is compressed more than once")
    }
    return objection == nil
  }

  /// Looks at the bytes of the body as they come; says whether to go on.
  fileprivate func note(received count: Int) -> Bool {
    if count > limits.body { objection = bodyTooLarge }
    return objection == nil
  }
}

extension FetchRequest {
  /// The header fields, each in a line; what would end its line is left out.
  fileprivate var fields: [String] {
    let given = [
      ("Accept", accept), ("If-None-Match", validators.etag),
      ("If-Modified-Since", validators.lastModified),
    ]
    return given.compactMap { name, value in
      guard let value, !value.isEmpty, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f })
      else { return nil }
      return "\(name): \(value)"
    }
  }
}

/// How many codings that compress a line of a header names.
private func contentCodings(_ line: String) -> Int {
  let parts = line.lowercased().split(separator: ":", maxSplits: 1)
  guard parts.count == 2, ["content-encoding", "transfer-encoding"].contains(parts[0])
  else { return 0 }
  return parts[1].split { ", \t\r\n".contains($0) }
    .count { $0 != "identity" && $0 != "chunked" }
}

private func handle(_ context: UnsafeMutableRawPointer) -> FetchHandle {
  unsafe Unmanaged<FetchHandle>.fromOpaque(context).takeUnretainedValue()
}

private func openSocket(
  context: UnsafeMutableRawPointer?,
  purpose: curlsocktype,
  address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  guard let context = unsafe context, let address = unsafe address else { return CURL_SOCKET_BAD }
  return unsafe handle(context).open(address)
}

private func takeHeaderLine(
  bytes: UnsafeMutablePointer<CChar>?,
  size: Int,
  count: Int,
  context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
  let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
  return unsafe handle(context).take(line) ? size * count : 0
}

private func noteProgress(
  context: UnsafeMutableRawPointer?,
  expected: curl_off_t,
  received: curl_off_t,
  toSend: curl_off_t,
  sent: curl_off_t
) -> Int32 {
  guard let context = unsafe context else { return 1 }
  return unsafe handle(context).note(received: Int(received)) ? 0 : 1
}
