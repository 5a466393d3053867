import Model

/// What is said about a subscriber's own data.
extension DoorValues {
  func linkSent(_ address: EmailAddress) -> Words {
    Words(
      title: catalog.text(.checkMail),
      paragraphs: [catalog.text(.linkSentText, ["address": address.masked])],
      fineprint: catalog.text(.linkSentFineprint)
    )
  }

  func arrive(_ address: EmailAddress, _ token: String) -> Words {
    let values = ["publication": publication, "address": address.masked]
    return Words(
      title: catalog.text(.moveTitle),
      paragraphs: [catalog.text(.arriveText, values)],
      form: Form(path: DoorPlace.arrive + token, label: .arriveButton, sends: .confirm)
    )
  }

  var arrived: Words {
    Words(title: catalog.text(.moveTitle), paragraphs: [catalog.text(.arrivedText)])
  }

  var taken: Words {
    Words(title: catalog.text(.moveTitle), paragraphs: [catalog.text(.takenText)], isBad: true)
  }

  func data(_ address: EmailAddress, _ token: String) -> Words {
    Words(
      title: catalog.text(.dataTitle),
      paragraphs: [catalog.text(.dataText, ["address": address.masked])],
      form: Form(path: DoorPlace.data + token, label: .dataButton, sends: .confirm)
    )
  }

  func erase(_ address: EmailAddress, _ token: String) -> Words {
    let values = ["publication": publication, "address": address.masked]
    return Words(
      title: catalog.text(.eraseTitle),
      paragraphs: [catalog.text(.eraseText, values)],
      form: Form(path: DoorPlace.erase + token, label: .eraseButton, sends: .confirm)
    )
  }

  var erased: Words {
    Words(title: catalog.text(.eraseTitle), paragraphs: [catalog.text(.erasedText)])
  }
}
