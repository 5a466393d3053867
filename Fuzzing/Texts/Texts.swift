import FuzzChecks
import Importing
import Markup
import Model

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTexts(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = RepairedText(utf8: input(start, count)).text
  check(text: text, "a repaired text")
  check(line: singleLine(text), "a line")
  checkTypography(of: text)
  if let slug = Slug(folding: text) {
    expect(Slug(slug.text) == slug && Slug(folding: slug.text) == slug, "slug \(slug)")
    expect(Slug(slug.numbered(12).text) != nil, "slug \(slug.numbered(12))")
  }
  checkDates(in: text)
  if let language = Language(text) {
    expect(language.tag.utf8.allSatisfy { $0 < 0x80 }, "language \(language)")
  }
  return 0
}

private func checkTypography(of text: String) {
  let once = FrenchTypography.typeset(text)
  check(text: once, "a typeset text")
  let twice = FrenchTypography.typeset(once)
  expect(twice == once, "\(shown(text)) becomes \(shown(once)), then \(shown(twice))")
}

private func checkDates(in text: String) {
  let zone = Sample.settings.zone
  for instant in [Instant(text, in: zone), Instant(entryDate: text, in: zone)].compactMap(\.self) {
    check(instant)
  }
}
