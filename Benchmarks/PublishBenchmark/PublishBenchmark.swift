import Foundation
import Model
import SQLiteStore
import Store

/// What `feedgen publish` costs at 1,000, 10,000 and LARGE articles, beside `feedgen --version`,
/// `/bin/true`, `find`, a program in C and Hugo.
///
/// Usage: publish-benchmark FEEDGEN FLOOR [LARGE], where LARGE is 100,000 unless given.
@main struct PublishBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else {
      print("usage: publish-benchmark FEEDGEN FLOOR [LARGE]")
      exit(64)
    }
    let large = arguments.count > 3 ? Int(arguments[3]) ?? 100_000 : 100_000
    let sizes = [1000, 10_000].filter { $0 < large } + [large]
    try PublishBenchmark(feedgen: arguments[1], floor: arguments[2], sizes: sizes).run()
  }

  let feedgen: String
  /// The program that writes the same documents with nothing in between.
  let floor: String
  let sizes: [Int]
  private let folder = NSTemporaryDirectory() + "feedgen-bench-\(getpid())"

  func run() throws {
    defer {
      if getenv("FEEDGEN_BENCH_KEEP") == nil { try? FileManager.default.removeItem(atPath: folder) }
    }
    let sites = try sizes.map(makeSite)
    try firstPublication(sites)
    try FullPublication(feedgen: feedgen, floor: floor, sizes: sizes).run(sites)
    try HugoComparison(feedgen: feedgen, sizes: sizes).run(sites)
    try nothingToDo(sites)
    try oneChanged(sites)
    try folderSource()
  }

  private func makeSite(_ count: Int) throws -> String {
    let dataset = Dataset(count: count)
    let path = "\(folder)/\(count)"
    try FileManager.default.write(dataset.configuration, to: "\(path)/feedgen.yaml")
    try makeKeys("\(path)/keys")
    let store = try SQLiteSiteStore(path: "\(path)/feedgen.db", siteID: Dataset.siteID) { _ in [] }
    try store.setTopics(dataset.topics, asOf: Instant(seconds: 0))
    for start in stride(from: 0, to: count, by: 500) {
      let changes = (start..<min(start + 500, count)).compactMap { number in
        dataset.article(number).map { ArticleChange.put($0, stamp: nil, isArchive: false) }
      }
      try store.write(changes, asOf: Instant(seconds: 0))
    }
    return path
  }

  private func makeKeys(_ path: String) throws {
    for name in ["message.key", "token-1.key"] {
      try FileManager.default.write(String(repeating: "k", count: 32), to: "\(path)/\(name)")
      chmod("\(path)/\(name)", 0o600)
    }
  }

  private func firstPublication(_ sites: [String]) throws {
    print("First publication: every article gets its release, its positions and its feeds.")
    for (site, count) in zip(sites, sizes) {
      let cost = try ProcessTimer.run([feedgen, "publish", "--site", site])
      print(
        "  \(count) articles: \(milliseconds(cost.wall)) ms, "
          + "\(decimal(cost.wall * 1e6 / Double(count))) µs an article, "
          + "peak memory \(decimal(cost.peak)) MiB"
      )
    }
  }

  private func nothingToDo(_ sites: [String]) throws {
    let programs =
      [["/bin/true"], [feedgen, "--version"]]
      + sites.map { [feedgen, "publish", "--site", $0] }
    let costs = try ProcessTimer.compare(programs, rounds: 25)
    print("Nothing changed (medians of 25, in turn):")
    print("  /bin/true                 \(milliseconds(costs[0].wall)) ms")
    print(
      "  feedgen --version         \(milliseconds(costs[1].wall)) ms, "
        + "\(milliseconds(costs[1].wall - costs[0].wall)) ms over /bin/true"
    )
    for (index, count) in sizes.enumerated() {
      let cost = costs[index + 2]
      print(
        "  publish, \(count) articles: \(milliseconds(cost.wall)) ms, "
          + "\(ratio(cost.wall, costs[1].wall)) × --version, peak \(decimal(cost.peak)) MiB"
      )
    }
    let large = sizes.count - 1
    print(
      "  publish, \(sizes[large]) against \(sizes[0]): "
        + "\(ratio(costs[large + 2].wall, costs[2].wall)) ×"
    )
  }

  private func oneChanged(_ sites: [String]) throws {
    print("One article changed:")
    for (site, count) in zip(sites, sizes) {
      _ = try ProcessTimer.run(
        [feedgen, "articles", "delete", "article-\(count - 1)", "--site", site])
      let cost = try ProcessTimer.run([feedgen, "publish", "--site", site])
      print(
        "  \(count) articles: \(milliseconds(cost.wall)) ms, peak \(decimal(cost.peak)) MiB"
      )
    }
  }

  private func folderSource() throws {
    let count = 10_000
    let dataset = Dataset(count: count)
    let path = "\(folder)/files"
    for number in 0..<count {
      try FileManager.default.write(
        dataset.markdown(number),
        to: "\(path)/articles/\(number / 1000)/article-\(number).md"
      )
    }
    try FileManager.default.write(
      dataset.configuration.replacing("sources: []", with: "sources: [articles/]"),
      to: "\(path)/feedgen.yaml"
    )
    try makeKeys("\(path)/keys")
    let first = try ProcessTimer.run([feedgen, "publish", "--site", path])
    print("A folder of \(count) files:")
    print(
      "  first import: \(decimal(first.wall * 1e6 / Double(count))) µs a file, "
        + "peak \(decimal(first.peak)) MiB"
    )
    let costs = try ProcessTimer.compare(
      [
        ["find", "\(path)/articles", "-type", "f", "-size", "+0", "-name", "*.md"],
        [feedgen, "publish", "--site", path],
      ],
      rounds: 9
    )
    print("  find, one stat a file: \(perFile(costs[0], count)) µs a file")
    print(
      "  publish, nothing changed: \(perFile(costs[1], count)) µs a file, "
        + "\(ratio(costs[1].wall, costs[0].wall)) × find"
    )
  }

  private func perFile(_ cost: ProcessCost, _ count: Int) -> String {
    decimal(cost.wall * 1e6 / Double(count))
  }

  private func milliseconds(_ seconds: Double) -> String { decimal(seconds * 1000) }
  private func ratio(_ left: Double, _ right: Double) -> String { decimal(left / right, places: 2) }

  private func decimal(_ number: Double, places: Int = 1) -> String {
    String(format: "%.\(places)f", number)
  }
}
