import Foundation

/// What Hugo needs for the same articles: a page for each, and the newest 50 of the site and of
/// each topic as RSS.
///
/// Feedgen writes no page for an article, but it writes each article into the feeds of the site and
/// of its topics, the old ones too: more than twice Hugo's bytes as Atom, seven times in all formats.
struct HugoComparison {
  let feedgen: String
  let sizes: [Int]

  func run(_ sites: [String]) throws {
    guard (try? ProcessTimer.run(["hugo", "version"])) != nil else {
      print("Beside Hugo: skipped, as there is no hugo in PATH (Debian's package hugo has it).")
      return
    }
    print("All documents written anew, beside Hugo with pages and newest feeds (cpu seconds):")
    for (site, count) in zip(sites, sizes) { try compare(site, count) }
  }

  private func compare(_ site: String, _ count: Int) throws {
    let hugo = HugoSite(dataset: Dataset(count: count), path: "\(site)/hugo")
    try hugo.write()
    let publish = [feedgen, "publish", "--feeds-only", "--site", site]
    // Hugo comes last, so that its output is still there to be checked.
    let programs = [publish + ["--set", "feeds.formats=[atom]"], publish, hugo.command]
    let rounds = count > 10_000 ? 1 : 5
    // A run of Hugo with more articles takes a minute.
    let costs = try ProcessTimer.compare(programs, rounds: rounds, warmUps: rounds > 1 ? 1 : 0) {
      try FileManager.default.remove(["\(site)/feeds", hugo.output])
    }
    try hugo.check()
    try FileManager.default.remove([hugo.path])
    // The measurements after this one want a site that is up to date.
    _ = try ProcessTimer.run(publish)
    print("  \(count) articles, \(rounds > 1 ? "medians of \(rounds)" : "one run each"), in turn:")
    print("    Hugo            \(line(costs[2]))")
    print("    feedgen, Atom   \(line(costs[0])), \(ratio(costs[2], costs[0]))")
    print("    feedgen, all    \(line(costs[1])), \(ratio(costs[2], costs[1]))")
  }

  private func line(_ cost: ProcessCost) -> String {
    String(format: "%6.2f s, peak %.1f MiB", cost.cpu, cost.peak)
  }

  private func ratio(_ hugo: ProcessCost, _ feedgen: ProcessCost) -> String {
    String(format: "Hugo takes %.1f x as much", hugo.cpu / feedgen.cpu)
  }
}
