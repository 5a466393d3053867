package import Model
import Transfer

/// What came of telling a hub.
package enum HubReply: Equatable, Sendable {
  case told
  /// The hub answers, and does not take the news.
  case refused(String)
  /// The hub does not answer, and so will take no other news now.
  case silent(String)
}

/// Tells WebSub hubs that documents have changed; the hubs then fetch them.
///
/// WebSub leaves the form to hub and publisher (W3C WebSub §6), so that of PubSubHubbub is sent,
/// with the document as `hub.url` and as `hub.topic`, for hubs read one or the other. Each document
/// has a request of its own, although PubSubHubbub 0.3 would let `hub.url` be repeated: a hub that
/// reads a field once would drop the others without a word.
package final class HubClient {
  /// The longest that one hub can hold up a run.
  package static let patience = Interval(seconds: 10)

  private let client: HTTPClient

  package init() {
    let limits = HTTPClient.Limits(
      connecting: Interval(seconds: 5),
      total: HubClient.patience,
      body: 2000
    )
    client = HTTPClient(limits: limits)
  }

  package func tell(_ ping: HubPing) -> HubReply {
    let form = [("hub.mode", "publish"), ("hub.url", ping.topic), ("hub.topic", ping.topic)]
    do throws(HTTPError) {
      let response = try client.post(form, to: ping.hub)
      return response.isSuccess ? .told : .refused(words(of: response))
    } catch {
      return .silent(error.description)
    }
  }

  private func words(of response: HTTPResponse) -> String {
    if let redirect = response.redirect {
      return "answers \(response.status), and has moved to \(redirect): write that in “feeds.hubs”"
    }
    let line =
      String(decoding: response.body, as: UTF8.self).split(whereSeparator: \.isNewline)
      .first?.prefix(200) ?? ""
    // A page for browsers says nothing in its first line.
    return "answers \(response.status)" + (line.isEmpty || line.hasPrefix("<") ? "" : " (\(line))")
  }
}
