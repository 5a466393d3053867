internal import Markup
package import Model

/// The values that templates of the reader's door may name, in one language.
struct DoorValues: Sendable {
  let site: Site
  let catalog: Catalog
  /// Where the pages are.
  let path: String
  private let languages: [(tag: Language, name: String)]

  init(
    _ site: Site,
    _ catalog: Catalog,
    path: String,
    languages: [(tag: Language, name: String)]
  ) {
    self.site = site
    self.catalog = catalog
    self.path = path
    self.languages = languages
  }

  private var page: PageValues {
    PageValues(site, catalog, home: site.feedsURL, linksIssues: false)
  }

  func escaped(_ text: String) -> String { text.cleaned.htmlEscaped }

  func text(_ key: PhraseKey, _ values: [String: String] = [:]) -> String {
    escaped(catalog.text(key, values))
  }

  var publication: String { singleLine(site.title) }

  /// What all pages of the door know.
  func common(title: String) -> [String: Any] {
    let page = page
    let links = (page.common["links"] as? [[String: Any]] ?? []) + otherLanguages
    return page.common.adding([
      "links": links,
      "hasLinks": !links.isEmpty,
      "pageLanguage": escaped(catalog.language.tag),
      "pageTitle": escaped(page.title(title)),
      "door": escaped(path),
      "home": escaped(site.feedsURL),
      "subscribeURL": escaped(path + DoorPlace.subscribe + languageQuery),
    ])
  }

  /// The same page in the other languages.
  private var otherLanguages: [[String: Any]] {
    languages.filter { $0.tag != catalog.language }.map { language, name in
      ["label": escaped(name), "href": "?lang=\(escaped(language.tag))"]
    }
  }

  /// Asks for pages in this language, where the site's is another.
  var languageQuery: String {
    catalog.language.primary == site.language.primary ? "" : "?lang=\(catalog.language)"
  }

  func title(of topic: Slug) -> String {
    titleText(site.topic(topic)?.title ?? "", else: topic.text)
  }

  func names(of topics: [Slug]) -> String {
    topics.map(title).joined(separator: ", ")
  }
}

extension DoorValues {
  func values(of form: SubscribeForm) -> [String: Any] {
    let heading = catalog.text(.subscribeTitle)
    var values = common(title: formTitle(heading, form.problems))
      .adding(choices(form.choices))
      .adding(problems(form.problems))
      .adding([
        "heading": escaped(heading),
        "intro": text(.subscribeIntro),
        "action": escaped(path + DoorPlace.subscribe + languageQuery),
        "stamp": escaped(form.stamp),
        "trapLabel": text(.trapLabel),
        "button": text(.subscribe),
        "fineprint": text(.subscribeFineprint),
      ])
      .adding(address(form.email, isWrong: form.problems.contains(.address)))
    if form.isForReview { values["notice"] = text(.reviewChoices) }
    return values
  }

  func values(of form: PreferencesForm) -> [String: Any] {
    let heading = catalog.text(.preferencesTitle)
    var values = common(title: formTitle(heading, form.problems))
      .adding(choices(form.choices))
      .adding(problems(form.problems))
      .adding([
        "heading": escaped(heading),
        "intro": text(.preferencesIntro, ["address": form.address.masked]),
        "action": escaped(path + DoorPlace.preferences + form.token),
        "button": text(.save),
        "leaveURL": escaped(path + DoorPlace.leave + form.leaveToken),
        "leaveLabel": text(.leaveEverything),
        "pauseLegend": text(.pauseLegend),
        "pauses": pauses(form.pausedUntil),
        "ownDataTitle": text(.ownDataTitle),
        "ownDataText": text(.ownDataText),
        "asks": OwnDataRequest.allCases.map { ["value": $0.rawValue, "label": text($0.phrase)] },
      ])
    if form.isSaved { values["notice"] = text(.preferencesSaved) }
    return values
  }

  func values(of form: MoveForm) -> [String: Any] {
    let problems: Set<DoorProblem> = form.isWrong ? [.address] : []
    let heading = catalog.text(.moveTitle)
    return common(title: formTitle(heading, problems))
      .adding(self.problems(problems))
      .adding(address(form.email, isWrong: form.isWrong))
      .adding([
        "heading": escaped(heading),
        "intro": text(.moveIntro),
        "action": escaped(path + DoorPlace.move + form.token),
        "button": text(.moveButton),
      ])
  }

  private func formTitle(_ heading: String, _ problems: Set<DoorProblem>) -> String {
    problems.isEmpty ? heading : catalog.text(.errorTitle, ["title": heading])
  }

