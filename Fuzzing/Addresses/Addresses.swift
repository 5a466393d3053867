import FuzzChecks
import Markup
import Model

@testable import Importing
@testable import Transfer

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAddresses(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: input(start, count), as: UTF8.self)
  EmailAddress(text).map(check)
  EmailAddress(converting: text).map(check)
  for base in [nil, "https://veille.example.org/a/b?c#d"] {
    resolvedAddress(text, base: base).map(check)
  }
  if let address = webAddress(text) { check(address: address, "a web address") }
  if let domain = asciiDomain(text) {
    expect(domain.utf8.allSatisfy { $0 < 0x80 }, "domain \(shown(domain))")
    expect(asciiDomain(domain) == domain, "domain \(shown(domain)) changes")
  }
  if let address = try? FetchAddress(text) { check(address) }
  _ = AllowedHost(text)
  _ = PeerAddress(text)?.isPublic
  return 0
}

private func check(_ address: EmailAddress) {
  let text = address.description
  expect(text.utf8.count <= 254, "an address of \(text.utf8.count) bytes")
  expect(!text.utf8.contains { $0 <= 0x20 || "<>,;\"".utf8.contains($0) }, shown(text))
  expect(EmailAddress(text) == address, "\(shown(text)) is read as another")
  let again = EmailAddress(address.identity)
  expect(again?.identity == address.identity, "\(shown(text)) has another identity each time")
}

private func check(_ address: String) {
  check(address: address, "a resolved address")
  expect(resolvedAddress(address, base: nil) == address, "\(shown(address)) changes")
}

private func check(_ address: FetchAddress) {
  expect(address.text.utf8.allSatisfy { (0x21...0x7e).contains($0) }, shown(address.text))
  expect((0...65_535).contains(address.port), "port \(address.port)")
  expect((try? FetchAddress(address.text)) == address, "\(shown(address.text)) changes")
}
