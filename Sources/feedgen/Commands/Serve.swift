import ArgumentParser
import Foundation
import Glibc
import Logging
import Model
import Pipeline
import Rendering
import Server
import Store
import Synchronization
import Transfer

/// `feedgen serve`: the reader's door.
struct Serve: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answers readers: subscribing, choosing, leaving, and the feeds.",
    discussion: """
      Serves the pages where readers subscribe, choose and leave, and the published files, at \
      server.listen, until it is told to end (SIGTERM). Put it behind a web server that speaks \
      https, and run it as a user of its own. One line a request goes to standard error, without \
      addresses and links.

      Example: feedgen serve --form --set server.url=https://veille.example.org/
      """
  )

  @OptionGroup var options: SiteOptions

  @Flag(help: "Print a form to subscribe with, for a page of another site, and end.")
  var form = false

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    guard let door = configuration.server else { throw ServeRefusal.notConfigured(configuration) }
    if form { return report.print(try SubscribeSnippet(configuration).text + "\n") }
    guard getuid() != 0, geteuid() != 0 else { throw ServeRefusal.root }
    // Every connection is a file, and most open one.
    allowOpenFiles(4096)
    let open = try OpenSite(configuration, asOf: .now)
    let sender = ConfirmationSender(open)
    sender.start()
    defer { sender.stop() }
    let settings = try open.readerSettings(door, send: { sender.wake() })
    try wait { try await ReaderServer(settings, logger: logger).run() }
  }

  private var logger: Logger {
    var logger = Logger(label: "feedgen") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = options.quiet ? .warning : .info
    return logger
  }

  /// Waits on this thread for what runs on others.
  private func wait(for work: @escaping @Sendable () async throws -> Void) throws {
    let done = DispatchSemaphore(value: 0)
    let failure = Mutex<(any Error)?>(nil)
    Task.detached {
      do {
        try await work()
      } catch {
        failure.withLock { $0 = error }
      }
      done.signal()
    }
    done.wait()
    if let error = failure.withLock({ $0 }) { throw ServeRefusal.failed("\(error)") }
  }
}

/// Why readers are not served.
enum ServeRefusal: ExitCoded, CustomStringConvertible {
  case notConfigured(Configuration)
  case root
  case failed(String)

  var exitCode: ExitCode {
    switch self {
    case .notConfigured: .configuration
    case .root: .noPermission
    case .failed: .unavailable
    }
  }

  var description: String {
    switch self {
    case .notConfigured(let configuration):
      "\(configuration.folder)/\(Configuration.fileName): “server” is missing; add for instance "
        + "“server: {listen: 127.0.0.1:8080, url: https://veille.example.org/}”"
    case .root:
      "serve does not run as root: whoever found a fault in it would own the machine; run it as "
        + "the user who owns the site, for instance with “User=” in its systemd unit"
    case .failed(let detail): "readers cannot be served: \(detail)"
    }
  }
}

extension OpenSite {
  /// What the reader's door stands on.
  func readerSettings(
    _ door: DoorSettings,
    send: @escaping @Sendable () -> Void
  ) throws -> ReaderSettings {
    let templates = try configuration.templates()
    let former = try store.feeds().flatMap { feed in
      feed.former.compactMap { former in feed.name.topic.map { (former.slug, $0) } }
    }
    return ReaderSettings(
      host: door.host,
      port: door.port,
      trustedProxies: door.trustedProxies,
      site: site,
      outputPath: configuration.outputPath,
      renamed: Dictionary(former) { first, _ in first },
      store: store,
      tokens: keys.tokens,
      renderer: try DoorRenderer(site: site, templates: templates),
      mail: try site.mail.map { mail in
        try DoorMail(
          site: site,
          mail: mail,
          serverURL: door.url,
          messageKey: keys.message,
          templates: templates
        )
      },
      actions: ReaderSettings.Actions(
        now: { .now },
        address: { EmailAddress(converting: $0) },
        send: send,
        nextLetter: { [site, store] cadence in
          try site.digests.first { $0.schedule.cadence == cadence }.map { digest in
            let slot = try digest.nextSlot(asOf: .now, notBefore: nil, in: site.zone, store)
            return site.zone.civil(slot).date
          }
        },
        issue: { [self] name in try review(of: name) },
        decide: { [store] decision, shown in
          guard let issue = try store.issue(shown.name), issue.key == shown.plan else { return }
          // Where it cannot be any more, the page says how the issue stands.
          do { try store.decide(decision, about: issue, at: .now) } catch is IssueRefusal {}
        },
        latestIssue: { [site, store] in
          try store.webEditionHeads().first
            .map { site.feedsURL + WebEditionPlace.page(of: $0.name) }
        }
      )
    )
  }
}
