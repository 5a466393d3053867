import FuzzChecks
import Markup

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPages(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let html = DecodedText(input(start, count), contentType: nil, as: .html).text.text
  if let fragment = try? HTMLFragment(parsing: html) { check(fragment) }
  check(HTMLFragment(flattening: html, because: "it is fuzzed"))
  if let page = try? HTMLPage(parsing: html) {
    check(page.body)
    for text in [page.title, page.description, page.author].compactMap(\.self) {
      check(text: text, "a fact of the page")
    }
  }
  checkAddresses(html)
  return 0
}

private let address = "https://veille.example.org/2026/article/"

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
