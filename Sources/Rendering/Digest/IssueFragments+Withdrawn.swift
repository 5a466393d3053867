package import Model

/// What is left of an edition when articles were withdrawn after it was frozen: their fragments are
/// not given any more.
extension IssueFragments {
  package func areComplete(for group: EditionGroup) -> Bool {
    (group.text + group.html).allSatisfy(contains)
  }

  /// The fragments that may stand in for those of an edition.
  package func substitutes(in group: EditionGroup) -> [Int] {
    (group.text + group.html).compactMap(substitute)
  }

  /// The edition without headings that nothing stands under, and without numbers that count what is
  /// not there.
  ///
  /// Its subject stays as it was frozen, with the number of articles then: the editor may have
  /// written it, and it names the message to those who have had an earlier try. So does the number
  /// of articles there was no room for, of which nobody knows which they were.
  package func showing(_ group: EditionGroup) -> EditionGroup {
    guard !areComplete(for: group) else { return group }
    var group = group
    group.text = shown(group.text)
    group.html = shown(group.html)
    return group
  }

  private func shown(_ numbers: [Int]) -> [Int] {
    let blocks = blocks(of: numbers)
    let topics = blocks.filter { role(of: $0[0]) == .topic }
    var topic = topics.makeIterator()
    return blocks.flatMap { block in
      let head = block[0]
      switch role(of: head) {
      case .preheader: return [substitute(for: head) ?? head]
      case .contentsStart, .contentsEnd: return topics.contains(where: isAnythingLeft) ? block : []
      case .contents: return topic.next().map { row(head, for: $0) } ?? block
      case .topic, .errata: return isAnythingLeft(of: block) ? block : []
      default: return block
      }
    }
  }

  /// The list cut before each fragment that does not show an article or follow one.
  private func blocks(of numbers: [Int]) -> [[Int]] {
    numbers.reduce(into: []) { blocks, number in
      if isContent(number), !blocks.isEmpty {
        blocks[blocks.count - 1].append(number)
      } else {
        blocks.append([number])
      }
    }
  }

  private func isContent(_ number: Int) -> Bool {
    guard contains(number) else { return true }
    return [.article, .rest, .more].contains(role(of: number))
  }

  private func isAnythingLeft(of block: [Int]) -> Bool {
    block.contains { role(of: $0) == .article || role(of: $0) == .rest }
  }

  private func row(_ number: Int, for topic: [Int]) -> [Int] {
    guard isAnythingLeft(of: topic) else { return [] }
    return [topic.allSatisfy(contains) ? number : substitute(for: number) ?? number]
  }
}
