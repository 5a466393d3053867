import Model

extension ConfigurationDecoder {
  /// The files and folders of a site.
  struct Paths {
    var sources: [(source: Configuration.FolderSource, place: Place)]
    var store: String
    var output: String
    var outbox: String
    var keys: String
  }

  func paths(_ root: Section, outbox: String?) -> Paths? {
    let store = store(root)
    let output = root.text("output", example: "feeds/") ?? "feeds/"
    let paths = Paths(
      sources: sources(root),
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

  private func sources(
    _ root: Section
  ) -> [(source: Configuration.FolderSource, place: Place)] {
    guard root.has("sources") else {
      return [(folderSource("articles/"), root.place(of: "output"))]
    }
    guard let values = root.list("sources", example: "[articles/]"), !values.isEmpty else {
      if root.value("sources") == nil { root.noteMissing("sources", example: "[articles/]") }
      return []
    }
    return values.compactMap { value in source(value).map { ($0, value.place) } }
  }

  private func source(_ value: YAMLValue) -> Configuration.FolderSource? {
    switch value.content {
    case .text(let text, _) where !text.isEmpty && !text.contains("://"):
      return folderSource(text)
    case .mapping(let entries):
      let key = entries.first?.key ?? ""
      let message =
        ["wxr", "feed", "url"].contains(key)
        ? "“sources”: {\(key): …} is not in this version of feedgen yet; remove it"
        : "“sources”: “\(key)” is no kind of source; write the name of a folder: “articles/”"
      findings.note(message, at: value.place)
    default:
      findings.note(
        "“sources”: the name of a folder is expected, for instance “articles/”",
        at: value.place
      )
    }
    return nil
  }

  private func folderSource(_ text: String) -> Configuration.FolderSource {
    Configuration.FolderSource(
      name: text.hasSuffix("/") ? text : text + "/",
      path: absolutePath(text, in: folder)
    )
  }

  private func noteOverlaps(_ paths: Paths, _ root: Section) {
    for (source, place) in paths.sources where overlap(source.path, paths.output) {
      findings.note(
        "“sources”: “\(source.name)” and the output folder lie one in the other, so that feedgen "
          + "would read what it wrote; keep them apart",
        at: place
      )
    }
    for (index, later) in paths.sources.enumerated() {
      for earlier in paths.sources[..<index]
      where overlap(later.source.path, earlier.source.path) {
        findings.note(
          "“sources”: “\(later.source.name)” and “\(earlier.source.name)” share files; remove one",
          at: later.place
        )
      }
    }
    if isPath(paths.keys, inside: paths.output) || isPath(paths.outbox, inside: paths.output) {
      root.note(
        "“output”: keys and outbox would lie in it, where everyone can read them; "
          + "write for instance “output: feeds/”",
        at: "output"
      )
    }
  }

  private func overlap(_ left: String, _ right: String) -> Bool {
    isPath(left, inside: right) || isPath(right, inside: left)
  }
}
