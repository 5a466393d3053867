import GRDB

/// The tables, as numbered steps.
///
/// A step that has been released is never edited.
enum Schema {
  /// `application_id` of the file: "fgen".
  static let applicationID: Int32 = 0x6667_656e
  /// `user_version` of a file that has all steps.
  static let version: Int32 = 5

  static func migrate(_ database: any DatabaseWriter) throws {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: articles, feeds, subscribers, issues, deliveries") { db in
      for tables in [counters, topics, articles, feeds, subscribers, issues, deliveries, operation]
      {
        try db.execute(sql: tables)
      }
      try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = 1")
    }
    migrator.registerMigration("2: archives, pages, enclosures, hubs") { db in
      try db.execute(sql: history + "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3: offers, errata, pauses, approvals") { db in
      try db.execute(sql: editions + "PRAGMA user_version = 3")
    }
    migrator.registerMigration("4: refusals, returned mail, restores, readers") { db in
      for tables in [bounces, restores, readers] { try db.execute(sql: tables) }
      try db.execute(sql: "PRAGMA user_version = 4")
    }
    migrator.registerMigration("5: sources on the web") { db in
      try db.execute(sql: sources + "PRAGMA user_version = 5")
    }
    try migrator.migrate(database)
  }
}
