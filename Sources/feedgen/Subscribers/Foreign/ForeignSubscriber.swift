import Model

/// What another system says of somebody.
struct ForeignSubscriber {
  enum Standing: Equatable {
    /// With the date of the consent, where the table has it, and how it was given.
    case active(since: String?, source: String)
    case suppressed(SuppressionReason)
    /// Neither; and why.
    case leftOut(String)
  }

  var email: String?
  var name: String?
  var standing: Standing
}
