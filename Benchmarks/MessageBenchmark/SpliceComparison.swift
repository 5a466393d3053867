import Foundation
import Model
import Rendering
import SpliceFloor
import Store

/// What it costs to put a message together, beside a program in C that copies the same pieces.
struct SpliceComparison {
  let folder: String
  private static let readers = 500
  private static let rounds = 15

  func run() throws {
    let mailing = Mailing(path: "\(folder)/splice.db")
    try mailing.fill(readers: Self.readers, .different)
    _ = try mailing.cost(of: .plan)
    let (splices, fragments) = try splices(mailing.open())
    let bytes = splices.reduce(0) { $0 + $1.bytes().count } / splices.count
    let floors = splices.map { Floor($0, fragments) }
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    guard zip(splices, floors).allSatisfy({ $0.bytes() == $1.bytes(buffer) }) else {
      throw Failure(description: "the program in C makes other messages")
    }
    var total = 0
    let costs = try medians(
      of: Self.rounds,
      [
        {
          seconds(CLOCK_THREAD_CPUTIME_ID) { for floor in floors { total += floor.copy(buffer) } }
        },
        { seconds(CLOCK_THREAD_CPUTIME_ID) { for one in splices { total += one.bytes().count } } },
      ]
    ).map { $0 * 1e6 / Double(splices.count) }
    guard total > 0 else { return }
    print("Splicing messages of \(bytes) bytes (medians of \(Self.rounds), in turn):")
    print("  copied by C: \(decimal(costs[0], places: 2)) µs a message")
    print("  by feedgen: \(decimal(costs[1], places: 2)) µs, \(decimal(costs[1] / costs[0])) ×")
  }

  /// One message of each edition of the issue, and all its fragments.
  private func splices(_ store: any SiteStore) throws -> ([Splice], [Int: [UInt8]]) {
    guard let issue = try store.issues(atMost: 1).first else { return ([], [:]) }
    // Here and there two choices come to the same edition.
    let groups = try (0..<Self.readers).compactMap { try store.group($0, of: issue.key) }
    let numbers = Set(groups.flatMap { $0.text + $0.html })
    let list = try store.fragments(of: issue.key, numbers: numbers)
    let fragments = IssueFragments(list)
    let splices = groups.map {
      Splice(issue: issue.name, group: $0, fragments: fragments, reader: $0.number)
    }
    return (splices, Dictionary(uniqueKeysWithValues: list.map { ($0.number, $0.bytes) }))
  }
}

/// One message that is to be put together.
private struct Splice {
  var issue: IssueName
  var group: EditionGroup
  var fragments: IssueFragments
  var recipient: Mailbox
  var subscriber: Int64

  init(issue: IssueName, group: EditionGroup, fragments: IssueFragments, reader: Int) {
    (self.issue, self.group, self.fragments) = (issue, group, fragments)
    let address = EmailAddress("lectrice.\(reader)@courrier-\(reader % 97).example")
    recipient = Mailbox(
      name: "Lectrice nº \(reader)",
      address: address ?? Mailing.mail.from.address
    )
    subscriber = Int64(reader + 1)
  }

  func bytes() -> [UInt8] {
    Mailing.message.bytes(
      issue: issue,
      group: group,
      fragments: fragments,
      recipient: recipient,
      subscriber: subscriber,
      date: Mailing.asOf
    )
  }
}

/// The pieces of a message: fragments where they lie, and for all else the finished text.
private final class Floor {
  private let message: [UInt8]
  private var kept: [[UInt8]] = []
  private var slices: [slice] = []

  init(_ splice: Splice, _ fragments: [Int: [UInt8]]) {
    message = splice.bytes()
    var start = 0
    var position = 0
    for number in splice.group.text + splice.group.html {
      guard let fragment = fragments[number],
        let found = message[position...].firstRange(of: fragment)
      else { continue }
      add(start..<found.lowerBound)
      add(fragment)
      (start, position) = (found.upperBound, found.upperBound)
    }
    add(start..<message.count)
  }

  /// The arrays stay where they are: nobody changes them.
  private func add(_ bytes: [UInt8]) {
    kept.append(bytes)
    bytes.withUnsafeBytes { slices.append(slice(start: $0.baseAddress, length: $0.count)) }
  }

  private func add(_ range: Range<Int>) { add(Array(message[range])) }

  func copy(_ buffer: UnsafeMutableRawPointer) -> Int { splice(buffer, slices, slices.count) }

  func bytes(_ buffer: UnsafeMutableRawPointer) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: buffer, count: copy(buffer)))
  }
}
