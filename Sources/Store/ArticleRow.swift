package import Model

/// An article on its way from the store to the documents that list it.
///
/// Valid only inside the visit it is handed to: its content lies in the database's own memory.
@safe
package struct ArticleRow: ~Copyable {
  package let entry: Entry
  /// The documents that list it, by their places among those that were asked for.
  package let documents: [Int]
  private let content: UnsafeBufferPointer<UInt8>

  package init(entry: Entry, documents: [Int], content: UnsafeBufferPointer<UInt8>) {
    self.entry = entry
    self.documents = documents
    unsafe self.content = content
  }

  /// Lends the content's bytes: sanitised HTML in UTF-8.
  package borrowing func withContent<Result>(
    _ body: (Span<UInt8>) throws -> Result
  ) rethrows -> Result {
    try unsafe body(content.span)
  }
}
