import Model

extension DoorValues {
  /// What a page says that says one thing, before it is escaped.
  struct Words {
    var title: String
    var paragraphs: [String] = []
    var items: [String] = []
    var fineprint: String?
    var form: Form?
    var ways: [Way] = []
    var isBad = false
  }

  /// A form of nothing but buttons.
  struct Form {
    var path: String
    /// What it sends whichever button is pressed.
    var fields: [DoorField] = []
    var buttons: [Button]

    init(path: String, fields: [DoorField] = [], buttons: [Button]) {
      self.path = path
      self.fields = fields
      self.buttons = buttons
    }

    init(path: String, label: PhraseKey, sends field: DoorField) {
      self.init(path: path, buttons: [Button(label: label, field: field)])
    }
  }

  struct Button {
    var label: PhraseKey
    /// What it sends.
    var field: DoorField
    var isQuiet = false
  }

  struct Way {
    enum Look { case button, quietButton, link }

    var label: PhraseKey
    var href: String
    var look: Look
  }

  func values(of message: DoorMessage) -> [String: Any] {
    let words = words(of: message)
    var values = common(title: words.title).adding([
      "heading": escaped(words.title),
      "isBad": words.isBad,
      "paragraphs": words.paragraphs.map(escaped),
      "hasItems": !words.items.isEmpty,
      "items": words.items.map(escaped),
      "hasWays": !words.ways.isEmpty,
      "ways": words.ways.map(way),
    ])
    if let fineprint = words.fineprint { values["fineprint"] = escaped(fineprint) }
    if let form = words.form { values["form"] = self.form(form) }
    return values
  }

  private func form(_ form: Form) -> [String: Any] {
    [
      "action": escaped(path + form.path),
      "fields": form.fields.map { ["name": escaped($0.name), "value": escaped($0.value)] },
      "buttons": form.buttons.map { button -> [String: Any] in
        [
          "label": text(button.label), "name": button.field.name, "value": button.field.value,
          "isQuiet": button.isQuiet,
        ]
      },
    ]
  }

  private func way(_ way: Way) -> [String: Any] {
    [
      "label": text(way.label), "href": escaped(way.href), "isButton": way.look != .link,
      "isQuiet": way.look == .quietButton,
    ]
  }

  private func words(of message: DoorMessage) -> Words {
    switch message {
    case .checkMail(let address): checkMail(address)
    case .confirm(let address, let topics, let token): confirm(address, topics, token)
    case .confirmed(let topics, let next, let latest, let token):
      confirmed(topics, next, latest, token)
    case .leave(let address, let topic, let token, let preferences):
      leave(address, topic, token, preferences)
    case .left(let topic): left(topic)
    case .refuse(let address, let token): refuse(address, token)
    case .refused: refused
    case .issue(let review, let token, let isOutdated): issue(review, token, isOutdated)
    case .linkSent(let address): linkSent(address)
    case .arrive(let address, let token): arrive(address, token)
    case .arrived: arrived
    case .taken: taken
    case .data(let address, let token): data(address, token)
    case .erase(let address, let token): erase(address, token)
    case .erased: erased
    case .failure(let failure): self.failure(failure)
    }
  }

  private func checkMail(_ address: String) -> Words {
    Words(
      title: catalog.text(.checkMail),
      paragraphs: [catalog.text(.checkMailText, ["address": address])],
      fineprint: catalog.text(.checkMailFineprint),
      ways: [Way(label: .backToArticles, href: site.feedsURL, look: .quietButton)]
    )
  }

  private func confirm(_ address: EmailAddress, _ topics: [Slug], _ token: String) -> Words {
    let values = [
      "publication": publication, "address": address.masked, "topics": names(of: topics),
    ]
    return Words(
      title: catalog.text(.confirmTitle),
      paragraphs: [catalog.text(.confirmText, values)],
      form: Form(path: DoorPlace.confirm + token, label: .confirmButton, sends: .confirm)
    )
  }

  private func confirmed(
    _ topics: [Slug],
    _ next: CivilDate?,
    _ latest: String?,
    _ token: String
  ) -> Words {
    let topics = ["topics": names(of: topics)]
    let text =
      next.map { date in
        let date = ["date": catalog.dateWithWeekday(date)]
        return catalog.text(.confirmedText, topics.merging(date) { $1 })
      } ?? catalog.text(.confirmedSoon, topics)
    return Words(
      title: catalog.text(.confirmedTitle),
      paragraphs: [text],
      ways: [
        Way(
          label: latest == nil ? .readLatest : .readLatestIssue,
          href: latest ?? site.feedsURL,
          look: .button
        ),
        Way(label: .changePreferences, href: path + DoorPlace.preferences + token, look: .link),
      ]
    )
  }

  private func leave(
    _ address: EmailAddress,
    _ topic: Slug?,
    _ token: String,
    _ preferences: String
  ) -> Words {
    var values = ["address": address.masked, "publication": publication]
    values["topic"] = topic.map(title)
    return Words(
      title: catalog.text(.unsubscribe),
      paragraphs: [catalog.text(topic == nil ? .leaveText : .leaveTopicText, values)],
      form: Form(path: DoorPlace.leave + token, label: .leaveButton, sends: .oneClick),
      ways: [
        Way(label: .fewerTopics, href: path + DoorPlace.preferences + preferences, look: .link)
      ]
    )
  }

  private func left(_ topic: Slug?) -> Words {
    let text =
      topic.map { catalog.text(.leftTopicText, ["topic": title(of: $0)]) }
      ?? catalog.text(.leftText, ["publication": publication])
    return Words(
      title: catalog.text(.leftTitle),
      paragraphs: [text],
      fineprint: catalog.text(.leftFineprint),
      ways: [
        Way(label: .seeFeeds, href: site.feedsURL, look: .quietButton),
        Way(
          label: .subscribeAgain,
          href: path + DoorPlace.subscribe + languageQuery,
          look: .link
        ),
      ]
    )
  }

  private func refuse(_ address: EmailAddress, _ token: String) -> Words {
    let values = ["address": address.masked, "publication": publication]
    return Words(
      title: catalog.text(.refuseTitle),
      paragraphs: [catalog.text(.refuseText, values)],
      form: Form(path: DoorPlace.refuse + token, label: .refuseButton, sends: .oneClick)
    )
  }

  private var refused: Words {
    Words(
      title: catalog.text(.refusedTitle),
      paragraphs: [catalog.text(.refusedText, ["publication": publication])]
    )
  }

  private func failure(_ failure: DoorFailure) -> Words {
    let phrases = failure.phrases
    return Words(
      title: catalog.text(phrases.title),
      paragraphs: [catalog.text(phrases.text)],
      fineprint: catalog.text(.errorCode, ["code": "\(failure.rawValue)"]),
      ways: [Way(label: .backToArticles, href: site.feedsURL, look: .button)],
      isBad: true
    )
  }
}
