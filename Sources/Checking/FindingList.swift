/// Findings in the order in which they were made, each article's once.
///
/// What is wrong with an article is wrong in every document that lists it; the first of them is
/// named, since the article is to be mended, not the document.
struct FindingList {
  private(set) var all: [Finding] = []
  private var known: Set<Fault> = []

  private struct Fault: Hashable {
    var article: String
    var message: String
  }

  mutating func append(_ finding: Finding) {
    if let article = finding.article {
      guard known.insert(Fault(article: article, message: finding.message)).inserted else { return }
    }
    all.append(finding)
  }

  mutating func append(_ findings: [Finding]) {
    for finding in findings { append(finding) }
  }
}
