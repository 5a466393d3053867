internal import Markup
internal import Model

extension XMLWriter {
  /// Declares the namespace of RFC 5005 in a document that uses it.
  mutating func declareHistory(of head: DocumentHead) {
    guard head.isComplete || head.part != .subscription else { return }
    attribute("xmlns:fh", XMLNamespace.history)
  }

  /// Says that nothing is older than the document, or that it will not change (RFC 5005 §2, §4).
  mutating func history(of head: DocumentHead) {
    if head.isComplete { emptyElement("fh:complete") }
    if head.part != .subscription { emptyElement("fh:archive") }
  }

  private mutating func emptyElement(_ name: StaticString) {
    start(name)
    end()
  }
}
