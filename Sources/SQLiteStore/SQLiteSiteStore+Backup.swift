import GRDB
package import Model
import Store

extension SQLiteSiteStore {
  package func backUp(to path: String, asOf instant: Instant) throws {
    // A read transaction: nobody waits for it, and it waits for nobody.
    try translatingErrors(path) {
      try copyAll(to: path)
      let copy = try DatabaseQueue(path: path)
      try copy.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
      }
      try copy.write { try $0.holdMail(MailHold(.restored, copied: instant)) }
      try copy.close()
    }
  }
}
