package import Model

extension PersonalData {
  /// A consent as it was recorded.
  package struct GivenConsent: Equatable, Sendable {
    package var consent: Consent
    /// When the person asked, where they confirmed it later.
    package var requested: Instant?
    /// What they saw.
    package var shown: ShownText?
    /// Only where the site keeps it.
    package var ip: String?

    package init(consent: Consent, requested: Instant?, shown: ShownText?, ip: String?) {
      self.consent = consent
      self.requested = requested
      self.shown = shown
      self.ip = ip
    }
  }

  /// A message with a link that somebody asked for, for an address of the person's.
  package struct Request: Equatable, Sendable {
    package var address: EmailAddress
    /// What they want to subscribe to, where the link is for that.
    package var wanted: Subscriber?
    package var requested: Instant
    package var expires: Instant
    package var confirmed: Instant?
    package var shown: ShownText?

    package init(
      address: EmailAddress,
      wanted: Subscriber?,
      requested: Instant,
      expires: Instant,
      confirmed: Instant?,
      shown: ShownText?
    ) {
      self.address = address
      self.wanted = wanted
      self.requested = requested
      self.expires = expires
      self.confirmed = confirmed
      self.shown = shown
    }
  }
}
