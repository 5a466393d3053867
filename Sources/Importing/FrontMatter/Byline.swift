import Markup
import Model

extension Person {
  /// Reads an author's name as people write it, `Anna Kos <anna@example.org>`; nil where there is
  /// no name in it.
  ///
  /// A name is shown in feeds and mails as it is, so an address does not stay in it.
  init?(byline: String) {
    let line = singleLine(byline)
    var name = line
    var email: String?
    if line.hasSuffix(">"), let open = line.lastIndex(of: "<") {
      name = singleLine(String(line[..<open]))
      email = EmailAddress(String(line[line.index(after: open)...].dropLast()))?.description
    }
    guard !name.isEmpty else { return nil }
    self.init(name: name, email: email)
  }
}
