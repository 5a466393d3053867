internal import CIDN2
package import Model

/// A domain as the DNS writes it: lower case, other scripts as A-labels (UTS 46, non-transitional).
///
/// Nil where it has no such form. The locale plays no part: under cron it is C, and what depends
/// on it (libcurl's own conversion, for one) then leaves such domains as they are.
package func asciiDomain(_ domain: String) -> String? {
  guard !domain.utf8.contains(0) else { return nil }
  // Plain names need no table, and some that are in use break its rules: `r3---sn.example`.
  if domain.utf8.allSatisfy({ $0 < 0x80 }), !domain.lowercased().contains("xn--") {
    return domain.lowercased()
  }
  return withLookup(of: domain)
}

private func withLookup(of domain: String) -> String? {
  var output: UnsafeMutablePointer<UInt8>?
  let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
  let code = unsafe domain.withCString { text in
    unsafe text.withMemoryRebound(to: UInt8.self, capacity: domain.utf8.count + 1) {
      unsafe idn2_lookup_u8($0, &output, flags)
    }
  }
  guard code == IDN2_OK.rawValue, let found = unsafe output else { return nil }
  defer { unsafe idn2_free(found) }
  return unsafe String(cString: found).lowercased()
}

extension EmailAddress {
  /// Reads `name@domain`, with a domain in any script; nil where it is no address.
  package init?(converting text: String) {
    guard let at = text.lastIndex(of: "@"),
      let domain = asciiDomain(String(text[text.index(after: at)...]))
    else { return nil }
    self.init(localPart: String(text[..<at]), domain: domain)
  }
}
