package import Delivering
import Model
import Store

extension PublishRun {
  /// Hands over what is owed; nil where nothing is, so that neither transport nor key is needed.
  package func deliver(
    signedBy signers: () throws -> [DKIMSigner],
    to destination: () throws -> Destination
  ) throws -> DeliveryReport? {
    guard settings.parts.contains(.digests), let mail = settings.site.mail else { return nil }
    guard try store.hasPending(now: settings.clock()) else { return nil }
    guard !settings.isOnHold() else { return DeliveryReport(end: .onHold) }
    let progress = DeliveryProgress(total: try store.counts(of: nil)[.pending] ?? 0)
    let watch = Deliverer.Watch(
      shouldStop: settings.shouldStop,
      isOnHold: settings.isOnHold,
      progress: { report in progress.line(report).map(settings.progress) }
    )
    let report = try delivery(mail, try signers()).deliver(to: try destination(), watch)
    try checkBalance()
    return report
  }

  /// Every delivery that was planned is in one state, and none is left in the hands of this run.
  private func checkBalance() throws {
    let left = try store.claims(of: settings.name, atMost: 1)
    let issues = try store.issues(atMost: 10).filter { issue in
      let total = try store.counts(of: issue.key).values.reduce(0, +)
      return issue.deliveries.map { $0 != total } ?? false
    }
    guard left.isEmpty, issues.isEmpty else {
      throw DeliveryImbalance(issues: issues.map(\.name), hasClaims: !left.isEmpty)
    }
  }

  private func delivery(_ mail: MailSettings, _ signers: [DKIMSigner]) throws -> DigestDelivery {
    DigestDelivery(
      store: store,
      settings: DigestDelivery.Settings(
        sender: { [verp = settings.verp] in verp?.sender(of: $0) ?? mail.envelopeSender },
        message: message(mail),
        signers: signers,
        journals: settings.journals,
        schedule: schedule,
        run: settings.name,
        asOf: settings.asOf,
        clock: settings.clock
      )
    )
  }
}
