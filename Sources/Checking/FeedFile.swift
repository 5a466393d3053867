import Model

/// A file that is a feed document.
struct FeedFile {
  let path: String
  let place: FeedPlace

  init?(_ path: String) {
    guard let place = FeedPlace(path) else { return nil }
    self.path = path
    self.place = place
  }
}

extension [FeedFile] {
  /// The files of each part of a feed, the newest part first; those of a part by their formats.
  var parts: [[FeedFile]] {
    Dictionary(grouping: self, by: \.place.part).sorted { isNewer($0.key, $1.key) }
      .map { part in part.value.sorted { order(of: $0) < order(of: $1) } }
  }
}

private func isNewer(_ part: FeedPart, _ other: FeedPart) -> Bool {
  switch (part, other) {
  case (.subscription, _): other != .subscription
  case (.archive, .subscription): false
  case (.archive(let block), .archive(let otherBlock)): block > otherBlock
  }
}

private func order(of file: FeedFile) -> Int {
  FeedFormat.allCases.firstIndex(of: file.place.format) ?? 0
}
