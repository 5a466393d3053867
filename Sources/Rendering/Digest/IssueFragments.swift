package import Model

/// Fragments of an issue by their numbers, cut at their slots once, however many messages they
/// become part of.
package struct IssueFragments: Sendable {
  /// A stretch of a fragment, as it is sent, or a place that is filled in for each reader.
  enum Piece: Sendable {
    case text([UInt8])
    case slot(Slot.Name)
  }

  /// At its number, each fragment's pieces; nil where there is none.
  private var fragments: [[Piece]?] = []
  private var sizes: [Int] = []
  private var roles: [Int: FragmentRole] = [:]
  private var substitutes: [Int: Int] = [:]
  package private(set) var count = 0

  package init(_ fragments: [Fragment] = []) {
    for fragment in fragments { add(fragment) }
  }

  package mutating func add(_ fragment: Fragment) {
    let missing = fragment.number + 1 - fragments.count
    if missing > 0 {
      fragments.append(contentsOf: repeatElement(nil, count: missing))
      sizes.append(contentsOf: repeatElement(0, count: missing))
    }
    if fragments[fragment.number] == nil { count += 1 }
    fragments[fragment.number] = Slot.pieces(of: fragment.bytes)
    sizes[fragment.number] = fragment.bytes.count
    roles[fragment.number] = fragment.role
    substitutes[fragment.number] = fragment.substitute
  }

  func role(of number: Int) -> FragmentRole? { roles[number] }
  func substitute(for number: Int) -> Int? { substitutes[number] }

  /// The pieces of a fragment; nil where it is not given.
  subscript(number: Int) -> [Piece]? {
    fragments.indices.contains(number) ? fragments[number] : nil
  }

  /// How many bytes fragments have, but for what readers' slots are filled with.
  func size(of numbers: [Int]) -> Int {
    numbers.reduce(0) { $0 + (sizes.indices.contains($1) ? sizes[$1] : 0) }
  }

  package func contains(_ number: Int) -> Bool { self[number] != nil }
}
