import Cryptography
import Hummingbird
import Model
import Rendering
import Store

extension ReaderDoor {
  /// What a subscriber chose, and what they choose now.
  func preferences(_ visit: Visit, _ text: String) async throws -> Response {
    guard let token = token(text, for: .preferences)
    else { return failure(.badLink, language(visit)) }
    let record = try await store.ask { try $0.subscriber(token.subscriber) }
    guard let record, record.suppression == nil
    else { return page(.left(topic: nil), language(visit, record)) }
    guard let form = visit.form else {
      return html(renderer.page(shown(record, text), in: language(visit, record)))
    }
    if let request = form.value(OwnDataRequest.field).flatMap(OwnDataRequest.init) {
      return try await send(request, to: record, visit)
    }
    let answers = SubscribeAnswers(form, settings)
    guard !answers.topics.isEmpty else {
      var shown = shown(record, text)
      shown.choices.topics = []
      shown.problems = [.topics]
      return html(renderer.page(shown, in: language(visit, record)), .unprocessableContent)
    }
    return try await save(answers, pause: form.value("pause"), of: record, text)
  }

  private func save(
    _ answers: SubscribeAnswers,
    pause: String?,
    of record: SubscriberRecord,
    _ token: String
  ) async throws -> Response {
    let changed = self.changed(record, answers, pause: pause)
    let now = now
    try await store.ask { try $0.update(changed, asOf: now) }
    var shown = shown(changed, token)
    shown.isSaved = true
    return html(renderer.page(shown, in: renderer.language(changed.subscriber.language.tag)))
  }

  private func changed(
    _ record: SubscriberRecord,
    _ answers: SubscribeAnswers,
    pause: String?
  ) -> SubscriberRecord {
    var changed = record
    // What is closed, or was added since this server began, cannot be chosen, nor taken away by who
    // does not see it.
    let kept = record.subscriber.topics.filter { settings.site.topic($0)?.isRetired ?? true }
    let chosen = settings.site.topics.map(\.slug).filter(answers.topics.contains)
    changed.subscriber.topics = chosen + kept
    changed.subscriber.cadence = answers.cadence
    changed.subscriber.language = answers.language
    if pause == "0" { changed.pausedUntil = nil }
    if let weeks = PreferencesForm.pauses.first(where: { "\($0)" == pause }) {
      changed.pausedUntil = now.advanced(by: .days(Int64(weeks) * 7))
    }
    return changed
  }

  private func shown(_ record: SubscriberRecord, _ token: String) -> PreferencesForm {
    PreferencesForm(
      address: record.subscriber.address,
      choices: DoorChoices(
        topics: Set(record.subscriber.topics),
        cadence: record.subscriber.cadence,
        language: record.subscriber.language
      ),
      pausedUntil: record.pausedUntil.flatMap { $0 > now ? $0 : nil },
      token: token,
      leaveToken: link(.leave, of: record.key)
    )
  }
}
