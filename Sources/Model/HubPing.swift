/// The news for a WebSub hub that the document at an address has changed.
package struct HubPing: Hashable, Sendable {
  /// The hub's address.
  package var hub: String
  /// The address of the document, as its `self` link has it.
  package var topic: String

  package init(hub: String, topic: String) {
    self.hub = hub
    self.topic = topic
  }
}
