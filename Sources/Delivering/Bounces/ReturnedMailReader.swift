import Model

/// Finds out what a message is.
struct ReturnedMailReader {
  private static let statusTypes: Set<String> = [
    "message/delivery-status", "message/global-delivery-status",
  ]
  private static let originalTypes: Set<String> = [
    "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers",
    "message/global-headers",
  ]
  private static let recipientFields = [
    "to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to",
  ]

  private let message: MIMEPart
  private(set) var original: OriginalMessage
  private(set) var senders: [EmailAddress]

  init(_ message: MIMEPart) {
    self.message = message
    let returned = message.first(Self.originalTypes).map { MailFields.read($0.body[...]).fields }
    original = returned.map(OriginalMessage.init) ?? OriginalMessage()
    senders = Self.recipientFields.flatMap { message.fields.values($0) }.flatMap(addresses)
    // A server of the recipient's writes down which sender the envelope had.
    senders += (returned?.values("return-path") ?? []).flatMap(addresses)
  }

  mutating func kind() -> ReturnedMail.Kind {
    if let status = message.first(Self.statusTypes) {
      return .report(DeliveryStatus.recipients(status.body[...]))
    }
    if let feedback = message.first(["message/feedback-report"]) { return read(feedback) }
    if let report = QSBMFReport(message) {
      original = report.original
      return .report(report.recipients)
    }
    return message.request ?? (message.isAutomatic ? .automaticReply : .other)
  }

  /// RFC 5965 §3: what the reader thinks of which message.
  private mutating func read(_ feedback: MIMEPart) -> ReturnedMail.Kind {
    let fields = MailFields.read(feedback.body[...]).fields
    senders += fields.values("original-mail-from").flatMap(addresses)
    original.recipients += ["original-rcpt-to", "removal-recipient"]
      .flatMap { fields.values($0) }.flatMap(addresses)
    return fields["feedback-type"]?.lowercased() == "abuse" ? .complaint : .otherFeedback
  }
}

extension MIMEPart {
  fileprivate var request: ReturnedMail.Kind? {
    let subject = decodingEncodedWords(fields["subject"] ?? "").trimmed
    let tokens = LeaveSubject.tokens(in: subject)
    guard !tokens.isEmpty || LeaveSubject.isPlain(subject) && !isAutomatic else { return nil }
    return .leaveRequest(
      LeaveRequest(tokens: tokens, from: addresses(in: fields["from"] ?? "").last)
    )
  }

  /// Whether a program wrote it (RFC 3834 §5, and the fields of those who do not know it).
  fileprivate var isAutomatic: Bool {
    let submitted = fields["auto-submitted"]?.lowercased() ?? "no"
    let precedence = fields["precedence"]?.lowercased() ?? ""
    return !submitted.hasPrefix("no") || fields["return-path"] == "<>"
      || ["auto_reply", "bulk", "junk"].contains(precedence)
      || fields["x-autoreply"] != nil || fields["x-autorespond"] != nil
  }
}
