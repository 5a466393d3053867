/// An address that mail can be sent to (RFC 5321's Mailbox, without quoted local parts).
///
/// The domain is ASCII: names in other scripts are converted to A-labels at the doors. Nothing in
/// it can end a header line or an SMTP command.
package struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
  package let localPart: String
  /// Lower case, A-labels only.
  package let domain: String

  /// Takes a local part and an ASCII domain; nil where either breaks RFC 5321 §4.1.2 or §4.5.3.1.
  package init?(localPart: String, domain: String) {
    let domain = domain.lowercased()
    guard isDotAtom(localPart), localPart.utf8.count <= 64, isDomain(domain),
      localPart.utf8.count + domain.utf8.count < 254
    else { return nil }
    self.localPart = localPart
    self.domain = domain
  }

  /// Reads `name@domain`; nil where it is none, or its domain is not ASCII.
  package init?(_ text: String) {
    guard let at = text.lastIndex(of: "@") else { return nil }
    self.init(localPart: String(text[..<at]), domain: String(text[text.index(after: at)...]))
  }

  package var description: String { "\(localPart)@\(domain)" }

  /// What makes two addresses the same: letters compared without case.
  package var identity: String { "\(foldASCII(localPart))@\(domain)" }

  /// Whether sending to it needs SMTPUTF8 (RFC 6531).
  package var needsSMTPUTF8: Bool { !localPart.utf8.allSatisfy { $0 < 0x80 } }

  /// The address for logs and reports: `c…@example.org`.
  package var masked: String { "\(localPart.prefix(1))…@\(domain)" }
}

/// An address with the name of who reads there.
package struct Mailbox: Hashable, Sendable {
  package var name: String?
  package var address: EmailAddress

  package init(name: String? = nil, address: EmailAddress) {
    self.name = name
    self.address = address
  }
}

private func isDotAtom(_ text: String) -> Bool {
  let atoms = text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
  return atoms.allSatisfy { atom in !atom.isEmpty && atom.allSatisfy(isAtomText) }
}

private func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "a"..."z", "A"..."Z", "0"..."9": true
  case "!", "#", "$", "%", "&", "'", "*", "+", "-", "/", "=", "?", "^", "_", "`", "{", "|", "}",
    "~":
    true
  default:
    // RFC 6531 adds what is not ASCII; invisible and control characters stay out.
    !scalar.isASCII && !scalar.properties.isWhitespace
      && ![.control, .format, .surrogate, .unassigned, .privateUse, .lineSeparator]
        .contains(scalar.properties.generalCategory)
  }
}

private func isDomain(_ text: String) -> Bool {
  let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return text.utf8.count <= 253
    && labels.allSatisfy { label in
      (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
        && label.last != UInt8(ascii: "-")
        && label.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}

private func foldASCII(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar in
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
      }
    )
  )
}
