package import Model
package struct TemplateFile: Sendable { package init(name: String, text: String, path: String) {} }
package struct Templates: Sendable {
  package init(overrides: [TemplateFile] = []) throws {}; package var fingerprint: String { "" }
}
package struct DigestComposer {
  package init(
    site: Site,
    templates: Templates,
    cadence: Cadence,
    slotDate: CivilDate,
    period: (first: CivilDate, last: CivilDate),
    articles: [Int64: Entry]
  ) {}
  package mutating func compose(_ edition: Edition) throws -> EditionGroup {
    EditionGroup(number: 0, language: edition.language, subject: "", text: [], html: [])
  }
  package mutating func takeFragments() -> [Fragment] { [] }
}
package struct DigestMessage: Sendable {
  package init(site: Site, mail: MailSettings, templates: Templates, messageKey: [UInt8]) {}
  package func bytes(
    issue: IssueName,
    group: EditionGroup,
    fragments: [Int: [UInt8]],
    recipient: Mailbox,
    subscriber: Int64,
    date: Instant
  ) -> [UInt8] { [] }
  package func parts(
    issue: IssueName,
    group: EditionGroup,
    fragments: [Int: [UInt8]],
    recipient: Mailbox,
    subscriber: Int64,
    date: Instant
  ) -> (bytes: [UInt8], html: [UInt8], text: [UInt8]) { ([], [], []) }
}
