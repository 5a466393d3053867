/// The messages of a mailbox on a server that nobody has seen yet.
///
/// Looking at a message does not mark it: what is left alone stays as it was for the person who
/// reads the mailbox.
package final class IMAPMailbox {
  private static let mostAtOnce = 100

  private let connection: IMAPConnection

  /// Connects, logs in and opens the mailbox.
  ///
  /// - Parameters:
  ///   - isReadOnly: whether nothing is going to be marked.
  ///   - authorities: a PEM file with the certificates to trust, instead of the system's.
  package init(
    on server: IMAPServer,
    isReadOnly: Bool = false,
    trusting authorities: String? = nil
  ) throws(IMAPError) {
    connection = try IMAPConnection(to: server, trusting: authorities)
    _ = try connection.command((isReadOnly ? "EXAMINE " : "SELECT ") + quoted(server.mailbox))
  }

  /// The numbers of the messages without the flag \Seen.
  package func unseen() throws(IMAPError) -> [UInt32] {
    try connection.command("UID SEARCH UNSEEN").flatMap { response in
      response.line.hasPrefix("* SEARCH")
        ? response.line.split(separator: " ").dropFirst(2).compactMap { UInt32($0) } : []
    }
  }

  /// The beginning of a message; nil where it is gone.
  package func message(_ number: UInt32, atMost limit: Int) throws(IMAPError) -> [UInt8]? {
    try connection.command("UID FETCH \(number) (BODY.PEEK[]<0.\(limit)>)", largest: limit)
      .lazy.compactMap(\.literals.first).first
  }

  /// Gives messages the flag \Seen.
  package func markSeen(_ numbers: [UInt32]) throws(IMAPError) {
    var rest = numbers[...]
    while !rest.isEmpty {
      let set = rest.prefix(Self.mostAtOnce).map { "\($0)" }.joined(separator: ",")
      _ = try connection.command("UID STORE \(set) +FLAGS.SILENT (\\Seen)")
      rest = rest.dropFirst(Self.mostAtOnce)
    }
  }

  /// Says goodbye; what the server makes of it does not matter any more.
  package func close() {
    _ = try? connection.command("LOGOUT")
  }
}

private func quoted(_ text: String) -> String {
  let escaped = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
  return "\"\(String(escaped))\""
}
