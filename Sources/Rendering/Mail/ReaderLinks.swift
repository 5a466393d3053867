package import Cryptography
package import Model

/// The pages that one reader is linked to: signed, so that only who has the message finds them.
package struct ReaderLinks: Sendable {
  private let serverURL: String
  private let keys: TokenKeys
  private let takesOneClick: Bool

  /// - Parameters:
  ///   - serverURL: where `feedgen serve` answers, ending in a slash.
  ///   - takesOneClick: whether messages are signed, so that they may offer it.
  package init(serverURL: String, keys: TokenKeys, takesOneClick: Bool) {
    self.serverURL = serverURL
    self.keys = keys
    self.takesOneClick = takesOneClick
  }

  /// - Parameter subscriber: the store's key; one that nobody has makes links to nobody's pages.
  package func pages(of subscriber: Int64) -> LeavePage {
    var page = LeavePage(url: leaveURL(subscriber), takesOneClick: takesOneClick)
    let preferences = AccessToken(.preferences, subscriber: subscriber).signed(with: keys)
    page.preferencesURL = serverURL + DoorPlace.preferences + preferences
    page.topicURL = { leaveURL(subscriber, topic: $0) }
    return page
  }

  private func leaveURL(_ subscriber: Int64, topic: Slug? = nil) -> String {
    let token = AccessToken(.leave, subscriber: subscriber, scope: topic?.text)
    return serverURL + DoorPlace.leave + token.signed(with: keys)
  }

  /// The page where editors decide about an issue, until its slot is long past.
  package func issueURL(_ issue: IssueName, due: Instant) -> String {
    let expiry = due.advanced(by: .days(30)).seconds
    let token = AccessToken(.issue, scope: "\(issue)", expiry: expiry)
    return serverURL + DoorPlace.issue + token.signed(with: keys)
  }
}

/// Where the pages of the reader's door are, below its address.
package enum DoorPlace {
  package static let subscribe = "subscribe"
  package static let confirm = "confirm/"
  package static let refuse = "refuse/"
  package static let leave = "unsubscribe/"
  package static let preferences = "preferences/"
  package static let issue = "issues/"
  package static let data = "data/"
  package static let erase = "erase/"
  package static let move = "move/"
  package static let arrive = "arrive/"
  package static let stylesheet = "site.css"
  package static let health = "health"

  /// The first part of each path; a topic of the same name would be out of reach beside them.
  package static let names =
    [subscribe, health]
    + [confirm, refuse, leave, preferences, issue, data, erase, move, arrive].map {
      String($0.dropLast())
    }
}
