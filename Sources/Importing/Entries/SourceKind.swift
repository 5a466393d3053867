/// What kind of source a name in the store is of, in the order in which they have the say over an
/// article that several have.
///
/// An export is what was, a page or a feed what is, and a folder what the editor decides here.
package enum SourceKind: Int, Comparable, Sendable {
  case export, page, feed, folder

  package init(ofSource name: String) {
    let kinds: [SourceKind] = [.export, .page, .feed]
    self = kinds.first { name.hasPrefix($0.prefix) } ?? .folder
  }

  /// The name in the store of a source of this kind.
  package func name(of source: String) -> String { prefix + source }

  private var prefix: String {
    switch self {
    case .export: "wxr:"
    case .page: "page:"
    case .feed: "feed:"
    case .folder: ""
    }
  }

  package static func < (left: SourceKind, right: SourceKind) -> Bool {
    left.rawValue < right.rawValue
  }
}
