import Markup
import Model

extension DigestValues {
  var closing: [String: Any] {
    var values = siteLanguage.adding(webEdition).adding([
      "reason": reason,
      "hasLinks": !links.isEmpty,
      "links": links,
      "noTracking": wrapped(catalog.text(.noTracking)),
      "publication": escaped(issue.publication),
    ])
    values["siteURL"] = link(site.url)
    values["address"] = site.postalAddress.map { address in
      let address = singleLine(address).shortened(to: Detail.address)
      let names = ["publication": issue.publication, "address": address]
      return wrapped(catalog.text(.postalAddress, names))
    }
    return values
  }

  private var links: [[String: Any]] {
    let canLeave = issue.hasLeavePages || site.mail?.leaveAddress != nil
    let links: [(label: PhraseKey, href: String?)] = [
      (.changePreferences, issue.hasLeavePages ? Slot.preferences : nil),
      (.unsubscribe, canLeave ? Slot.unsubscribe : nil),
      (.privacy, site.privacyURL.flatMap(link)),
      (.legal, site.legalURL.flatMap(link)),
    ]
    return links.filter { $0.href != nil }.enumerated().map { place, link in
      let label = escaped(catalog.text(link.label))
      return ["follows": place > 0, "label": label, "href": link.href ?? ""]
    }
  }

  /// Why the reader gets the message, with a slot for the address.
  private var reason: String {
    func sentence(_ address: String) -> String {
      catalog.reason(issue.cadence, publication: issue.publication.cleaned, address: address)
    }
    return switch part {
    case .text: Slot.wrapped(sentence(Slot.addressInSentence))
    // Escaping keeps the slot as it is; cleaning would take it away.
    case .html: sentence(Slot.address).htmlEscaped
    }
  }
}
