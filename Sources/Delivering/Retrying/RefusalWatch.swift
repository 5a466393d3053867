import Model

/// Tells refusals that are about us or the issue from those that are about single recipients.
struct RefusalWatch {
  /// So many in a row are no chance.
  static let mostInARow = 5
  /// Of so many messages at most a twentieth.
  private static let window = 200

  private var inARow = 0
  private var recent: [Bool] = []
  private var next = 0

  /// Notes an outcome.
  ///
  /// - Returns: how many refusals are enough to stop; nil as long as there are few.
  mutating func note(_ outcome: DeliveryOutcome) -> Int? {
    let isOurs = outcome.isAboutSender
    inARow = isOurs ? inARow + 1 : 0
    if recent.count < Self.window {
      recent.append(isOurs)
    } else {
      recent[next] = isOurs
      next = (next + 1) % Self.window
    }
    guard isOurs else { return nil }
    if inARow >= Self.mostInARow { return inARow }
    guard recent.count == Self.window else { return nil }
    let count = recent.count { $0 }
    return count > Self.window / 20 ? count : nil
  }
}

extension DeliveryOutcome {
  /// Whether it was refused for what the server thinks of us or of the content (RFC 3463 §3.7, §3.8):
  /// 5.7 policy, 5.6 content, 5.3.4 too long.
  var isAboutSender: Bool {
    guard case .rejected(let reply) = self, let code = reply.enhancedCode else { return false }
    return code.hasPrefix("5.7.") || code.hasPrefix("5.6.") || code == "5.3.4"
  }
}
