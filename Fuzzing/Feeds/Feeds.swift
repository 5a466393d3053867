import FuzzChecks
import Importing
import Model

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFeeds(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let document = try? FeedDocument(
    reading: input(start, count),
    contentType: nil,
    at: "https://veille.example.org/feed/",
    in: Sample.settings.zone
  )
  guard let document else { return 0 }
  check(line: document.about.title, "title")
  for address in [document.earlier, document.about.link].compactMap(\.self) {
    check(address: address, "link")
  }
  expect(document.patience?.seconds ?? 0 <= 86_400, "patience")
  for entry in document.entries { check(entry) }
  return 0
}

private func check(_ entry: SourceEntry) {
  expect(!entry.key.isEmpty, "an entry without a key")
  let origin = Article.Origin(source: "feed", key: entry.key)
  let made = try? Sample.reader.draft(of: entry, origin: origin, path: "feed")
  if let made { check(made.draft) }
  for category in made?.unknownCategories ?? [] { check(line: category, "category") }
}
