import Hummingbird
import HTTPTypes
import Logging
import Model
import Rendering

/// Answers requests: finds out what each is for, and puts the same headers on every response.
struct ReaderResponder: HTTPResponder {
  typealias Context = ReaderContext

  private let door: ReaderDoor
  private let files: FeedFiles
  private let feedsPath: String
  private let logger: Logger

  init(_ settings: ReaderSettings, logger: Logger) {
    door = ReaderDoor(settings)
    files = FeedFiles(
      folder: settings.outputPath,
      site: settings.site,
      renamed: settings.renamed
    )
    feedsPath = ServedPath(of: settings.site.feedsURL).path
    self.logger = logger
  }

  func respond(to request: Request, context: ReaderContext) async throws -> Response {
    let start = ContinuousClock.now
    let target = (request.head.path ?? "/")[...]
    let path = target.prefix { $0 != "?" }
    let query = target.dropFirst(path.count + 1)
    let route = Route(path, door: door.path, feeds: feedsPath)
    var response = await answer(request, route, query, context)
    response.harden(isPersonal: route.isPersonal)
    log(request, route, response, since: start)
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func answer(
    _ request: Request,
    _ route: Route,
    _ query: Substring,
    _ context: ReaderContext
  ) async -> Response {
    guard route.allows(request.method) else { return refusal(request, route, query) }
    do {
      if case .file(let path) = route {
        return try files.response(to: request, path) ?? door.failure(.notFound, query)
      }
      var visit = Visit(
        method: request.method,
        query: FormFields(urlEncoded: query.utf8),
        client: door.client(of: request, context)
      )
      if request.method == .post {
        switch await form(request) {
        case .success(let form): visit.form = form
        case .failure(let failure): return door.failure(failure.reason, query)
        }
      }
      return try await door.response(to: visit, route)
    } catch {
      logger.error("\(route.logged): \(error)")
      return door.failure(.busy, query)
    }
  }

  /// For a method that the route does not know; to be asked which it knows is allowed.
  private func refusal(_ request: Request, _ route: Route, _ query: Substring) -> Response {
    if route == .unknown { return door.failure(.notFound, query) }
    var response =
      request.method == .options
      ? Response(status: .noContent) : door.failure(.wrongMethod, query)
    response.headers[.allow] = route.methods.map(\.rawValue).joined(separator: ", ")
    return response
  }

  /// The fields of a form that is not too large.
  private func form(_ request: Request) async -> Result<FormFields, RefusedForm> {
    var body: [UInt8] = []
    do {
      for try await piece in request.body {
        guard body.count + piece.readableBytes <= door.limits.bodyBytes
        else { return .failure(RefusedForm(reason: .tooLarge)) }
        body.append(contentsOf: piece.readableBytesView)
      }
    } catch {
      return .failure(RefusedForm(reason: .tooSlow))
    }
    let form = FormFields(body, contentType: request.headers[.contentType])
    return form.map { .success($0) } ?? .failure(RefusedForm(reason: .wrongType))
  }

  /// One line, without addresses and tokens.
  private func log(
    _ request: Request,
    _ route: Route,
    _ response: Response,
    since start: ContinuousClock.Instant
  ) {
    let time = (ContinuousClock.now - start).components
    let milliseconds = time.seconds * 1000 + time.attoseconds / 1_000_000_000_000_000
    let method = Route.known.contains(request.method) ? request.method.rawValue : "other"
    logger.info("\(method) \(route.logged) \(response.status.code) \(milliseconds) ms")
  }
}

/// A form that is not read.
private struct RefusedForm: Error {
  var reason: DoorFailure
}

extension Route {
  fileprivate static let known: [HTTPRequest.Method] = [
    .get, .head, .post, .options, .put, .delete, .patch,
  ]

  fileprivate var methods: [HTTPRequest.Method] {
    isPersonal ? [.get, .head, .post] : [.get, .head]
  }

  fileprivate func allows(_ method: HTTPRequest.Method) -> Bool {
    self == .unknown ? [.get, .head].contains(method) : methods.contains(method)
  }
}

extension Response {
  /// The headers that every response has, unless it has a value of its own.
  fileprivate mutating func harden(isPersonal: Bool) {
    func set(_ name: HTTPField.Name, _ value: String) {
      if headers[name] == nil { headers[name] = value }
    }
    set(.contentSecurityPolicy, doorPolicy)
    set(.xContentTypeOptions, "nosniff")
    set(.referrerPolicy, "no-referrer")
    set(.crossOriginResourcePolicy, "same-origin")
    set(.cacheControl, "no-store")
    if isPersonal { headers[.cacheControl] = "no-store" }
  }
}

private let doorPolicy =
  "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; "
  + "base-uri 'none'"

extension HTTPField.Name {
  static let referrerPolicy = name("Referrer-Policy")
  static let crossOriginResourcePolicy = name("Cross-Origin-Resource-Policy")
  static let link = name("Link")
  static let xForwardedFor = name("X-Forwarded-For")

  private static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("no field name: \(text)") }
    return name
  }
}
