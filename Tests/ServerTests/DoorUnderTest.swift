import Cryptography
import HTTPTypes
import Hummingbird
import Logging
import Model
import Rendering
import SQLiteStore
import Store
import Synchronization
import TestSupport

@testable import Server

/// A reader's door for one test, asked without a network.
final class DoorUnderTest: Sendable {
  struct Answer {
    var status: Int
    var headers: HTTPFields
    var body: String
  }

  /// What is behind the door, to be looked at and moved.
  final class Behind: Sendable {
    struct State {
      var now = Instant("2026-11-20T08:00:00Z", in: .utc)!
      var sends = 0
      var lines: [String] = []
      var issues: [IssueName: IssueReview] = [:]
      var decided: [(IssueDecision, IssueName)] = []
    }

    let state = Mutex(State())
  }

  let folder = TemporaryFolder()
  let store: any SiteStore
  private let behind: Behind
  let tokens = TokenKeys([1: [UInt8](repeating: 7, count: 32)])
  let responder: ReaderResponder

  init(
    configure: (inout ReaderSettings) -> Void = { _ in }
  ) throws {
    let store = try SQLiteSiteStore(path: folder.file("feedgen.db"), siteID: site.id) {
      Array($0.identity.utf8)
    }
    self.store = store
    try store.setTopics(site.topics, asOf: Instant(seconds: 0))
    let templates = try Templates()
    let behind = Behind()
    self.behind = behind
    var settings = ReaderSettings(
      host: "127.0.0.1",
      port: 0,
      site: site,
      outputPath: folder.path,
      store: store,
      tokens: tokens,
      renderer: try DoorRenderer(site: site, templates: templates),
      mail: try DoorMail(
        site: site,
        mail: site.mail!,
        serverURL: site.serverURL!,
        messageKey: [1],
        templates: templates
      ),
      actions: ReaderSettings.Actions(
        now: { behind.state.withLock { $0.now } },
        address: { EmailAddress($0) },
        send: { behind.state.withLock { $0.sends += 1 } },
        nextLetter: { _ in CivilDate("2026-11-23") },
        issue: { name in behind.state.withLock { $0.issues[name] } },
        decide: { decision, review in
          behind.state.withLock { $0.decided.append((decision, review.name)) }
        },
        latestIssue: { "https://veille.example.org/feeds/digests/latest.html" }
      )
    )
    configure(&settings)
    var logger = Logger(label: "test") { _ in
      LineHandler { line in behind.state.withLock { $0.lines.append(line) } }
    }
    logger.logLevel = .info
    responder = ReaderResponder(settings, logger: logger)
  }

  var now: Instant {
    get { behind.state.withLock { $0.now } }
    set { behind.state.withLock { $0.now = newValue } }
  }

  var issues: [IssueName: IssueReview] {
    get { behind.state.withLock { $0.issues } }
    set { behind.state.withLock { $0.issues = newValue } }
  }

  /// What was decided about issues.
  var decided: [(IssueDecision, IssueName)] { behind.state.withLock { $0.decided } }

  /// How often the sender was told that a message waits.
  var sends: Int { behind.state.withLock { $0.sends } }

  var lines: [String] { behind.state.withLock { $0.lines } }

  /// Sends a request; a body is a form's unless it says what else.
  func ask(
    _ method: HTTPRequest.Method,
    _ path: String,
    _ body: String? = nil,
    headers: HTTPFields = [:],
    from peer: String = "192.0.2.1"
  ) async throws -> Answer {
    var headers = headers
    if body != nil, headers[.contentType] == nil {
      headers[.contentType] = "application/x-www-form-urlencoded"
    }
    let head = HTTPRequest(
      method: method,
      scheme: "http",
      authority: "veille.example.org",
      path: path,
      headerFields: headers
    )
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
    let context = ReaderContext(peer: IPAddress(peer))
    let response = try await responder.respond(to: request, context: context)
    return Answer(
      status: response.status.code,
      headers: response.headers,
      body: try await text(of: response.body)
    )
  }

