/// What a line of Postfix's log says that bears on whether a message was taken.
package enum PostfixLogLine: Equatable, Sendable {
  /// A client speaks to the server.
  case client
  /// The message with this id is being read under a queue id.
  case messageID(String, queueID: String)
  /// It is refused.
  case refused(queueID: String)
  /// It is in the queue: the client was told so, or is about to be.
  case active(queueID: String)
  /// It has left the queue.
  case removed(queueID: String)

  /// Reads a line without its stamp: ` mail postfix/qmgr[12]: 4A1B2C: from=<a@b>, … (queue active)`.
  ///
  /// The name before the daemon's is the operator's (`syslog_name`); nil for what says nothing here.
  package init?(_ line: Span<UInt8>) {
    guard let end = line.firstIndex(of: colon, from: 0), let slash = line.lastSlash(before: end),
      let daemon = Daemon(line.extracting(slash + 1..<end)), end + 2 < line.count
    else { return nil }
    self.init(daemon, String(line.extracting((end + 2)...)))
  }

  private init?(_ daemon: Daemon, _ text: String) {
    if daemon == .smtpd {
      self = .client
      return
    }
    guard let colon = text.utf8.firstIndex(of: colon) else { return nil }
    let queueID = String(text[..<colon])
    let words = text[colon...].dropFirst(2)
    switch daemon {
    case .cleanup where words.hasPrefix("message-id=<"):
      guard let end = words.utf8.firstIndex(of: UInt8(ascii: ">")) else { return nil }
      self = .messageID(String(words[..<end].dropFirst(12)), queueID: queueID)
    case .cleanup where words.hasPrefix("milter-reject:") || words.hasPrefix("reject:"):
      self = .refused(queueID: queueID)
    case .qmgr where words.hasPrefix("from=") && words.hasSuffix("(queue active)"):
      self = .active(queueID: queueID)
    case .qmgr where words == "removed":
      self = .removed(queueID: queueID)
    default: return nil
    }
  }
}

/// The daemons of Postfix that have to do with taking a message.
private enum Daemon {
  case smtpd, cleanup, qmgr

  /// Reads `qmgr[123]`, or `qmgr` alone.
  init?(_ tag: Span<UInt8>) {
    let end = tag.firstIndex(of: UInt8(ascii: "["), from: 0) ?? tag.count
    // Others have longer or shorter names; no text is made for them.
    guard (4...7).contains(end) else { return nil }
    switch String(tag.extracting(..<end)) {
    case "smtpd": self = .smtpd
    case "cleanup": self = .cleanup
    case "qmgr": self = .qmgr
    default: return nil
    }
  }
}

private let colon = UInt8(ascii: ":")

extension Span<UInt8> {
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    var index = start
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  fileprivate func lastSlash(before end: Int) -> Int? {
    var index = end - 1
    while index >= 0, self[index] != UInt8(ascii: " ") {
      if self[index] == UInt8(ascii: "/") { return index }
      index -= 1
    }
    return nil
  }
}

extension String {
  fileprivate init(_ bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
