/// Takes out what no reader sees and what hides tags from a scan of them: scripts, styles, comments,
/// drawings.
///
/// The scan that guards the parser stops to believe end tags where those could hide false ones, and
/// so counts some harmless pages as far too deep. Without them it counts what there is.
@safe
struct BareHTML {
  private var scan: HTMLScan
  private var output: [UInt8] = []

  private init(_ html: UnsafeBufferPointer<UInt8>) {
    scan = unsafe HTMLScan(html)
  }

  static func html(of html: String) -> String {
    var html = html
    return html.withUTF8 { bytes in
      var bare = unsafe BareHTML(bytes)
      bare.run()
      return String(decoding: bare.output, as: UTF8.self)
    }
  }

  private mutating func run() {
    while let byte = scan.byte(at: scan.position) {
      if byte == UInt8(ascii: "<"), skipHidden() { continue }
      output.append(byte)
      scan.position += 1
    }
  }

  /// Skips what begins here, if it is to go and if it ends.
  private mutating func skipHidden() -> Bool {
    if scan.starts(with: "<!--") { return scan.skip(past: "-->") }
    guard let end = BareHTML.hidden[name], !isLinkedData else { return false }
    return scan.skip(past: end)
  }

  /// The name of the tag here, as far as it can be one of those that are looked for.
  private var name: TagName {
    var name = TagName()
    for offset in 1...10 {
      guard let byte = scan.byte(at: scan.position + offset), isASCIILetter(byte) else { break }
      name.append(lowercased(byte))
    }
    return name
  }

  /// Whether the tag here is that of a script which is no program.
  private var isLinkedData: Bool {
    let tag = unsafe scan.html[scan.position...].prefix(200).prefix { $0 != UInt8(ascii: ">") }
    return unsafe String(decoding: tag, as: UTF8.self).contains("ld+json")
  }

  private static let hidden: [TagName: String] = [
    "script": "</script>", "style": "</style>", "svg": "</svg>", "math": "</math>",
    "noscript": "</noscript>", "template": "</template>",
  ]
}
