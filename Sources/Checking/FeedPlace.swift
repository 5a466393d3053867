import Model

/// What a path below the output folder says of the feed document that lies there.
struct FeedPlace: Equatable {
  /// The name of the topic's folder; empty for the site's feed.
  var folder: Substring
  var part: FeedPart
  var format: FeedFormat

  /// Reads `bielorussie/archive/3.atom.xml`; nil for a path of anything else.
  init?(_ path: String) {
    var folders = path.split(separator: "/")
    guard let name = folders.popLast() else { return nil }
    for format in FeedFormat.allCases {
      if name == format.fileName, folders.count < 2 {
        self.init(folder: folders.first ?? "", part: .subscription, format: format)
        return
      }
      guard name.hasSuffix(".\(format.fileName)"), folders.last == "archive", folders.count < 3,
        let part = FeedPart(archive: name.dropLast(format.fileName.utf8.count + 1))
      else { continue }
      self.init(folder: folders.count == 2 ? folders[0] : "", part: part, format: format)
      return
    }
    return nil
  }

  private init(folder: Substring, part: FeedPart, format: FeedFormat) {
    self.folder = folder
    self.part = part
    self.format = format
  }
}

extension FeedPart {
  /// The part that `FeedName.path` gives this name.
  fileprivate init?(archive name: Substring) {
    if name.hasPrefix("before-"), let number = Int(name.dropFirst(7)), number > 0 {
      self = .archive(-number)
    } else if let number = Int(name), number > 0 {
      self = .archive(number - 1)
    } else {
      return nil
    }
  }
}