  /// Subscribes an address without further ado.
  func subscribe(_ text: String, topics: [String] = ["bielorussie"]) throws -> Int64 {
    let subscriber = Subscriber(
      address: EmailAddress(text)!,
      language: .french,
      topics: topics.map { Slug($0)! }
    )
    let consent = Consent(given: Instant(seconds: 1), source: "test")
    _ = try store.put(
      [SubscriberChange(subscriber: subscriber, standing: .active(consent))],
      asOf: Instant(seconds: 1)
    )
    return try store.subscriber(subscriber.address)!.key
  }

  func token(
    _ purpose: AccessToken.Purpose,
    _ subscriber: Int64,
    topic: String? = nil
  ) -> String {
    AccessToken(purpose, subscriber: subscriber, scope: topic).signed(with: tokens)
  }

  /// A message that waits to be sent.
  struct Letter {
    var recipient: EmailAddress
    /// Without the line breaks of quoted-printable.
    var text: String

    /// The path of its link to a page.
    func path(_ place: String) -> String? {
      guard let start = text.firstRange(of: "org/\(place)/")?.lowerBound else { return nil }
      return String(Substring(text.utf8[start...].dropFirst(3).prefix(while: isOfPath)))
    }
  }

  /// The next message that waits; it then counts as sent.
  func takeLetter() throws -> Letter? {
    let claimant = Claimant(run: "test", asOf: now, now: now, takesConfirmationsOnly: true)
    guard let claim = try store.exchange(settled: [], wanting: 1, by: claimant).first,
      case .message(let bytes) = claim.content
    else { return nil }
    let reply = SMTPReply(code: 250, text: "2.0.0 taken")
    let settlement = Settlement(delivery: claim.delivery, outcome: .accepted(reply))
    _ = try store.exchange(settled: [settlement], wanting: 0, by: claimant)
    let text = String(decoding: bytes, as: UTF8.self).replacing("=\r\n", with: "")
    return Letter(recipient: claim.recipient.address, text: text.replacing("=3D", with: "="))
  }

  private func text(of body: ResponseBody) async throws -> String {
    let bytes = Mutex<[UInt8]>([])
    try await body.write(Collector { piece in bytes.withLock { $0 += piece } })
    return String(decoding: bytes.withLock { $0 }, as: UTF8.self)
  }
}

/// Whether a byte belongs to a path, and not to what stands around it.
private func isOfPath(_ byte: UInt8) -> Bool { byte > 0x20 && byte != UInt8(ascii: ">") }

/// Takes a response's body.
private struct Collector: ResponseBodyWriter {
  let take: @Sendable ([UInt8]) -> Void

  mutating func write(_ buffer: ByteBuffer) async throws {
    take(Array(buffer.readableBytesView))
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// Keeps what is logged.
private struct LineHandler: LogHandler {
  var metadata = Logger.Metadata()
  var logLevel = Logger.Level.info
  let take: @Sendable (String) -> Void

  init(_ take: @escaping @Sendable (String) -> Void) { self.take = take }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { take("\(event.message)") }
}

let site: Site = {
  var site = Site(
    title: "Veille géopolitique",
    url: "https://veille.example.org/",
    feedsURL: "https://veille.example.org/feeds/",
    language: .french,
    zone: .utc,
    author: Person(name: "La rédaction"),
    id: "tag:veille.example.org,2026:",
    postalAddress: "1 rue de l’Exemple, 75000 Paris",
    topics: [
      Topic(slug: Slug("amerique-latine")!, title: "Amérique latine", description: "Essai"),
      Topic(slug: Slug("bielorussie")!, title: "Biélorussie"),
    ],
    digests: [
      DigestSettings(
        name: "weekly",
        schedule: .weekly(on: .monday, at: CivilTime(hour: 8, minute: 0)!)
      ),
      DigestSettings(name: "daily", schedule: .daily(at: CivilTime(hour: 8, minute: 0)!)),
    ],
    mail: MailSettings(
      from: Mailbox(name: "Veille", address: EmailAddress("lettre@news.example.org")!)
    )
  )
  site.serverURL = "https://veille.example.org/"
  return site
}()
