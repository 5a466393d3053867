import FuzzChecks
import Importing
import Model

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzArticles(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = input(start, count)
  for name in ["note.md", "note.html", "note.txt"] {
    let origin = Article.Origin(source: "articles/", key: name)
    if let draft = try? Sample.reader.draft(of: bytes, origin: origin, path: name) {
      check(draft)
      check(text: draft.source, "source")
    }
  }
  if let issue = try? NextIssueReader(language: .french).read(bytes, path: "next.md") {
    check(line: issue.subject ?? "", "subject")
    issue.introduction.map { check(sanitised: $0.text, "introduction") }
  }
  return 0
}
