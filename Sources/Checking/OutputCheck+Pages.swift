import Markup
import Model

extension OutputCheck {
  func checkFeedList(_ path: String) throws {
    guard let bytes = try folder.contents(path) else { return }
    let list = readXML(bytes, path) { tree, grammars in
      (finding(grammars.opml.violations(in: tree), in: path), tree.root)
    }
    let outlines =
      list?.first("body", in: XMLNamespace.none)?.all("outline", in: XMLNamespace.none) ?? []
    for outline in outlines {
      for address in [outline["xmlUrl"], outline["htmlUrl"]].compactMap({ $0 }) {
        guard let target = missingTarget(of: address) else { continue }
        let name = outline["text"] ?? ""
        findings.append(
          Finding(
            severity: .error,
            path: path,
            line: outline.line,
            message: "“\(name)” leads to \(target), which is not there"
          )
        )
      }
    }
  }

  func checkPage(_ path: String) throws {
    guard let bytes = try folder.contents(path) else { return }
    let html = String(decoding: bytes, as: UTF8.self)
    do {
      let links = try linkedAddresses(inPage: html, at: site.feedsURL + path)
      for target in Set(links.compactMap(missingTarget)).sorted() {
        report("leads to \(target), which is not there", path)
      }
    } catch {
      report("cannot be read as a page: \(error)", path)
    }
  }

  private func report(_ message: String, _ path: String) {
    findings.append(Finding(severity: .error, path: path, message: message))
  }

  /// The file of the output folder that an address means, where it is not there.
  private func missingTarget(of address: String) -> String? {
    guard address.hasPrefix(site.feedsURL) else { return nil }
    let rest = address.dropFirst(site.feedsURL.count).prefix { $0 != "?" && $0 != "#" }
    let target = rest.isEmpty || rest.hasSuffix("/") ? rest + "index.html" : String(rest)
    // What is encoded is not ours: our names are plain ASCII.
    return target.contains("%") || folder.isThere(target) ? nil : target
  }
}
