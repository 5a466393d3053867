internal import CCurl
internal import Glibc
import Model

/// A connection to an IMAP server, with TLS and login done by libcurl; commands go one by one.
final class IMAPConnection {
  /// What a server sends to a command: a line, with what it sent beside it, counted (RFC 3501 §4.3).
  struct Response: Equatable {
    var line: String
    var literals: [[UInt8]] = []
  }

  private static let longestLine = 4 << 20
  private static let mostResponses = 1000
  private static let longestWait: Int32 = 60_000

  private let server: IMAPServer
  private let curl = CurlHandle()
  private var buffer: [UInt8] = []
  private var start = 0
  private var commands = 0

  /// Connects and logs in.
  ///
  /// - Parameter authorities: a PEM file with the certificates to trust, instead of the system's.
  init(to server: IMAPServer, trusting authorities: String?) throws(IMAPError) {
    self.server = server
    curl.set(CURLOPT_URL, server.url)
    curl.set(CURLOPT_CONNECT_ONLY, 1)
    curl.set(CURLOPT_CONNECTTIMEOUT, 30)
    curl.trustNobodyElse()
    curl.set(CURLOPT_PROTOCOLS_STR, "imap,imaps")
    let level = server.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
    curl.set(CURLOPT_USE_SSL, Int(level.rawValue))
    curl.set(CURLOPT_USERNAME, server.credentials.user)
    curl.set(CURLOPT_PASSWORD, server.credentials.password.text)
    if let authorities { curl.set(CURLOPT_CAINFO, authorities) }
    let code = curl.perform()
    guard code == CURLE_OK else {
      throw IMAPError(kind: .init(code), server: server.name, detail: words(code))
    }
  }

  /// libcurl's words, and the server's last line.
  private func words(_ code: CURLcode) -> String {
    let said = curl.replies.last { !$0.isEmpty }.map { "; it said “\($0)”" } ?? ""
    return curl.words(for: code) + said
  }

  /// Sends a command, and takes what the server says until it is done.
  ///
  /// - Parameter largest: a server that sends larger literals is not listened to any more.
  func command(_ text: String, largest: Int = 0) throws(IMAPError) -> [Response] {
    commands += 1
    let tag = "f\(commands)"
    try send(Array("\(tag) \(text)\r\n".utf8))
    var responses: [Response] = []
    var room = largest
    while responses.count < Self.mostResponses {
      let response = try response(&room)
      guard response.line.hasPrefix("\(tag) ") else {
        responses.append(response)
        continue
      }
      let answer = response.line.dropFirst(tag.utf8.count + 1)
      guard answer.uppercased().hasPrefix("OK") else {
        throw error(.refused, "it said “\(answer)”")
      }
      return responses
    }
    throw error(.lost, "an answer without end")
  }

  private func response(_ room: inout Int) throws(IMAPError) -> Response {
    var response = Response(line: "")
    while true {
      let line = try line()
      response.line += line
      guard let size = literalSize(line) else { return response }
      guard size <= room else { throw error(.lost, "a literal of \(size) bytes") }
      room -= size
      response.literals.append(try take(size))
    }
  }

  /// `{123}` at the end of a line announces so many bytes.
  private func literalSize(_ line: String) -> Int? {
    guard line.hasSuffix("}"), let open = line.lastIndex(of: "{") else { return nil }
    let digits = line[line.index(after: open)...].dropLast()
    return digits.utf8.allSatisfy { (48...57).contains($0) } ? Int(digits) : nil
  }

  private func line() throws(IMAPError) -> String {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 10) {
        let line = buffer[start..<end]
        start = end + 1
        return String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
      }
      guard buffer.count - start <= Self.longestLine else {
        throw error(.lost, "a line without end")
      }
      let waiting = buffer.count - start
      try fill()
      searched = start + waiting
    }
  }

  private func take(_ count: Int) throws(IMAPError) -> [UInt8] {
    while buffer.count - start < count { try fill() }
    defer { start += count }
    return Array(buffer[start..<(start + count)])
  }

  /// Adds what comes next to the buffer.
  private func fill() throws(IMAPError) {
    buffer.removeFirst(start)
    start = 0
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      switch curl.receive(into: &piece) {
      case .moved(0): throw error(.lost, "it has closed the connection")
      case .moved(let count):
        buffer += piece[..<count]
        return
      case .wouldBlock: try wait(for: POLLIN)
      case .failed(let code): throw error(.lost, curl.words(for: code))
      }
    }
  }

  private func send(_ bytes: [UInt8]) throws(IMAPError) {
    var sent = 0
    while sent < bytes.count {
      switch curl.send(bytes.span.extracting(sent..<bytes.count), isEncrypted: true) {
      case .moved(let count): sent += count
      case .wouldBlock: try wait(for: POLLOUT)
      case .failed(let code): throw error(.lost, curl.words(for: code))
      }
    }
  }

  private func wait(for event: Int32) throws(IMAPError) {
    var entry = pollfd(fd: curl.socket, events: Int16(event), revents: 0)
    let count = unsafe poll(&entry, 1, Self.longestWait)
    guard count != 0 else { throw error(.lost, "it says nothing for a minute") }
    guard count > 0 || errno == EINTR else { throw error(.lost, "poll fails") }
  }

  func error(_ kind: IMAPError.Kind, _ detail: String) -> IMAPError {
    IMAPError(kind: kind, server: server.name, detail: detail)
  }
}

extension IMAPError.Kind {
  fileprivate init(_ code: CURLcode) {
    self =
      switch code {
      case CURLE_USE_SSL_FAILED, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR,
        CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
        CURLE_SSL_CACERT_BADFILE:
        .tls
      case CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR: .login
      case CURLE_WEIRD_SERVER_REPLY: .refused
      default: .unreachable
      }
  }
}
