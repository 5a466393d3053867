import Markup
import Model

/// What an editor is shown of an issue.
extension DoorValues {
  func issue(_ review: IssueReview, _ token: String, _ isOutdated: Bool) -> Words {
    let title = catalog.text(.issueTitle, ["date": catalog.dateWithWeekday(review.name.date)])
    return Words(
      title: title,
      paragraphs: (isOutdated ? [catalog.text(.issueChanged)] : []) + [standing(of: review)],
      items: review.titles.map(singleLine),
      form: form(review, token),
      isBad: isOutdated
    )
  }

  private func standing(of review: IssueReview) -> String {
    switch review.standing {
    case .waits(let needsApproval):
      plan(review, needsApproval ? .reviewApproval : .reviewPlanned)
    case .held: catalog.text(.issueHeld)
    case .goingOut: catalog.text(.issueGoing)
    case .over: catalog.text(.issueOver)
    case .cancelled: catalog.text(.issueCancelled)
    }
  }

  private func plan(_ review: IssueReview, _ phrase: PhraseKey) -> String {
    let (date, time) = site.zone.civil(review.due)
    let values = ["date": catalog.text(date), "time": catalog.text(time)]
    return catalog.text(phrase, count: review.recipients, values)
  }

  private func form(_ review: IssueReview, _ token: String) -> Form? {
    guard !review.decisions.isEmpty else { return nil }
    return Form(
      path: DoorPlace.issue + token,
      fields: [DoorField(name: IssueReview.planField, value: "\(review.plan)")],
      buttons: review.decisions.map { decision in
        Button(
          label: decision.phrase,
          field: DoorField(name: IssueReview.decisionField, value: decision.rawValue),
          isQuiet: decision != .approve
        )
      }
    )
  }
}

extension IssueDecision {
  fileprivate var phrase: PhraseKey {
    switch self {
    case .approve: .issueApprove
    case .hold: .issueHold
    case .release: .issueRelease
    case .cancel: .issueCancel
    }
  }
}
