import GRDB
package import Model
import Store

extension SQLiteSiteStore {
  @discardableResult
  package func setTopics(_ topics: [Topic], asOf: Instant) throws -> Bool {
    guard try read({ try $0.topicsDiffer(from: topics) }) else { return false }
    try write { db in
      try db.ensureSiteFeed(asOf: asOf)
      for (ordinal, topic) in topics.enumerated() {
        try db.adopt(topic, ordinal: ordinal, asOf: asOf)
      }
      try db.dropTopics(except: topics)
    }
    return true
  }
}

extension Database {
  /// The keys of the topics with these slugs, former ones included.
  func topicKey(_ slug: Slug) throws -> Int64? {
    let sql = """
      SELECT key FROM topic WHERE slug = :slug
      UNION ALL SELECT topic FROM formerSlug WHERE slug = :slug
      """
    return try Int64.fetchOne(try cachedStatement(sql: sql), arguments: ["slug": slug.text])
  }

  fileprivate func topicsDiffer(from topics: [Topic]) throws -> Bool {
    let stored = try Row.fetchAll(
      self,
      sql: "SELECT slug, title, description, isRetired FROM topic ORDER BY ordinal"
    )
    let former = try String.fetchSet(self, sql: "SELECT slug FROM formerSlug")
    let same =
      stored.count == topics.count
      && zip(stored, topics).allSatisfy { row, topic in
        row[0] == topic.slug.text && row[1] == topic.title && row[2] == topic.description
          && row[3] == topic.isRetired
      }
    let hasSiteFeed = try Bool.fetchOne(self, sql: "SELECT 1 FROM feed WHERE topic IS NULL")
    return !same || hasSiteFeed == nil
      || !former.isSuperset(of: topics.flatMap { $0.was.map(\.text) })
  }

  fileprivate func ensureSiteFeed(asOf: Instant) throws {
    try run(
      """
      INSERT INTO feed (topic, name, created, changed)
      SELECT NULL, '', ?, (SELECT revision FROM state)
      WHERE NOT EXISTS (SELECT 1 FROM feed WHERE topic IS NULL)
      """,
      [asOf.seconds]
    )
  }

  /// Brings one topic up to date: by its slug, by one it had before, or as a new one.
  fileprivate func adopt(_ topic: Topic, ordinal: Int, asOf: Instant) throws {
    let key = try existingKey(of: topic, asOf: asOf) ?? insertTopic(topic, asOf: asOf)
    try run("DELETE FROM formerSlug WHERE slug = ?", [topic.slug.text])
    try mergeFormer(topic, into: key, asOf: asOf)
    try updateTopic(key, topic, ordinal: ordinal, asOf: asOf)
  }

  private func existingKey(of topic: Topic, asOf: Instant) throws -> Int64? {
    if let key = try currentKey(topic.slug) { return key }
    for former in topic.was {
      guard let key = try currentKey(former) else { continue }
      // The same topic under a new name: its feed, articles and subscriptions stay with it.
      try run("UPDATE topic SET slug = ? WHERE key = ?", [topic.slug.text, key])
      try rememberSlug(former, of: key, asOf: asOf)
      return key
    }
    return nil
  }

  private func currentKey(_ slug: Slug) throws -> Int64? {
    try Int64.fetchOne(
      try cachedStatement(sql: "SELECT key FROM topic WHERE slug = ?"),
      arguments: [slug.text]
    )
  }

  private func insertTopic(_ topic: Topic, asOf: Instant) throws -> Int64 {
    try run(
      """
      INSERT INTO topic (slug, title, description, isRetired, ordinal) VALUES (?, ?, ?, 0, 0)
      """,
      [topic.slug.text, topic.title, topic.description]
    )
    let key = lastInsertedRowID
    try run(
      "INSERT INTO feed (topic, name, created, changed) VALUES (?, ?, ?, ?)",
      [key, try freeFeedName(topic.slug).text, asOf.seconds, try nextRevision()]
    )
    return key
  }

