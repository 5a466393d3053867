import HTTPTypes
import Hummingbird
import Model
import Rendering

/// Gives out the files of the output folder, as the nginx settings beside them would.
struct FeedFiles: Sendable {
  private let folder: String
  private let site: Site
  /// The topics that have another name now, by their old ones.
  private let renamed: [Slug: Slug]

  init(folder: String, site: Site, renamed: [Slug: Slug]) {
    self.folder = folder
    self.site = site
    self.renamed = renamed
  }

  /// - Parameter path: of plain names, below the folder.
  /// - Returns: nil where there is nothing.
  func response(to request: Request, _ path: String) throws -> Response? {
    if let moved = moved(path) { return moved }
    let kind = FileKind(path)
    guard let file = try PublishedFile(path, in: folder) else { return try folderAddress(path) }
    var sent = file
    var headers = headers(of: path, kind)
    if request.acceptsGzip, let packed = try PublishedFile(path + ".gz", in: folder),
      packed.modified >= file.modified
    {
      sent = packed
      headers[.contentEncoding] = "gzip"
    }
    headers[.eTag] = sent.eTag
    headers[.lastModified] = httpDate(file.modified)
    guard !request.has(sent.eTag, modified: file.modified)
    else { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = servedType(of: path)
    return Response(status: .ok, headers: headers, body: sent.body)
  }

  private func headers(of path: String, _ kind: FileKind) -> HTTPFields {
    var headers: HTTPFields = [.vary: "Accept-Encoding"]
    headers[.cacheControl] = "public, max-age=\(kind == .archive ? 86_400 : 900)"
    if kind == .page {
      headers[.contentSecurityPolicy] = pagePolicy + "; frame-ancestors 'none'"
      headers[.referrerPolicy] = "same-origin"
    } else {
      headers[.accessControlAllowOrigin] = "*"
      headers[.crossOriginResourcePolicy] = "cross-origin"
    }
    if kind == .subscription, !site.feeds.hubs.isEmpty {
      let hubs = site.feeds.hubs.map { "<\($0)>; rel=\"hub\"" }
      headers[.link] = (hubs + ["<\(site.feedsURL)\(path)>; rel=\"self\""]).joined(separator: ", ")
      // A hub asks as soon as it is told: a shared cache must not give it what it had before.
      headers[.cacheControl] = "public, max-age=900, s-maxage=0"
    }
    return headers
  }

  /// To the address of a folder that has a page, which ends in a slash.
  private func folderAddress(_ path: String) throws -> Response? {
    guard try PublishedFile(path + "/index.html", in: folder) != nil else { return nil }
    return redirect(to: "\(site.feedsURL)\(path)/")
  }

  /// To the name that a topic has now.
  private func moved(_ path: String) -> Response? {
    guard !renamed.isEmpty, let slash = path.firstIndex(of: "/"),
      let topic = Slug(String(path[..<slash])).flatMap({ renamed[$0] })
    else { return nil }
    return redirect(to: "\(site.feedsURL)\(topic)\(path[slash...])")
  }

  private func redirect(to address: String) -> Response {
    Response(
      status: .movedPermanently,
      headers: [.location: address, .cacheControl: "public, max-age=86400"]
    )
  }
}

extension Request {
  fileprivate var acceptsGzip: Bool {
    let codings: String = headers[.acceptEncoding] ?? ""
    return codings.split(separator: ",").contains(where: isGzip)
  }

  /// Whether the reader has it already (RFC 9110 §13).
  fileprivate func has(_ eTag: String, modified: Int64) -> Bool {
    if let tags = headers[.ifNoneMatch] {
      let known: Set<String> = ["*", eTag, "W/" + eTag]
      return tags.split(separator: ",").contains { known.contains($0.filter { $0 != " " }) }
    }
    return headers[.ifModifiedSince].flatMap(seconds(httpDate:)).map { modified <= $0 } ?? false
  }
}

/// Whether a coding is gzip, and wanted.
private func isGzip(_ coding: Substring) -> Bool {
  let words: String = coding.lowercased().filter { $0 != " " }
  let parts: [Substring] = words.split(separator: ";")
  return parts.first == "gzip" && !parts.dropFirst().contains(where: isZero)
}

/// Whether a weight says “not at all”: `q=0`, `q=0.0`.
private func isZero(_ weight: Substring) -> Bool {
  weight.hasPrefix("q=0") && weight.dropFirst(3).allSatisfy { $0 == "." || $0 == "0" }
}
