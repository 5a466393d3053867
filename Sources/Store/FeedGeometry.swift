package import Model

/// Which of a feed's documents shows which of its positions.
///
/// A block is a fixed number of positions, so an archive document never shifts. The subscription
/// document shows the block that is being filled and the last full one; each older block is an
/// archive document (RFC 5005 §4). Positions from 1 upwards are minted at the head, those from 0
/// downwards at the old end.
package struct FeedGeometry: Equatable, Sendable {
  /// Positions in a block.
  package var blockSize: Int64
  /// The lowest position minted; 1 while there is none at the old end.
  package var firstPosition: Int64
  /// The highest position minted; 0 while there is none at the head.
  package var lastPosition: Int64

  package init(blockSize: Int64, firstPosition: Int64 = 1, lastPosition: Int64 = 0) {
    self.blockSize = blockSize
    self.firstPosition = firstPosition
    self.lastPosition = lastPosition
  }

  package func block(of position: Int64) -> Int {
    // Division rounds towards 0; blocks are counted downwards too.
    Int(position > 0 ? (position - 1) / blockSize : (position - blockSize) / blockSize)
  }

  package func part(of block: Int) -> FeedPart {
    block < firstShownBlock ? .archive(block) : .subscription
  }

  /// The positions of a block.
  package func positions(of block: Int) -> ClosedRange<Int64> {
    let start = Int64(block) * blockSize
    return start + 1...start + blockSize
  }

  /// The last full block, or the first of all: where the subscription document begins.
  package var firstShownBlock: Int { max(0, Int(lastPosition / blockSize) - 1) }

  /// The block at the old end.
  package var oldestBlock: Int { min(0, block(of: firstPosition)) }

  /// The next older document.
  package func previous(of part: FeedPart) -> FeedPart? {
    let older =
      switch part {
      case .subscription: firstShownBlock - 1
      case .archive(let block): block - 1
      }
    return older < oldestBlock ? nil : .archive(older)
  }

  /// The next newer archive document.
  package func next(of part: FeedPart) -> FeedPart? {
    guard case .archive(let block) = part, block + 1 < firstShownBlock else { return nil }
    return .archive(block + 1)
  }
}
