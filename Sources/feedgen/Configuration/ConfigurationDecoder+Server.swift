import Model
import Rendering
import Server

/// How the reader's door is reached.
struct DoorSettings: Sendable {
  /// The address that it listens at.
  var host: String
  var port: Int
  /// Its address for readers, ending in a slash.
  var url: String
  /// Who may say for whom they ask.
  var trustedProxies: [IPNetwork]
}

extension ConfigurationDecoder {
  private static let listenExample = "127.0.0.1:8080"

  /// What is written under `server`; nil where readers are not served.
  func server(_ root: Section) -> DoorSettings? {
    let known = ["listen", "url", "trusted_proxies"]
    guard let section = section("server", of: root, known: known) else { return nil }
    let url = doorURL(section)
    let listen = section.parsed(
      "listen",
      expected: "an address and a port",
      example: Self.listenExample
    ) { text -> (host: String, port: Int)? in
      guard let (host, port) = splitPort(text), let port, port <= 65_535 else { return nil }
      return (host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host, port)
    }
    let proxies = trustedProxies(section)
    guard let url else { return nil }
    return DoorSettings(
      host: listen?.host ?? "127.0.0.1",
      port: listen?.port ?? 8080,
      url: url,
      trustedProxies: proxies
    )
  }

  /// Over https, since mail programs follow no other link to leave (RFC 8058 §3.1).
  ///
  /// On this machine, for a trial, http will do.
  private func doorURL(_ section: Section) -> String? {
    let example = "https://veille.example.org/"
    guard section.requiredText("url", example: example) != nil,
      let address = address(section, "url", example: example)
    else { return nil }
    let isLocal = ["localhost", "127.0.0.1", "[::1]"].contains(address.host)
    guard address.text.hasPrefix("https://") || isLocal, !address.hasQueryOrFragment else {
      section.noteWrong(
        "url",
        expected: "an address that begins with “https://”, without “?” and “#”,",
        example: example
      )
      return nil
    }
    return address.folder
  }

  /// The pages of the door are found before the feeds of a topic that is called like one of them.
  func noteHiddenTopics(_ root: Section, of site: Site?) {
    guard let site, site.serverURL == site.feedsURL else { return }
    for topic in site.topics where DoorPlace.names.contains(topic.slug.text) {
      root.note(
        "the topic “\(topic.slug)” would be hidden by a page of “feedgen serve”; give “server.url” "
          + "another path than “site.feeds_url”, or the topic another slug",
        at: "topics"
      )
    }
  }

  private func trustedProxies(_ section: Section) -> [IPNetwork] {
    let example = "[127.0.0.1]"
    let texts = section.texts("trusted_proxies", example: example) ?? []
    return texts.compactMap { text, place in
      let network = IPNetwork(text)
      if network == nil {
        findings.note(
          "“server.trusted_proxies”: “\(text)” is no IP address or network, such as 10.0.0.0/8",
          at: place
        )
      }
      return network
    }
  }
}
