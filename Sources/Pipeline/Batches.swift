/// The most rows that one transaction writes, so that none holds the store's lock for long.
let batchSize = 500

/// The elements in groups that one transaction may write.
func batches<Element>(_ elements: [Element]) -> [[Element]] {
  stride(from: 0, to: elements.count, by: batchSize).map {
    Array(elements[$0..<min($0 + batchSize, elements.count)])
  }
}
