package import Model

extension Article {
  /// The file that says all of the article, below any folder.
  ///
  /// One that came from a folder has its own name and text; of any other it is made, in HTML, and
  /// named by the slug, since strangers give it the key.
  package var exportedFile: (path: String, text: String) {
    SourceKind(ofSource: origin.source) == .folder
      ? (origin.key, exportedText) : ("\(slug).html", madeText)
  }

  private var madeText: String {
    let fields: [(String, String?)] = [
      ("id", id), ("title", title), ("summary", summary.nonEmpty), ("url", url), ("image", image),
      ("language", language.tag), ("slug", slug.text),
    ]
    let dates = ["date: \(published.rfc3339)", "updated: \(updated.rfc3339)"]
    let texts = fields.compactMap { key, value in value.map { "\(key): \(quoted($0))" } }
    let lists = [
      ("topics", topics.map(\.text)), ("authors", authors.map(\.name)),
    ].filter { !$0.1.isEmpty }.map { "\($0): [\($1.map(quoted).joined(separator: ", "))]" }
    return (["---"] + texts + dates + lists + ["---", content, ""]).joined(separator: "\n")
  }

  /// The text as read, with the identity and the dates that readers know in its front matter.
  private var exportedText: String {
    let stated = [
      "id: \"\(id)\"", "date: \(published.rfc3339)", "updated: \(updated.rfc3339)",
    ]
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
      return (["---"] + stated + ["---"] + lines).joined(separator: "\n")
    }
    let kept = lines[1..<end].filter { line in
      !["id:", "date:", "updated:"].contains { line.hasPrefix($0) }
    }
    lines.replaceSubrange(1..<end, with: stated + kept)
    return lines.joined(separator: "\n")
  }
}

/// A text in YAML's quotation marks.
private func quoted(_ text: String) -> String {
  let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  return "\"\(escaped.replacing("\n", with: "\\n"))\""
}
