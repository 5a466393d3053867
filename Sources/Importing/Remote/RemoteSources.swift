package import Model
internal import Transfer

/// What is asked of a source on the web.
package struct RemoteQuestion: Sendable {
  /// What kinds of document are wanted.
  package enum Kind: Sendable {
    case feed, page
  }

  package var address: String
  package var kind: Kind
  /// What the server said of the version that is known: its ETag and Last-Modified.
  package var etag: String?
  package var lastModified: String?

  package init(
    _ address: String,
    _ kind: Kind,
    etag: String? = nil,
    lastModified: String? = nil
  ) {
    self.address = address
    self.kind = kind
    self.etag = etag
    self.lastModified = lastModified
  }
}

/// A document of a source, as it came.
package struct RemoteDocument: Sendable {
  package var bytes: [UInt8]
  package var contentType: String?
  /// Where it was found, behind all redirects.
  package var address: String
  /// Where it is from now on (RFC 9110 §15.4.2, §15.4.9); nil where it has not moved.
  package var movedTo: String?
  package var etag: String?
  package var lastModified: String?
  /// How long it stays fresh, by the server's word.
  package var maxAge: Interval?
}

/// What asking a source came to.
package enum RemoteAnswer: Sendable {
  case document(RemoteDocument)
  /// Nothing new; how long that stays true, by the server's word.
  case unchanged(maxAge: Interval?)
  /// There is none, why, and how long the server wants to be left alone. What ends by itself is
  /// worth saying only when it lasts.
  case trouble(String, retryAfter: Interval?, isPassing: Bool)
}

/// Asks sources on the web for their documents, many at a time and one of a host.
///
/// Private addresses are not reached but for those that the operator allows (RFC 6890); what a
/// server sends is limited in size and time.
package final class RemoteSources {
  private let fetcher: Fetcher

  /// - Parameters:
  ///   - agent: what the program calls itself.
  ///   - allowed: hosts of the operator's own network, `host` or `host:port`.
  package init(as agent: String, allowing allowed: [String]) {
    fetcher = Fetcher(as: agent, allowing: allowed.compactMap { AllowedHost($0) })
  }

  /// - Parameter each: told of each answer, by the question's place.
  package func ask(
    _ questions: [RemoteQuestion],
    shouldStop: () -> Bool,
    each: (Int, RemoteAnswer) -> Void
  ) {
    let requests = questions.map { question in
      FetchRequest(
        address: question.address,
        validators: Validators(etag: question.etag, lastModified: question.lastModified),
        accept: question.kind.accepted
      )
    }
    fetcher.fetch(requests, shouldStop: shouldStop) { each($0, RemoteAnswer($1)) }
  }
}

/// Whether a text names a host that an operator may allow: `intranet` or `intranet:8080`.
package func isHostName(_ text: String) -> Bool { AllowedHost(text) != nil }

extension RemoteQuestion.Kind {
  fileprivate var accepted: String {
    switch self {
    case .feed:
      "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
        + "application/json;q=0.8, text/xml;q=0.8, */*;q=0.1"
    case .page: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
    }
  }
}

extension RemoteAnswer {
  fileprivate init(_ result: Result<Fetched, HTTPError>) {
    switch result {
    case .success(let fetched) where fetched.isNotModified:
      self = .unchanged(maxAge: fetched.maxAge)
    case .success(let fetched) where fetched.isSuccess: self = .document(RemoteDocument(fetched))
    case .success(let fetched):
      self = .trouble(
        words(forStatus: fetched.status),
        retryAfter: fetched.retryAfter,
        isPassing: fetched.status >= 500 || fetched.status == 429 || fetched.status == 408
      )
    case .failure(let error):
      let isPassing = [.unreachable, .timedOut, .lost, .stopped].contains(error.kind)
      self = .trouble(error.description, retryAfter: nil, isPassing: isPassing)
    }
  }
}

extension RemoteDocument {
  fileprivate init(_ fetched: Fetched) {
    self.init(
      bytes: fetched.body,
      contentType: fetched.contentType,
      address: fetched.address,
      movedTo: fetched.movedTo,
      etag: fetched.validators.etag,
      lastModified: fetched.validators.lastModified,
      maxAge: fetched.maxAge
    )
  }
}

private func words(forStatus status: Int) -> String {
  switch status {
  case 401, 403: "answers \(status): it wants a login, or keeps programs out"
  case 404: "answers 404: there is nothing at this address; look for the feed on its site"
  case 410: "answers 410: it is gone for good; remove it from “sources”"
  case 429: "answers 429: it was asked too often"
  default: "answers \(status)"
  }
}
