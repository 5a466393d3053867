import Model

extension ConfigurationDecoder {
  private static let relayExample = "smtp://relay.example.org:587"

  /// Where messages go; nil where no relay is set.
  func relay(_ section: Section, from: EmailAddress?) -> RelaySettings? {
    guard let text = section.text("smtp", example: Self.relayExample) else {
      noteWithoutRelay(section)
      return nil
    }
    let source = passwordSource(section)
    guard let address = relayAddress(text, section) else { return nil }
    let user = user(section, address)
    if user == nil { noteWithoutUser(section) }
    return RelaySettings(
      host: address.host,
      port: address.port,
      security: security(address, user: user),
      user: user,
      passwordSource: source,
      domain: from?.domain ?? "localhost",
      limits: limits(section)
    )
  }

  private func limits(_ section: Section) -> RelaySettings.Limits {
    func number(_ key: String, _ range: ClosedRange<Int>, _ standard: Int) -> Int {
      section.number(key, in: range, example: standard) ?? standard
    }
    return RelaySettings.Limits(
      connections: number("connections", 1...256, 4),
      messagesPerConnection: number("messages_per_connection", 1...100_000, 100),
      perHour: number("max_per_hour", 0...10_000_000, 0),
      perDay: number("max_per_day", 0...100_000_000, 0)
    )
  }

  /// A relay on this machine may be without encryption, but a password always travels with it.
  private func security(_ address: RelayAddress, user: String?) -> Relay.Security {
    if address.isEncryptedFromStart { return .implicitTLS }
    return address.isLoopback && user == nil ? .none : .startTLS
  }

  private func relayAddress(_ text: String, _ section: Section) -> RelayAddress? {
    do throws(RelayAddress.Fault) {
      return try RelayAddress(text)
    } catch {
      note(error, section)
      return nil
    }
  }

  private func note(_ fault: RelayAddress.Fault, _ section: Section) {
    switch fault {
    case .holdsPassword:
      section.note(
        "“mail.smtp” holds a password, which backups, logs and every reader of this file would "
          + "see; take it out, and set \(RelaySettings.passwordVariable), or name “password_file” "
          + "or “password_command”",
        at: "smtp"
      )
    case .malformed:
      section.noteWrong(
        "smtp",
        expected: "smtp://[user@]host[:port] or smtps://[user@]host[:port]",
        example: Self.relayExample
      )
    }
  }

  private func user(_ section: Section, _ address: RelayAddress) -> String? {
    let user = section.text("user", example: "veille")
    if let user, let other = address.user, user != other {
      section.note("“mail.user” is not the user in “mail.smtp”; remove one of them", at: "user")
    }
    return user ?? address.user
  }

  private func passwordSource(_ section: Section) -> RelaySettings.PasswordSource {
    let file = section.text("password_file", example: "/etc/feedgen/smtp-password")
    let command = section.text("password_command", example: "pass show smtp")
    if let command {
      if file != nil {
        section.note(
          "“mail.password_file” and “mail.password_command” exclude each other; remove one",
          at: "password_command"
        )
      }
      return .command(command)
    }
    return file.map { .file(absolutePath($0, in: folder)) } ?? .environment
  }

  private func noteWithoutUser(_ section: Section) {
    for key in ["password_file", "password_command"] where section.has(key) {
      section.note(
        "“mail.\(key)” is of no use without a user; add for instance “user: veille”",
        at: key
      )
    }
  }

  private func noteWithoutRelay(_ section: Section) {
    for key in ["user", "password_file", "password_command"] where section.value(key) != nil {
      section.note(
        "“mail.\(key)” is of no use without a relay; add for instance "
          + "“smtp: \(Self.relayExample)”, or remove it",
        at: key
      )
    }
  }
}
