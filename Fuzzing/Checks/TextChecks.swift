import Markup

/// Checks that a text is fit for any feed: nothing of it would be mended.
package func check(text: String, _ name: String) {
  let repaired = RepairedText(text)
  expect(repaired.repairs.isEmpty && repaired.text == text, "\(name) is damaged: \(shown(text))")
}

/// Checks that a text is fit for a title or a name.
package func check(line: String, _ name: String) {
  check(text: line, name)
  expect(singleLine(line) == line, "\(name) is not one line: \(shown(line))")
}

package func check(address: String, _ name: String) {
  expect(isWebAddress(address), "\(name) is no address: \(shown(address))")
}

/// Checks that HTML may be shown, and that sanitising it again changes nothing.
package func check(sanitised html: String, _ name: String) {
  check(text: html, name)
  let fault = SafeMarkup(html).fault
  expect(fault == nil, "\(name) is not safe, \(fault ?? ""): \(shown(html))")
  expect(!html.unicodeScalars.contains("\u{fffd}"), "\(name) has U+FFFD: \(shown(html))")
  guard let again = try? HTMLFragment(parsing: html).sanitised(base: nil).text else { return }
  expect(again == html, "\(name) changes: \(shown(html)) to \(shown(again))")
}

/// A text as a literal, which a test can take over.
package func shown(_ text: String) -> String {
  String(text.unicodeScalars.prefix(2000).map { $0.escaped(asASCII: true) }.joined())
}