  private func address(_ email: String, isWrong: Bool) -> [String: Any] {
    var values: [String: Any] = [
      "addressLabel": text(.addressLabel), "addressHint": text(.addressHint),
      "email": escaped(email),
    ]
    if isWrong { values["addressError"] = text(.addressError) }
    return values
  }

  private func choices(_ choices: DoorChoices) -> [String: Any] {
    let topics = site.topics.filter { !$0.isRetired }
    let cadences = self.cadences(chosen: choices.cadence)
    return [
      "topicsLegend": text(.topicsLegend),
      "topics": topics.map { topic($0, isChosen: choices.topics.contains($0.slug)) },
      "cadenceLegend": text(.cadenceLegend),
      "cadences": cadences,
      "hasCadences": cadences.count > 1,
      "languageLabel": text(.letterLanguage),
      "languages": languages(chosen: choices.language),
      "hasLanguages": languages.count > 1,
    ]
  }

  /// What is wrong with a form.
  private func problems(_ problems: Set<DoorProblem>) -> [String: Any] {
    var values: [String: Any] = [
      "hasProblems": !problems.isEmpty,
      "problemsTitle": escaped(catalog.text(.toCorrect, count: problems.count)),
      "problems": DoorProblem.allCases.filter(problems.contains).map { problem in
        ["field": problem.field, "text": text(problem.phrase)]
      },
    ]
    if problems.contains(.topics) { values["topicsError"] = text(.topicsError) }
    return values
  }

  private func topic(_ topic: Topic, isChosen: Bool) -> [String: Any] {
    var values: [String: Any] = [
      "slug": topic.slug.text, "name": escaped(title(of: topic.slug)), "isChosen": isChosen,
    ]
    let description = singleLine(topic.description)
    if !description.isEmpty { values["description"] = escaped(description) }
    return values
  }

  private func cadences(chosen: Cadence?) -> [[String: Any]] {
    let chosen = chosen ?? site.standardCadence
    return site.cadences.map { schedule in
      let cadence = schedule.cadence
      return [
        "value": cadence.rawValue, "name": text(cadence.phrase), "hint": hint(schedule),
        "isChosen": cadence == chosen,
      ]
    }
  }

  private func hint(_ schedule: Schedule) -> String {
    func name(_ day: Weekday) -> [String: String] {
      ["weekday": catalog.weekdays[Weekday.allCases.firstIndex(of: day) ?? 0]]
    }
    return switch schedule {
    case .daily: text(.cadenceDailyHint)
    case .weekly(let day, _): text(.cadenceWeeklyHint, name(day))
    case .monthly(let day, _): text(.cadenceMonthlyHint, name(day))
    }
  }

  private func languages(chosen: Language?) -> [[String: Any]] {
    let chosen = languages.map(\.tag).first { $0.primary == chosen?.primary } ?? chosen
    return languages.map { language, name in
      [
        "tag": escaped(language.tag), "name": escaped(name),
        "isChosen": language == chosen ?? catalog.language,
      ]
    }
  }

  private func pauses(_ until: Instant?) -> [[String: Any]] {
    let none: [String: Any] = ["value": "0", "name": text(.pauseNone), "isChosen": until == nil]
    let current = until.map { until -> [String: Any] in
      let date = catalog.text(site.zone.civil(until).date)
      return [
        "value": PreferencesForm.keepsPause, "name": text(.pauseUntil, ["date": date]),
        "isChosen": true,
      ]
    }
    let others = PreferencesForm.pauses.map { weeks -> [String: Any] in
      ["value": "\(weeks)", "name": text(.pauseWeeks, ["n": "\(weeks)"]), "isChosen": false]
    }
    return [current, none].compactMap { $0 } + others
  }
}

extension OwnDataRequest {
  fileprivate var phrase: PhraseKey {
    switch self {
    case .data: .askData
    case .move: .askMove
    case .erase: .askErase
    }
  }
}

extension Cadence {
  fileprivate var phrase: PhraseKey {
    switch self {
    case .daily: .cadenceDaily
    case .weekly: .cadenceWeekly
    case .monthly: .cadenceMonthly
    }
  }
}

extension Site {
  /// When the first digest of each cadence goes out, the most frequent first.
  package var cadences: [Schedule] {
    Cadence.allCases.compactMap { cadence in
      digests.map(\.schedule).first { $0.cadence == cadence }
    }
  }

  /// What a subscriber gets who does not choose.
  package var standardCadence: Cadence { digests.first?.schedule.cadence ?? .weekly }
}
