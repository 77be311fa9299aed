/// Keccak-256 as Ethereum has it: what became SHA-3, with the padding that came before.
func keccak256(_ message: some Sequence<UInt8>) -> [UInt8] {
  var state = KeccakState()
  var count = 0
  for byte in message {
    state.absorb(byte, at: count)
    count += 1
    if count == KeccakState.rate {
      state.permute()
      count = 0
    }
  }
  state.absorb(0x01, at: count)
  state.absorb(0x80, at: KeccakState.rate - 1)
  state.permute()
  return state.lanes.prefix(4).flatMap { lane in
    (0..<8).map { UInt8(truncatingIfNeeded: lane >> (8 * $0)) }
  }
}

/// The 25 lanes of FIPS 202's permutation.
private struct KeccakState {
  /// Bytes that are taken in between two permutations.
  static let rate = 136

  private(set) var lanes = [UInt64](repeating: 0, count: 25)

  mutating func absorb(_ byte: UInt8, at place: Int) {
    lanes[place / 8] ^= UInt64(byte) << UInt64(8 * (place % 8))
  }

  mutating func permute() {
    for constant in roundConstants {
      let columns = (0..<5).map { x in
        stride(from: x, to: 25, by: 5).reduce(0) { $0 ^ lanes[$1] }
      }
      for place in 0..<25 {
        lanes[place] ^= columns[(place + 4) % 5] ^ columns[(place + 1) % 5].rotated(by: 1)
      }
      var moved = lanes[1]
      for (place, turn) in zip(path, turns) {
        (lanes[place], moved) = (moved.rotated(by: turn), lanes[place])
      }
      for row in stride(from: 0, to: 25, by: 5) {
        let old = Array(lanes[row..<row + 5])
        for x in 0..<5 { lanes[row + x] = old[x] ^ (~old[(x + 1) % 5] & old[(x + 2) % 5]) }
      }
      lanes[0] ^= constant
    }
  }
}

// The order in which lanes change places, and by how many bits each is turned.
private let path = [
  10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
]
private let turns: [UInt64] = (1...24).map { $0 * ($0 + 1) / 2 % 64 }

private let roundConstants: [UInt64] = [
  0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808A, 0x8000_0000_8000_8000,
  0x0000_0000_0000_808B, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
  0x0000_0000_0000_008A, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000A,
  0x0000_0000_8000_808B, 0x8000_0000_0000_008B, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
  0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800A, 0x8000_0000_8000_000A,
  0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
]

extension UInt64 {
  fileprivate func rotated(by bits: UInt64) -> UInt64 { self << bits | self >> ((64 - bits) % 64) }
}
