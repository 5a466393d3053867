import Model

extension ConfigurationDecoder {
  /// The keys of a site that may be left out.
  struct Look {
    var icon: String?
    var logo: String?
    var rights: String?
    var license: String?
    var accent: Accent
    var postalAddress: String?
    var privacyURL: String?
    var legalURL: String?
  }

  func look(_ section: Section) -> Look {
    let base = "https://veille.example.org/"
    return Look(
      icon: address(section, "icon", example: base + "icon.png")?.text,
      logo: address(section, "logo", example: base + "logo.png")?.text,
      rights: section.text("rights", example: "© La rédaction"),
      license: address(
        section,
        "license",
        example: "https://creativecommons.org/licenses/by/4.0/"
      )?.text,
      accent: accent(section),
      postalAddress: section.text(
        "postal_address",
        example: "1 rue de l’Exemple, 75000 Paris"
      ),
      privacyURL: address(section, "privacy_url", example: base + "vie-privee")?.text,
      legalURL: address(section, "legal_url", example: base + "mentions-legales")?.text
    )
  }

  private func accent(_ section: Section) -> Accent {
    guard section.has("accent") else { return .standard }
    switch section.value("accent")?.content {
    case nil:
      section.note(
        "“site.accent” has no value, because “#” begins a comment; put quotes around it, "
          + "for instance “accent: \"#0b5563\"”",
        at: "accent"
      )
      return .standard
    case .mapping:
      return accents(section)
    default:
      let light = colour(section, "accent", on: Accent.lightPaper, example: "#0b5563")
      return light.map { Accent(light: $0) } ?? .standard
    }
  }

  private func accents(_ section: Section) -> Accent {
    guard let pair = self.section("accent", of: section, known: ["light", "dark"]) else {
      return .standard
    }
    for key in ["light", "dark"] where pair.value(key) == nil {
      pair.noteMissing(key, example: key == "light" ? "\"#0f5b63\"" : "\"#84c6ca\"")
    }
    let light = colour(pair, "light", on: Accent.lightPaper, example: "#0f5b63")
    let dark = colour(pair, "dark", on: Accent.darkPaper, example: "#84c6ca")
    guard let light, let dark else { return .standard }
    return Accent(light: light.text, dark: dark.text)
  }

  private func colour(
    _ section: Section,
    _ key: String,
    on paper: String,
    example: String
  ) -> Colour? {
    guard section.value(key) != nil, let paper = Colour(paper),
      let colour = section.parsed(
        key,
        expected: "a colour in six hexadecimal digits",
        example: "\"\(example)\"",
        { Colour($0) }
      )
    else { return nil }
    let contrast = (colour.contrast(with: paper) * 100).rounded(.down) / 100
    guard contrast >= Accent.leastContrast else {
      section.note(
        "“\(section.path(key))”: \(colour.text) has a contrast of \(contrast) on \(paper.text), "
          + "and text needs \(Accent.leastContrast); take a "
          + (key == "dark" ? "lighter one" : "darker one"),
        at: key
      )
      return nil
    }
    return colour
  }
}

extension Site {
  mutating func take(_ look: ConfigurationDecoder.Look) {
    icon = look.icon
    logo = look.logo
    rights = look.rights
    license = look.license
    accent = look.accent
    postalAddress = look.postalAddress
    privacyURL = look.privacyURL
    legalURL = look.legalURL
  }
}
