import Model
import Rendering
package import Store

extension PublishRun {
  /// Writes the reports that are due to the editor.
  ///
  /// - Returns: how many wait to be delivered.
  package func report() throws -> Int {
    guard settings.parts.contains(.digests), let mail = settings.site.mail,
      let editor = settings.site.notify.editor
    else { return 0 }
    let reports = IssueReports(
      store: store,
      site: settings.site,
      editor: editor,
      mail: staffMail(mail),
      asOf: settings.asOf
    )
    return try reports.write(templates)
  }

  /// Writes letters about problems that are new, changed or solved to whoever can mend them.
  ///
  /// - Returns: how many wait to be delivered.
  package func tell(_ news: ProblemNews) throws -> Int {
    let zone = settings.site.zone
    let lines = news.toSay.map { $0.words(in: zone) } + news.solved.map { "✓ \($0.text)" }
    guard let mail = settings.site.mail, !lines.isEmpty else { return 0 }
    let notify = settings.site.notify
    let readers = Set([notify.editor, notify.operator].compactMap { $0 })
      .sorted { $0.description < $1.description }
    let subject = try StaffTexts(try templates(), settings.site).problemsSubject(lines.count)
    try store.add(
      readers.map { reader in
        let bytes = staffMail(mail).bytes(
          to: reader,
          subject: subject,
          text: lines.joined(separator: "\n\n") + "\n",
          name: "problems \(settings.name)",
          date: settings.asOf
        )
        return StaffMessage(recipient: reader, bytes: bytes)
      }
    )
    return readers.count
  }

  private func staffMail(_ mail: MailSettings) -> StaffMail {
    StaffMail(site: settings.site, mail: mail, messageKey: settings.messageKey)
  }
}
