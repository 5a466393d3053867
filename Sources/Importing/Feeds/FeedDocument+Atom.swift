import Markup
import Model

extension FeedDocument {
  /// Reads what stands in the feed element.
  mutating func readAtom(_ element: XMLElement, _ context: FeedContext) {
    switch element.name {
    case "entry": add(AtomEntry(element, context))
    case "deleted-entry": element["ref"].map { deleted.append($0) }
    case "id": about.id = element.text.trimmingSpaces
    case "title": about.title = atomText(element)?.line ?? ""
    case "link": readLink(element, context)
    case "author": authors += [Person(atom: element, context)].compactMap { $0 }
    default: break
    }
  }

  private mutating func add(_ read: AtomEntry) {
    if let reason = read.refusal { skipped.append(reason) } else { add(read.entry) }
  }
}
