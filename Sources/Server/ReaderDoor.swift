import Cryptography
import HTTPTypes
import Hummingbird
import Model
import Rendering
import Store

/// The pages where readers subscribe, choose and leave.
struct ReaderDoor: Sendable {
  let settings: ReaderSettings
  let store: StoreQueue
  let rate: RequestRate
  private let stylesheet: [UInt8]

  init(_ settings: ReaderSettings) {
    self.settings = settings
    store = StoreQueue(settings.store, now: settings.actions.now)
    rate = RequestRate(settings.limits)
    stylesheet = settings.renderer.stylesheet()
  }

  var path: String { settings.renderer.path }
  var limits: ReaderSettings.Limits { settings.limits }
  var now: Instant { settings.actions.now() }
  var renderer: DoorRenderer { settings.renderer }

  func response(to visit: Visit, _ route: Route) async throws -> Response {
    switch route {
    case .subscribe: try await subscribe(visit)
    case .confirm(let token): try await confirm(visit, token)
    case .refuse(let token): try await refuse(visit, token)
    case .leave(let token): try await leave(visit, token)
    case .preferences(let token): try await preferences(visit, token)
    case .issue(let token): try await issue(visit, token)
    case .data(let token): try await data(visit, token)
    case .erase(let token): try await erase(visit, token)
    case .move(let token): try await move(visit, token)
    case .arrive(let token): try await arrive(visit, token)
    case .stylesheet: style
    case .health: try await health()
    case .file, .unknown: failure(.notFound, language(visit))
    }
  }

  func client(of request: Request, _ context: ReaderContext) -> IPAddress? {
    context.client(
      forwardedFor: request.headers[.xForwardedFor],
      trusting: settings.trustedProxies
    )
  }

  /// Whether the store answers.
  private func health() async throws -> Response {
    _ = try await store.ask { try $0.subscriber(0) }
    return Response(
      status: .ok,
      headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: "good\n"))
    )
  }

  private var style: Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/css; charset=utf-8", .cacheControl: "public, max-age=900",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: stylesheet))
    )
  }
}

extension ReaderDoor {
  /// The language that a visitor asks for, else the site's.
  func language(_ visit: Visit) -> Language {
    renderer.language(visit.form?.value("lang") ?? visit.query?.value("lang"))
  }

  func failure(_ failure: DoorFailure, _ query: Substring) -> Response {
    self.failure(failure, renderer.language(FormFields(urlEncoded: query.utf8)?.value("lang")))
  }

  func failure(_ failure: DoorFailure, _ language: Language) -> Response {
    page(.failure(failure), language, HTTPResponse.Status(code: failure.rawValue))
  }

  func page(
    _ message: DoorMessage,
    _ language: Language,
    _ status: HTTPResponse.Status = .ok
  ) -> Response {
    html(renderer.page(message, in: language), status)
  }

  func html(_ page: [UInt8], _ status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status,
      headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: page))
    )
  }

  /// A link's token; nil where nobody has signed it for this.
  func token(_ text: String, for purpose: AccessToken.Purpose) -> AccessToken? {
    AccessToken(text, for: purpose, signedWith: settings.tokens, now: now.seconds)
  }

  func link(_ purpose: AccessToken.Purpose, of subscriber: Int64) -> String {
    AccessToken(purpose, subscriber: subscriber).signed(with: settings.tokens)
  }
}
