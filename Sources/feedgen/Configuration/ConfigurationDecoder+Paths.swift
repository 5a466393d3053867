import Model

extension ConfigurationDecoder {
  /// The files and folders of a site.
  struct Paths {
    var sources: [PlacedSource]
    var store: String
    var output: String
    var outbox: String
    var keys: String
  }

  func paths(_ root: Section, outbox: String?, topics: [Topic]) -> Paths? {
    let store = store(root)
    let output = root.text("output", example: "feeds/") ?? "feeds/"
    let paths = Paths(
      sources: sources(root, topics),
      store: absolutePath(store ?? "", in: folder),
      output: absolutePath(output, in: folder),
      outbox: absolutePath(outbox ?? "outbox", in: folder),
      keys: absolutePath("keys", in: folder)
    )
    noteOverlaps(paths, root)
    return store == nil ? nil : paths
  }

  private func store(_ root: Section) -> String? {
    let standard = "sqlite:feedgen.db"
    guard root.has("store") else { return "feedgen.db" }
    guard let text = root.text("store", example: standard) else { return nil }
    if text.hasPrefix("sqlite:"), text.utf8.count > 7 { return String(text.dropFirst(7)) }
    if text.hasPrefix("postgres") {
      root.note(
        "“store”: PostgreSQL is not in this version of feedgen yet; write “store: \(standard)”",
        at: "store"
      )
    } else {
      root.noteWrong("store", expected: "“sqlite:” and the path of a file", example: standard)
    }
    return nil
  }

  private func noteOverlaps(_ paths: Paths, _ root: Section) {
    noteOverlaps(of: paths.sources, with: paths.output)
    if isPath(paths.keys, inside: paths.output) || isPath(paths.outbox, inside: paths.output) {
      root.note(
        "“output”: keys and outbox would lie in it, where everyone can read them; "
          + "write for instance “output: feeds/”",
        at: "output"
      )
    }
  }
}
