import Foundation

/// What writing every document of a site anew costs, beside a C program that writes the same Atom
/// bytes from the same database.
///
/// Every article has its release and its positions already; the output folder is empty.
struct FullPublication {
  let feedgen: String
  let floor: String
  let sizes: [Int]

  func run(_ sites: [String]) throws {
    print("All documents written anew (cpu seconds, medians, in turn with the floor):")
    for (site, count) in zip(sites, sizes) { try compare(site, count) }
  }

  private func compare(_ site: String, _ count: Int) throws {
    let publish = [feedgen, "publish", "--feeds-only", "--site", site]
    let programs = [
      [floor, "\(site)/feedgen.db", "\(site)/floor"],
      publish + ["--set", "feeds.formats=[atom]"],
      publish,
    ]
    let costs = try ProcessTimer.compare(programs, rounds: count > 10_000 ? 3 : 9) {
      try FileManager.default.remove(["\(site)/feeds", "\(site)/floor"])
    }
    print("  \(count) articles:")
    print("    C floor, Atom   \(line(costs[0], beside: costs[0]))")
    print("    feedgen, Atom   \(line(costs[1], beside: costs[0]))")
    print("    feedgen, all    \(line(costs[2], beside: costs[0]))")
    try checkBytes(site)
  }

  /// The floor is one only if it writes the same documents.
  private func checkBytes(_ site: String) throws {
    try FileManager.default.remove(["\(site)/floor"])
    _ = try ProcessTimer.run([floor, "\(site)/feedgen.db", "\(site)/floor"])
    _ = try ProcessTimer.run(
      [feedgen, "publish", "--feeds-only", "--site", site, "--set", "feeds.formats=[atom]"]
    )
    _ = try ProcessTimer.run(
      ["diff", "-rq", "-x", "*.html", "-x", "*.css", "-x", ".*", "-x", "feeds.opml"]
        + ["\(site)/floor", "\(site)/feeds"]
    )
    print("    the same bytes: yes")
    try FileManager.default.remove(["\(site)/floor"])
    _ = try ProcessTimer.run([feedgen, "publish", "--feeds-only", "--site", site])
  }

  private func line(_ cost: ProcessCost, beside floor: ProcessCost) -> String {
    String(
      format: "%6.2f s, %4.2f x the floor, peak %.1f MiB",
      cost.cpu,
      cost.cpu / floor.cpu,
      cost.peak
    )
  }
}
