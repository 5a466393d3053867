import Model

/// Makes a configuration from the values of a file.
///
/// Every part is read although another is wrong, so that all errors are known at once.
struct ConfigurationDecoder {
  let folder: String
  let findings: Findings
  let today: CivilDate

  /// Nil where something was found.
  func configuration(_ value: YAMLValue) -> Configuration? {
    let root = Section(
      value,
      name: "",
      known: [
        "site", "topics", "sources", "store", "output", "feeds", "digests", "mail", "notify",
        "server", "fetch",
      ],
      findings: findings
    )
    let topics = topics(root)
    let feeds = feeds(root)
    let digests = digests(root)
    let mail = mail(root)
    var site = site(root)
    site?.topics = topics
    site?.feeds = feeds
    site?.digests = digests
    site?.mail = mail?.settings
    site?.notify = notify(root)
    let server = server(root)
    site?.serverURL = server?.url
    noteHiddenTopics(root, of: site)
    let paths = paths(root, outbox: mail?.outbox, topics: topics)
    let allowedHosts = allowedHosts(root)
    guard findings.isEmpty, let site, let paths else { return nil }
    return Configuration(
      site: site,
      folder: folder,
      sources: paths.sources.map(\.source),
      allowedHosts: allowedHosts,
      storePath: paths.store,
      outputPath: paths.output,
      outboxPath: paths.outbox,
      relay: mail?.relay,
      returnedMail: mail?.returnedMail,
      server: server,
      keysFolder: paths.keys
    )
  }

  /// A group of keys inside another; nil where it is not written.
  func section(_ key: String, of parent: Section, known: [String], later: [String] = [])
    -> Section?
  {
    parent.value(key).map {
      Section($0, name: parent.path(key), known: known, later: later, findings: findings)
    }
  }
}
