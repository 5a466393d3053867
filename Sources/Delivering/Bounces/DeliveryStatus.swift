package import Model

/// What became of a message for one recipient.
package struct RecipientReport: Equatable, Sendable {
  package enum Action: Equatable, Sendable {
    /// It will not arrive.
    case failed
    /// It is still tried.
    case delayed
    /// It was delivered or handed on.
    case other
  }

  package var action: Action
  /// The address that we sent to, where the report tells; otherwise the one that failed.
  package var recipient: EmailAddress?
  /// `5.1.1`, where one was given that says anything.
  package var enhanced: String?
  /// The reply code of SMTP that it came from.
  package var basic: Int?
  /// What the last server said.
  package var text: String
}

/// The part of a report that is for programs (RFC 3464 §2, RFC 6533 §4).
enum DeliveryStatus {
  private static let mostRecipients = 100

  /// Its recipients; the fields about the message as a whole are passed over.
  static func recipients(_ body: ArraySlice<UInt8>) -> [RecipientReport] {
    var reports: [RecipientReport] = []
    var rest = body
    while !rest.isEmpty, reports.count < mostRecipients {
      let (fields, next) = MailFields.read(rest)
      rest = next
      if let report = RecipientReport(fields) { reports.append(report) }
    }
    return reports
  }
}

extension RecipientReport {
  fileprivate init?(_ fields: MailFields) {
    guard fields["final-recipient"] != nil || fields["original-recipient"] != nil,
      let action = fields["action"]
    else { return nil }
    self.action =
      switch action.lowercased().prefix(while: \.isLetter) {
      case "failed": .failed
      case "delayed": .delayed
      default: .other
      }
    recipient =
      ["original-recipient", "final-recipient"].lazy
      .compactMap { fields[$0] }.compactMap(address).first
    let diagnostic = DiagnosticCode(fields["diagnostic-code"] ?? "")
    // A status of x.0.0 says nothing (Exim has no other); the server's own words may.
    let status = EnhancedCode.first(in: fields["status"] ?? "")
    enhanced = status.flatMap { $0.hasSuffix(".0.0") ? nil : $0 } ?? diagnostic.enhanced
    basic = diagnostic.basic ?? status.flatMap { $0.hasPrefix("4") ? 400 : nil }
    text = diagnostic.text
  }
}

/// `smtp; 550 5.1.1 <a@b.example> User unknown`.
struct DiagnosticCode: Equatable {
  var basic: Int?
  var enhanced: String?
  var text: String

  /// - Parameter value: as the field has it, with the kind of the text before a semicolon.
  init(_ value: String) {
    let semicolon = value.firstIndex(of: ";")
    self.init(words: semicolon.map { value[value.index(after: $0)...].trimmed } ?? value)
  }

  /// - Parameter words: what a server said; codes count at its beginning.
  init(words: String) {
    text = words
    let code = words.prefix(3)
    let rest = words.dropFirst(3)
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(code), (400..<600).contains(number),
      rest.first.map({ " -".contains($0) }) ?? true
    else {
      enhanced = EnhancedCode.first(in: words)
      return
    }
    basic = number
    enhanced = EnhancedCode.first(in: String(rest.dropFirst()))
      .flatMap { $0.first == code.first ? $0 : nil }
  }
}

/// Codes like `5.1.1` (RFC 3463 §2).
enum EnhancedCode {
  /// The code at the beginning of a text; nil where there is none.
  static func first(in text: some StringProtocol) -> String? {
    let word = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let fields = word.split(separator: ".", omittingEmptySubsequences: false)
    guard fields.count == 3, ["2", "4", "5"].contains(fields[0]),
      fields.dropFirst().allSatisfy({ (1...3).contains($0.count) })
    else { return nil }
    return String(word)
  }
}

/// The address of `rfc822; a@b.example` or `utf-8; é@ö.example`; nil for other kinds of address.
private func address(_ field: String) -> EmailAddress? {
  guard let semicolon = field.firstIndex(of: ";"),
    ["rfc822", "utf-8"].contains(field[..<semicolon].trimmed.lowercased())
  else { return nil }
  return addresses(in: UTF8Address.decoded(field[field.index(after: semicolon)...].trimmed)).first
}
