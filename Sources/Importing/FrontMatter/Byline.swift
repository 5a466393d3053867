import Markup
import Model

extension Person {
  /// Reads an author's name as people write it, `Anna Kos <anna@example.org>`; nil where there is
  /// no name in it.
  ///
  /// A name is shown in feeds and mails as it is, so neither an address nor tags stay in it.
  init?(byline: String) {
    let line = singleLine(byline)
    if let address = EmailAddress(line) {
      self.init(name: address.localPart, email: address.description)
      return
    }
    let (name, email) = splitAddress(line)
    let plain = name.contains("<") ? (try? HTMLFragment(parsing: name))?.plainText : name
    guard let shown = singleLine(plain ?? "").nonEmpty else { return nil }
    self.init(name: shown, email: email)
  }
}

/// Whether what stands for a name in a byline has tags in it.
func hasTags(byline: String) -> Bool {
  splitAddress(singleLine(byline)).name.contains("<")
}

/// Cuts an address in angle brackets off the end of a name.
private func splitAddress(_ line: String) -> (name: String, email: String?) {
  guard line.hasSuffix(">"), let open = line.lastIndex(of: "<"),
    let address = EmailAddress(String(line[line.index(after: open)...].dropLast()))
  else { return (line, nil) }
  return (String(line[..<open]), address.description)
}