  /// The topic's slug, or, where a feed of another topic was made under it, the next number.
  private func freeFeedName(_ slug: Slug) throws -> Slug {
    var name = slug
    var number = 1
    while try Bool.fetchOne(self, sql: "SELECT 1 FROM feed WHERE name = ?", arguments: [name.text])
      ?? false
    {
      number += 1
      name = slug.numbered(number)
    }
    return name
  }

  private func rememberSlug(_ slug: Slug, of key: Int64, asOf: Instant) throws {
    try run(
      "INSERT OR IGNORE INTO formerSlug (slug, topic, since) VALUES (?, ?, ?)",
      [slug.text, key, asOf.seconds]
    )
  }

  /// Moves the articles and subscriptions of the topics that this one has replaced.
  private func mergeFormer(_ topic: Topic, into key: Int64, asOf: Instant) throws {
    for former in topic.was {
      if let other = try currentKey(former), other != key {
        try merge(other, into: key, asOf: asOf)
      }
      try rememberSlug(former, of: key, asOf: asOf)
    }
  }

  private func merge(_ other: Int64, into key: Int64, asOf: Instant) throws {
    // The articles count as changed, so that the next release lets them join the feed.
    let articles = try Int64.fetchAll(
      self,
      sql: "SELECT article FROM articleTopic WHERE topic = ?",
      arguments: [other]
    )
    for article in articles {
      try run("UPDATE article SET revision = ? WHERE key = ?", [try nextRevision(), article])
    }
    try run("UPDATE OR IGNORE articleTopic SET topic = ? WHERE topic = ?", [key, other])
    try run("DELETE FROM articleTopic WHERE topic = ?", [other])
    // Who had chosen both is owed what they were owed through either.
    try run(
      """
      UPDATE subscription SET since = min(subscription.since, former.since)
      FROM subscription AS former
      WHERE subscription.topic = ? AND former.topic = ?
        AND former.subscriber = subscription.subscriber
      """,
      [key, other]
    )
    try run("UPDATE OR IGNORE subscription SET topic = ? WHERE topic = ?", [key, other])
    try run("DELETE FROM subscription WHERE topic = ?", [other])
    try run("UPDATE formerSlug SET topic = ? WHERE topic = ?", [key, other])
    try run("DELETE FROM topic WHERE key = ?", [other])
  }

  private func updateTopic(_ key: Int64, _ topic: Topic, ordinal: Int, asOf: Instant) throws {
    let row = try Row.fetchOne(
      self,
      sql: "SELECT title, description, isRetired FROM topic WHERE key = ?",
      arguments: [key]
    )
    try run(
      """
      UPDATE topic SET slug = ?, title = ?, description = ?, isRetired = ?, ordinal = ?
      WHERE key = ?
      """,
      [topic.slug.text, topic.title, topic.description, topic.isRetired, ordinal, key]
    )
    if let row, row[2], !topic.isRetired {
      // Open again: what came meanwhile joins its feed.
      try run(
        """
        UPDATE article SET revision = ?
        WHERE key IN (SELECT article FROM articleTopic WHERE topic = ?)
        """,
        [try nextRevision(), key]
      )
    }
    guard let row, row[0] != topic.title || row[1] != topic.description else { return }
    // A new title shows in the feed's own `updated`, never in an entry's.
    try run(
      "UPDATE feed SET changed = ?, updated = max(coalesce(updated, 0), ?) WHERE topic = ?",
      [try nextRevision(), asOf.seconds, key]
    )
  }

  fileprivate func dropTopics(except topics: [Topic]) throws {
    let kept = Set(topics.map(\.slug.text))
    let gone = try Row.fetchAll(
      self,
      sql: """
        SELECT key, slug, (SELECT count(*) FROM articleTopic WHERE topic = topic.key),
          (SELECT count(*) FROM subscription WHERE topic = topic.key)
        FROM topic
        """
    ).filter { !kept.contains($0[1]) }
    for row in gone {
      guard row[2] == 0, row[3] == 0 else {
        throw StoreError.topicInUse(slug: row[1], articles: row[2], subscribers: row[3])
      }
      let key: Int64 = row[0]
      try run("DELETE FROM topic WHERE key = ?", [key])
    }
  }
}
