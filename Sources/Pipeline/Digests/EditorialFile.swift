import Importing
import Model
import Store

/// `digests/next.md` as it was found.
package struct EditorialFile: Sendable {
  /// Nil where there is something of that name that cannot be read.
  package var bytes: [UInt8]?
  /// For messages.
  package var path: String

  package init(bytes: [UInt8]?, path: String) {
    self.bytes = bytes
    self.path = path
  }

  /// What it says for a digest's next issue; nil where it is meant for another, or an issue has
  /// used it already.
  func editorial(
    for digest: DigestSettings,
    of site: Site,
    in store: any ArticleStore & IssueControl
  ) throws -> IssueEditorial? {
    let isFirst = digest.name == site.digests.first?.name
    guard let bytes else {
      return isFirst ? IssueEditorial(unusable: "", because: "\(path) cannot be read") : nil
    }
    let issue: NextIssue
    do {
      issue = try NextIssueReader(language: site.language).read(bytes, path: path)
    } catch {
      let source = String(decoding: bytes.prefix(mostKept), as: UTF8.self)
      return isFirst ? IssueEditorial(unusable: source, because: "\(error)") : nil
    }
    guard try store.issue(withEditorial: issue.source) == nil else { return nil }
    if let name = issue.digest, !site.digests.contains(where: { $0.name == name }) {
      return isFirst ? IssueEditorial(unusable: issue.source, because: unknown(name, site)) : nil
    }
    guard issue.digest.map({ $0 == digest.name }) ?? isFirst else { return nil }
    return try IssueEditorial(issue, store: store)
  }

  private func unknown(_ digest: String, _ site: Site) -> String {
    let known = site.digests.map(\.name).joined(separator: ", ")
    return "\(path): there is no digest “\(digest)”; known here: \(known)"
  }
}

/// So much is kept of a file that cannot be used.
private let mostKept = 65_536
