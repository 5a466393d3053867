package import Model

extension Article {
  /// The text as read, with the identity and the dates that readers know in its front matter.
  package var exportedText: String {
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
