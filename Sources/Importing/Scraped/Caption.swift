/// The words under a picture, which a scraper puts on a line of their own: `Photo Border market`.
struct Caption {
  /// Whether a colon follows the label, which no title has.
  let isLabelled: Bool

  private static let labels: Set = [
    "photo", "photos", "photographie", "photograph", "image", "images", "illustration", "crédit",
    "crédits", "credit", "credits", "légende", "caption", "picture", "©",
  ]

  init?(_ line: PageLine) {
    guard line.text.utf8.count <= 400 else { return nil }
    let words = line.text.lowercased().unicodeScalars
    let label = words.prefix { $0.properties.isAlphabetic || $0 == "©" }
    guard Caption.labels.contains(String(label)) else { return nil }
    let next = words[label.endIndex...].first { !$0.properties.isWhitespace }
    isLabelled = next == ":" || next == "©" || label.first == "©"
    guard isLabelled || line.looksLikeHeading else { return nil }
  }
}
