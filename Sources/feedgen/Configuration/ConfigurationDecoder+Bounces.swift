import Delivering
import Model

extension ConfigurationDecoder {
  /// What `mail.bounces` says.
  struct Bounces {
    var address: EmailAddress?
    var usesVERP: Bool
    var mailbox: MailboxPlace?
  }

  func bounces(_ mail: Section) -> Bounces? {
    guard
      let section = section(
        "bounces",
        of: mail,
        known: ["address", "verp", "mailbox", "password_file"]
      )
    else { return nil }
    let address = emailAddress(section, "address", example: "retour@news.example.org")
    let usesVERP = section.flag("verp") ?? false
    if usesVERP { checkRoom(for: address, section) }
    return Bounces(address: address, usesVERP: usesVERP, mailbox: mailbox(section))
  }

  /// A token of up to 40 characters must fit into the local part.
  private func checkRoom(for address: EmailAddress?, _ section: Section) {
    guard let address else {
      if !section.has("address") {
        section.note(
          "“mail.bounces.verp” needs an address of its own; add “address: retour@news.example.org”",
          at: "verp"
        )
      }
      return
    }
    guard address.localPart.utf8.count > VERP.longestBase else { return }
    section.note(
      "“mail.bounces.address”: with “verp: true” its name has at most \(VERP.longestBase) "
        + "characters before the @, because a “+” and a token of 40 come behind it",
      at: "address"
    )
  }

  private func mailbox(_ section: Section) -> MailboxPlace? {
    let example = "imaps://veille@imap.example.org/INBOX"
    let password = section.text("password_file", example: "/etc/feedgen/imap-password")
      .map { absolutePath($0, in: folder) }
    guard let text = section.text("mailbox", example: example) else { return nil }
    do throws(IMAPAddress.Fault) {
      return try MailboxPlace(text, passwordFile: password, folder: folder)
    } catch {
      section.note("“mail.bounces.mailbox”: \(error)", at: "mailbox")
      return nil
    }
  }
}
