import Model

extension Edition {
  /// The edition with an article at its beginning, and its topic first; the same where it is not
  /// in it.
  func led(by article: Int64) -> Edition {
    guard let place = sections.firstIndex(where: { $0.articles.contains(article) }) else {
      return self
    }
    var edition = self
    var section = edition.sections.remove(at: place)
    section.articles = [article] + section.articles.filter { $0 != article }
    edition.sections.insert(section, at: 0)
    return edition
  }

  /// How many articles it shows.
  var shownCount: Int { sections.reduce(0) { $0 + $1.articles.count } }

  /// The edition with so many articles at most, and one a topic at least; those at the ends of the
  /// longest topics are left to the link behind them.
  func showing(atMost count: Int) -> Edition {
    var edition = self
    var excess = shownCount - max(count, sections.count)
    while excess > 0,
      let longest = edition.sections.indices.max(by: {
        edition.sections[$0].articles.count < edition.sections[$1].articles.count
      })
    {
      edition.sections[longest].articles.removeLast()
      edition.sections[longest].left += 1
      excess -= 1
    }
    return edition
  }
}
