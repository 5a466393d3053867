import Model

extension ConfigurationDecoder {
  private static let dkimExample =
    "[{domain: news.example.org, selector: 2026a, key_file: keys/dkim-2026a.pem}]"

  /// The keys that sign, each with a domain and a selector of its own.
  func dkim(_ mail: Section) -> [DKIMKeySettings] {
    let values = mail.list("dkim", example: Self.dkimExample) ?? []
    var seen: Set<String> = []
    return values.enumerated().compactMap { index, value in
      let section = Section(
        value,
        name: "mail.dkim[\(index)]",
        known: ["domain", "selector", "key_file"],
        findings: findings
      )
      guard let key = dkimKey(section) else { return nil }
      if !seen.insert("\(key.selector)._domainkey.\(key.domain)").inserted {
        section.note(
          "the selector “\(key.selector)” is used above; each key needs one of its own",
          at: "selector"
        )
      }
      return key
    }
  }

  private func dkimKey(_ section: Section) -> DKIMKeySettings? {
    let domain = dnsName(section, "domain", example: "news.example.org", isDomainName)
    let selector = dnsName(section, "selector", example: "2026a", isSelector)
    let file = section.requiredText("key_file", example: "keys/dkim-2026a.pem")
    guard let domain, let selector, let file else { return nil }
    return DKIMKeySettings(
      domain: domain,
      selector: selector,
      keyFile: absolutePath(file, in: folder)
    )
  }

  private func dnsName(
    _ section: Section,
    _ key: String,
    example: String,
    _ isValid: (String) -> Bool
  ) -> String? {
    guard section.requiredText(key, example: example) != nil else { return nil }
    return section.parsed(
      key,
      expected: "a name of the DNS (in ASCII, as “xn--…”)",
      example: example
    ) { isValid($0) ? $0.lowercased() : nil }
  }
}

/// Whether a text is a domain that can sign: it has a dot, and only what names of hosts have.
func isDomainName(_ text: String) -> Bool {
  text.contains(".") && isHostName(Substring(text))
}

/// Whether a text can name a key of a domain (RFC 6376 §3.1).
func isSelector(_ text: String) -> Bool {
  text.utf8.count <= 63 && isHostName(Substring(text))
}
