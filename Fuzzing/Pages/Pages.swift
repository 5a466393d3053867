import FuzzChecks

@testable import Markup

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPages(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let html = DecodedText(input(start, count), contentType: nil, as: .html).text.text
  checkQuickReading(of: html)
  if let fragment = try? HTMLFragment(parsing: html) {
    check(fragment)
    checkCertainty(fragment.tokens)
  }
  check(HTMLFragment(flattening: html, because: "it is fuzzed"))
  if let page = try? HTMLPage(parsing: html) {
    check(page.body)
    for text in [page.title, page.description].compactMap(\.self) + page.authors {
      check(text: text, "a fact of the page")
    }
  }
  checkAddresses(html)
  return 0
}

private let address = "https://veille.example.org/2026/article/"

/// What is read without gumbo is read as gumbo reads it.
private func checkQuickReading(of html: String) {
  var html = html
  guard let tokens = html.withUTF8({ WellNestedHTML.tokens(of: $0) }),
    let page = try? parsePage("<!DOCTYPE html><body>" + html),
    let body = page.tokens[...].firstElement(where: { $0.name == "body" })
  else { return }
  expect(tokens == Array(body.dropFirst().dropLast()), "gumbo reads it otherwise: \(shown(html))")
}

/// What is written once, because reading it again would change nothing, is not changed by that.
private func checkCertainty(_ tokens: ArraySlice<HTMLToken>) {
  let written = Sanitiser.written(tokens, base: WebAddress(address))
  guard written.isSettled else { return }
  expect(
    HTMLFragment.settled(written.html, base: WebAddress(address)) == written.html,
    "it changes: \(shown(written.html))"
  )
}

private func check(_ fragment: HTMLFragment) {
  check(sanitised: fragment.sanitised(base: address).text, "HTML")
  check(sanitised: fragment.typesetInFrench().sanitised(base: nil).text, "typeset HTML")
  check(text: fragment.plainText, "plain text")
  check(line: fragment.firstHeading ?? "", "heading")
}

private func checkAddresses(_ html: String) {
  let linked = (try? linkedAddresses(inPage: html, at: address)) ?? []
  let feeds = (try? feedAddresses(inPage: html, at: address)) ?? []
  for address in linked + feeds { check(address: address, "a link") }
}
