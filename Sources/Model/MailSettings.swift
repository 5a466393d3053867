/// How mail is addressed and handed over.
package struct MailSettings: Sendable {
  package var from: Mailbox
  package var replyTo: EmailAddress?
  /// The sender of the envelope, to which mail servers report; else `from`.
  package var bounces: EmailAddress?
  /// Whether the sender of each envelope names its delivery (VERP), for servers whose reports do
  /// not.
  package var usesVERP: Bool
  package var unsubscribeMailto: EmailAddress?
  /// The sender's name in Feedback-ID, by which mailbox providers count complaints.
  package var feedbackID: String?
  /// Whether messages show the logo and articles' pictures.
  package var showsImages: Bool
  /// Whether the first issue that a relay would send waits for a person.
  package var holdsFirstSend: Bool
  /// Whether an issue waits for a person that fell due while feedgen did not run.
  package var holdsAfterGap: Bool
  /// Whether a message goes out once more of which the relay's reply was lost.
  package var repeatsUncertain: Bool
  /// For how long after the first try a message is tried again.
  package var patience: Interval
  /// Each signs every message.
  package var dkim: [DKIMKeySettings]
  /// Whether the relay signs what it is given.
  package var isSignedByRelay: Bool

  package init(
    from: Mailbox,
    replyTo: EmailAddress? = nil,
    bounces: EmailAddress? = nil,
    usesVERP: Bool = false,
    unsubscribeMailto: EmailAddress? = nil,
    feedbackID: String? = nil,
    showsImages: Bool = false,
    holdsFirstSend: Bool = true,
    holdsAfterGap: Bool = true,
    repeatsUncertain: Bool = true,
    patience: Interval = .days(2),
    dkim: [DKIMKeySettings] = [],
    isSignedByRelay: Bool = false
  ) {
    self.from = from
    self.replyTo = replyTo
    self.bounces = bounces
    self.usesVERP = usesVERP
    self.unsubscribeMailto = unsubscribeMailto
    self.feedbackID = feedbackID
    self.showsImages = showsImages
    self.holdsFirstSend = holdsFirstSend
    self.holdsAfterGap = holdsAfterGap
    self.repeatsUncertain = repeatsUncertain
    self.patience = patience
    self.dkim = dkim
    self.isSignedByRelay = isSignedByRelay
  }

  /// The sender of the envelope (RFC 5321 §3.3).
  package var envelopeSender: EmailAddress { bounces ?? from.address }

  /// Whether messages arrive with a signature over List-Unsubscribe and List-Unsubscribe-Post,
  /// without which they may not offer one-click unsubscription (RFC 8058 §4).
  package var signs: Bool { isSignedByRelay || !dkim.isEmpty }
}

/// A key that messages are signed with (RFC 6376).
package struct DKIMKeySettings: Hashable, Sendable {
  /// The domain that answers for the messages.
  package var domain: String
  /// Which of the domain's keys it is.
  package var selector: String
  /// The private key's file; absolute.
  package var keyFile: String

  package init(domain: String, selector: String, keyFile: String) {
    self.domain = domain
    self.selector = selector
    self.keyFile = keyFile
  }
}

/// Who is told what happens.
package struct NotifySettings: Hashable, Sendable {
  /// What became of each issue, and mistakes in texts.
  package var editor: EmailAddress?
  /// What keeps feedgen from its work.
  package var `operator`: EmailAddress?

  package init(editor: EmailAddress? = nil, operator: EmailAddress? = nil) {
    self.editor = editor
    self.operator = `operator`
  }
}
