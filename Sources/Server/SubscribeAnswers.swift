import Model
import Rendering

/// What somebody has answered in the form to subscribe with.
struct SubscribeAnswers {
  /// As it was typed, but for spaces around it.
  let email: String
  let topics: Set<Slug>
  let cadence: Cadence
  let language: Language
  let address: EmailAddress?
  private let inOrder: [Slug]

  init(_ form: FormFields, _ settings: ReaderSettings) {
    let site = settings.site
    let typed = form.value("email") ?? ""
    email = typed.utf8.count <= 320 ? trimmed(typed) : ""
    address = settings.actions.address(email)
    let asked = Set(form.values("topic"))
    inOrder = site.topics.filter { !$0.isRetired && asked.contains($0.slug.text) }.map(\.slug)
    topics = Set(inOrder)
    let cadence = form.value("cadence").flatMap { Cadence(rawValue: $0) }
    self.cadence =
      cadence.flatMap { cadence in site.cadences.map(\.cadence).first { $0 == cadence } }
      ?? site.standardCadence
    language = settings.renderer.language(form.value("language") ?? form.value("lang"))
  }

  var problems: Set<DoorProblem> {
    Set([address == nil ? .address : nil, topics.isEmpty ? .topics : nil].compactMap { $0 })
  }

  /// Nil where an answer is to be corrected.
  var subscriber: Subscriber? {
    guard problems.isEmpty, let address else { return nil }
    return Subscriber(address: address, language: language, cadence: cadence, topics: inOrder)
  }
}

private func trimmed(_ text: String) -> String {
  let start = text.drop { $0 == " " || $0 == "\t" }
  let end = start.lastIndex { $0 != " " && $0 != "\t" }
  return end.map { String(start[...$0]) } ?? ""
}
