import Cryptography
import Hummingbird
import Model
import Rendering

extension ReaderDoor {
  /// An issue, and what an editor decides about it.
  func issue(_ visit: Visit, _ text: String) async throws -> Response {
    let actions = settings.actions
    guard let token = token(text, for: .issue), let name = token.scope.flatMap(IssueName.init)
    else { return failure(.badLink, language(visit)) }
    let review = { try await store.ask { _ in try actions.issue(name) } }
    guard let shown = try await review() else { return failure(.expired, language(visit)) }
    guard let form = visit.form else { return page(shown, text, visit) }
    guard let decision = form.value(IssueReview.decisionField).flatMap(IssueDecision.init)
    else { return failure(.badLink, language(visit)) }
    guard form.value(IssueReview.planField) == "\(shown.plan)"
    else { return page(shown, text, visit, isOutdated: true) }
    try await store.ask { _ in try actions.decide(decision, shown) }
    return page(try await review() ?? shown, text, visit)
  }

  private func page(
    _ review: IssueReview,
    _ token: String,
    _ visit: Visit,
    isOutdated: Bool = false
  ) -> Response {
    let message = DoorMessage.issue(review, token: token, isOutdated: isOutdated)
    return page(message, language(visit), isOutdated ? .conflict : .ok)
  }
}
