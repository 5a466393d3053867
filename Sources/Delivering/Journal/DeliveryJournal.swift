/// Where a run notes what happens to a message before the store can know.
///
/// A record that was appended survives the end of the process at any instant. A power cut may take
/// the latest with it, which recovery reckons with.
package protocol DeliveryJournal: AnyObject {
  func append(_ record: JournalRecord) throws(JournalError)
}

/// Why a journal cannot be kept; then nothing is sent.
package struct JournalError: Error, Equatable, CustomStringConvertible {
  package var path: String
  package var detail: String

  package init(path: String, detail: String) {
    self.path = path
    self.detail = detail
  }

  package var description: String {
    "\(path): the journal of deliveries cannot be kept (\(detail)), so nothing is sent; "
      + "free some space, or mend the folder’s permissions"
  }
}
