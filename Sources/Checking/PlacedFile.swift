import Model

/// A file that is a feed document.
struct PlacedFile {
  let path: String
  let place: FeedPlace

  init?(_ path: String) {
    guard let place = FeedPlace(path) else { return nil }
    self.path = path
    self.place = place
  }

  /// Where its format stands among all.
  var order: Int { FeedFormat.allCases.firstIndex(of: place.format) ?? 0 }
}

/// The newest part first.
func isBefore(
  _ left: (key: FeedPart, value: [PlacedFile]),
  _ right: (key: FeedPart, value: [PlacedFile])
) -> Bool {
  switch (left.key, right.key) {
  case (.subscription, _): right.key != .subscription
  case (.archive, .subscription): false
  case (.archive(let left), .archive(let right)): left > right
  }
}
