import Model

func unknownKey(_ name: String?) -> String {
  let known = FrontMatter.Key.allCases.map(\.rawValue)
  guard let name else { return "a key must be a word; known are: \(known.joined(separator: ", "))" }
  let nearest = name.utf8.count > 100 ? nil : nearestName(to: name.lowercased(), among: known)
  if let nearest { return "unknown key “\(name)”; did you mean “\(nearest)”?" }
  return "unknown key “\(name)”; known are: \(known.joined(separator: ", "))"
}

func notADate(_ words: String) -> String {
  "“\(words)” is no date; write 2026-11-20, 2026-11-20 07:30 or 2026-11-20T07:30:00+01:00"
}

func notASlug(_ words: String) -> String {
  let folded = Slug(folding: words).map { ": \($0)" } ?? ""
  return "“\(words)” is no slug; write lower-case letters without accents, digits and hyphens, "
    + "at most \(Slug.longest) in all\(folded)"
}

func notAnID(_ words: String) -> String {
  "“\(words)” is no id; an id is an absolute URI in ASCII, such as "
    + "tag:example.org,2026:articles/minsk"
}

func notAnAddress(_ words: String) -> String {
  "“\(words)” is no address of the web; write it whole, with https:// and, "
    + "for a name beyond ASCII, its xn-- form"
}

func notAURI(_ words: String) -> String {
  "“\(words)” is no absolute URI in ASCII, such as https://example.org/anna"
}

func notALanguage(_ words: String) -> String {
  "“\(words)” is no language tag; write fr, en or pt-BR, for instance"
}

func notAMailAddress(_ words: String) -> String {
  "“\(words)” is no address of mail; write name@example.org"
}

func notAMediaType(_ words: String) -> String {
  "“\(words)” is no media type; write application/pdf or audio/mpeg, for instance"
}

func notALength(_ words: String) -> String {
  "“\(words)” is no length; write the number of bytes, or leave it out"
}
