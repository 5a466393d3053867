extension MIMEMessage {
  /// The fields without which a digest should not go out, each once.
  private static let needed = [
    "Date", "From", "To", "Subject", "Message-ID", "List-Id", "Auto-Submitted", "MIME-Version",
    "Content-Type",
  ]
  /// The fields that may come once at most (RFC 5322 §3.6, RFC 2369 §2, RFC 8058 §3.1).
  private static let single =
    needed + [
      "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Help", "List-Owner",
      "List-Archive", "List-Post", "Feedback-ID",
    ]

  var headerFindings: [LintFinding] {
    missingFields + repeatedFields + leavingFindings
  }

  private var missingFields: [LintFinding] {
    Self.needed.filter { (self[$0] ?? "").isEmpty }
      .map { LintFinding(.error, .headers, "\($0) is missing") }
  }

  private var repeatedFields: [LintFinding] {
    Self.single.filter { name in
      fields.count { $0.name.lowercased() == name.lowercased() } > 1
    }.map { LintFinding(.error, .headers, "\($0) is there twice") }
  }

  private var leavingFindings: [LintFinding] {
    guard let ways = self["List-Unsubscribe"] else {
      return [
        LintFinding(.error, .headers, "List-Unsubscribe is missing; set mail.unsubscribe_mailto")
      ]
    }
    guard let post = self["List-Unsubscribe-Post"] else { return [] }
    guard ways.contains("<https://"), post == "List-Unsubscribe=One-Click" else {
      return [
        LintFinding(.error, .headers, "List-Unsubscribe-Post needs an https address (RFC 8058)")
      ]
    }
    return []
  }

  /// RFC 5322 §2.1.1 has both limits.
  var lineFindings: [LintFinding] {
    let lengths = lines.map(\.count)
    var findings: [LintFinding] = []
    if !hasCleanLineEnds {
      findings.append(LintFinding(.error, .lines, "a line does not end in CRLF"))
    }
    if let line = lengths.firstIndex(where: { $0 > 998 }) {
      findings.append(
        LintFinding(.error, .lines, "line \(line + 1) has \(lengths[line]) bytes; 998 may be")
      )
    } else if let line = lines.firstIndex(where: { $0.count > 78 && isFoldable($0) }) {
      findings.append(
        LintFinding(.warning, .lines, "line \(line + 1) has \(lengths[line]) bytes; 78 should be")
      )
    }
    if let line = lines.dropFirst(headerLength).firstIndex(where: { !$0.allSatisfy { $0 < 0x80 } })
    {
      findings.append(LintFinding(.error, .lines, "line \(line + 1) is not ASCII"))
    }
    return findings
  }

  /// Whether a line could be broken at a space; an address alone cannot.
  private func isFoldable(_ line: ArraySlice<UInt8>) -> Bool {
    line.split(separator: 0x20).count > 2
  }

  var structureFindings: [LintFinding] {
    var findings: [LintFinding] = []
    if self["Content-Type"]?.lowercased().hasPrefix("multipart/alternative;") != true {
      findings.append(LintFinding(.error, .structure, "it must be multipart/alternative"))
    }
    // The last alternative is the best one (RFC 2046 §5.1.4).
    if parts.last.map({ isHTML($0) }) != true {
      findings.append(LintFinding(.error, .structure, "the HTML part must come last"))
    }
    return findings
  }

  private func isHTML(_ part: Part) -> Bool {
    part.fields.contains { $0.value.lowercased().hasPrefix("text/html") }
  }
}

extension MIMEMessage.Part {
  /// Lines of the text part that are too wide; an address is never cut.
  var widthFindings: [LintFinding] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let wide = lines.firstIndex { line in
      line.count > Wrapping.width && !line.contains("://") && !line.contains("@")
    }
    guard let wide else { return [] }
    return [
      LintFinding(
        .warning,
        .lines,
        "line \(wide + 1) of the text has \(lines[wide].count) columns; "
          + "\(Wrapping.width) should be"
      )
    ]
  }
}
