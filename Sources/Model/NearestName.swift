/// The name that was probably meant: the nearest of the known ones, at most two edits away.
package func nearestName(to name: String, among known: some Sequence<String>) -> String? {
  let distances = known.map { ($0, editDistance(Array(name.utf8), Array($0.utf8))) }
  let nearest = distances.min { $0.1 < $1.1 }
  return nearest.flatMap { $0.1 <= 2 && $0.1 < name.utf8.count ? $0.0 : nil }
}

/// The fewest insertions, deletions, replacements and swaps of neighbours between two texts.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (i, leftByte) in left.enumerated() {
    var row = [i + 1]
    for (j, rightByte) in right.enumerated() {
      let replaced = last[j] + (leftByte == rightByte ? 0 : 1)
      var cost = min(replaced, last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, leftByte == right[j - 1], left[i - 1] == rightByte {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[right.count]
}
