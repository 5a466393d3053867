/// A post's content as WordPress stores it, made into HTML that needs no WordPress.
///
/// Shortcodes of WordPress itself become the elements that they stand for, or a link; those of
/// plugins go, and what is between their tags stays. An address alone on a line becomes a link.
/// In posts of the classic editor empty lines end paragraphs.
struct WordPressContent {
  /// Not sanitised.
  private(set) var html = ""
  /// Shortcodes that mean nothing here.
  private(set) var dropped = 0

  private let images: (Int) -> String?
  private var output: [UInt8] = []
  /// The shortcodes that are open, and where their contents begin in the output.
  private var open: [(tag: ShortcodeTags.Tag, start: Int)] = []

  /// Shortcodes deeper in others are left out, and what is between their tags stays.
  private static let deepest = 20

  /// - Parameters:
  ///   - text: as it is stored.
  ///   - images: the address of the picture with this number, for galleries.
  init(_ text: String, images: @escaping (Int) -> String?) {
    self.images = images
    let bytes = Array(text.utf8)
    let isBlocks = bytes.end(of: "<!-- wp:") != nil
    replaceShortcodes(in: PostMarkup(bytes))
    let linked = linkingBareAddresses(in: output)
    let paragraphs = isBlocks ? linked : ClassicParagraphs(of: linked).html
    html = String(decoding: paragraphs, as: UTF8.self)
  }

  private mutating func replaceShortcodes(in post: PostMarkup) {
    guard post.bytes.contains(UInt8(ascii: "[")) else { return output = post.bytes }
    output.reserveCapacity(post.bytes.count)
    var place = 0
    for tag in ShortcodeTags(in: post).all {
      output += post.bytes[place..<tag.range.lowerBound]
      replace(tag, in: post.bytes)
      place = tag.range.upperBound
    }
    output += post.bytes[place...]
  }

  private mutating func replace(_ tag: ShortcodeTags.Tag, in bytes: [UInt8]) {
    switch tag.kind {
    case .quoted: output += bytes[tag.range.dropFirst().dropLast()]
    case .start(hasEnd: true): open.append((tag, output.count))
    case .start(hasEnd: false): replaceAlone(tag, in: bytes)
    case .end: replaceOpen(in: bytes)
    }
  }

  /// People write words in brackets, `[sic]`, `[note 3]`; those stay.
  private mutating func replaceAlone(_ tag: ShortcodeTags.Tag, in bytes: [UInt8]) {
    if WordPressContent.known.contains(tag.name) {
      output += html(of: Shortcode(name: tag.name, attributes: bytes[tag.attributes])).utf8
    } else if hasNamedValue(bytes[tag.attributes]) {
      dropped += 1
    } else {
      output += bytes[tag.range]
    }
  }

  private mutating func replaceOpen(in bytes: [UInt8]) {
    guard let (tag, start) = open.popLast() else { return }
    guard WordPressContent.known.contains(tag.name), open.count < WordPressContent.deepest else {
      dropped += 1
      return
    }
    var shortcode = Shortcode(name: tag.name, attributes: bytes[tag.attributes])
    shortcode.content = Array(output[start...].trimmingSpaces)
    output.removeSubrange(start...)
    output += html(of: shortcode).utf8
  }
}

extension WordPressContent {
  /// Those of WordPress itself, now or once.
  private static let known: Set<String> = [
    "audio", "caption", "dailymotion", "embed", "gallery", "instagram", "soundcloud", "tweet",
    "twitter", "video", "vimeo", "wp_caption", "youtube",
  ]

  private mutating func html(of shortcode: Shortcode) -> String {
    switch shortcode.name {
    case "caption", "wp_caption": caption(shortcode)
    case "gallery": gallery(shortcode)
    case "audio", "video": media(shortcode)
    default: link(shortcode)
    }
  }

  private func caption(_ shortcode: Shortcode) -> String {
    let content = shortcode.content ?? []
    let end = endOfPicture(content) ?? 0
    let words =
      shortcode.attributes["caption"]
      ?? String(decoding: content[end...].trimmingSpaces, as: UTF8.self)
    let picture = String(decoding: content[..<end], as: UTF8.self)
    let caption = words.isEmpty ? "" : "<figcaption>\(words)</figcaption>"
    return "\n\n<figure>\(picture)\(caption)</figure>\n\n"
  }

  private mutating func gallery(_ shortcode: Shortcode) -> String {
    let numbers = (shortcode.attributes["ids"] ?? shortcode.attributes["include"] ?? "")
      .split(separator: ",").compactMap { Int($0.trimmingSpaces) }
    let pictures = numbers.compactMap(images).map { "<img src=\"\(escapedText($0))\" alt=\"\">" }
    if pictures.isEmpty { dropped += 1 }
    return pictures.isEmpty ? "" : "\n\n<figure>\(pictures.joined())</figure>\n\n"
  }

  private mutating func media(_ shortcode: Shortcode) -> String {
    let element = shortcode.name
    guard let address = shortcode.address else { return link(shortcode) }
    let poster = shortcode.attributes["poster"].map { " poster=\"\(escapedText($0))\"" } ?? ""
    return "\n\n<\(element) controls src=\"\(escapedText(address))\"\(poster)></\(element)>\n\n"
  }

  private mutating func link(_ shortcode: Shortcode) -> String {
    guard let address = shortcode.address else {
      dropped += 1
      return ""
    }
    return "\n\n<p>\(linkHTML(address))</p>\n\n"
  }
}

/// Where the picture at the start of a caption ends, with the link around it.
private func endOfPicture(_ content: [UInt8]) -> Int? {
  guard let image = content.end(of: "<img"), let end = content.end(of: ">", from: image)
  else { return nil }
  let isLinked = content.end(of: "<a ").map { $0 < image } ?? false
  return isLinked ? content.end(of: "</a>", from: end) ?? end : end
}

/// Whether there is a `name=value` in a tag.
private func hasNamedValue(_ attributes: ArraySlice<UInt8>) -> Bool {
  attributes.indices.dropFirst().dropLast().contains { place in
    attributes[place] == UInt8(ascii: "=") && isShortcodeName(attributes[place - 1])
      && !isSpace(attributes[place + 1])
  }
}

func linkHTML(_ address: String) -> String {
  let text = escapedText(address)
  return "<a href=\"\(text)\">\(text)</a>"
}
