package import Bytes

/// Finds a text's unbroken runs of one kind.
///
/// A credential is nearly always such a run, and prose hardly ever is: on real posts a twelfth of the bytes. So this
/// spares most texts every other search.
package enum TokenRuns {
  /// Puts the runs of a kind's bytes into the list, by ascending place.
  package static func find(
    _ kind: RunKind, in masks: ByteMasks, into runs: inout [Range<Int>]
  ) {
    switch kind {
    case .token: find(in: masks, { $0.token }, into: &runs)
    case .word: find(in: masks, { $0.word }, into: &runs)
    }
  }

  @inline(__always)
  private static func find(
    in masks: ByteMasks, _ mask: (ByteMasks.Block) -> UInt64,
    into runs: inout [Range<Int>]
  ) {
    runs.removeAll(keepingCapacity: true)
    var start = 0
    func end(at place: Int) {
      if place &- start >= RunKind.shortest { runs.append(start..<place) }
      start = place &+ 1
    }
    for block in masks.blocks.indices {
      let at = block &* 64
      let members = mask(masks.blocks[block])
      var others = ~members
      guard others != 0 else { continue }
      end(at: at &+ others.trailingZeroBitCount)
      // Only where as many in a row are set does the block hold a run of its own.
      var rows = members & members &>> 1
      rows &= rows &>> 2
      rows &= rows &>> 4
      rows &= rows &>> 8
      if rows != 0 {
        others &= others &- 1
        while others != 0 {
          end(at: at &+ others.trailingZeroBitCount)
          others &= others &- 1
        }
      }
      start = at &+ 64 &- (~members).leadingZeroBitCount
    }
    // Behind the last byte no bit is set, unless the text ends with a block.
    end(at: masks.count)
  }
}
