/// What an agent's small finds tell together of a target: a host with an open door and the name of an account is worth
/// more to an attacker than each of them alone.
package struct Recon: Sendable, Equatable {
  /// What an attacker must know of a target, from the way in to what lies behind it.
  package enum Piece: String, Sendable, Named {
    case host, door, account, path, weakness

    package var plural: String { self == .weakness ? "weaknesses" : rawValue + "s" }
  }

  /// What is known of each piece, without repetition, in the order of the exposures; no list is empty.
  package let known: [Piece: [PublicText]]
  package let severity: Severity
  /// How many exposures tell it.
  package let exposures: Int

  /// Nil where fewer than two pieces are known, or no way in: no host and no door.
  package init?(of exposures: [Exposure]) {
    let parts = exposures.filter { $0.state.stands && $0.category.isRecon && $0.severity > .info }
    var known: [Piece: [PublicText]] = [:]
    for part in parts {
      for (piece, text) in part.pieces where !text.string.isEmpty {
        if known[piece]?.contains(text) != true { known[piece, default: []].append(text) }
      }
    }
    // Refused sign-ins show a door that another find may tell more of.
    if let doors = known[.door], doors.contains(where: { $0 != sshDoor && $0.isSSH }) {
      known[.door] = doors.filter { $0 != sshDoor }
    }
    guard known.count >= 2, known[.host] != nil || known[.door] != nil,
      let worst = parts.map(\.severity).max()
    else { return nil }
    self.known = known
    self.exposures = parts.count
    // A step for each piece beyond the first; only what opens a door by itself is critical.
    severity =
      Severity(
        rawValue: min(Severity.high.rawValue, worst.rawValue + known.count - 1)) ?? worst
  }
}

private let sshDoor = PublicText("22/tcp ssh")

extension PublicText {
  fileprivate var isSSH: Bool { string.hasPrefix("22/tcp") }
}

extension Category {
  /// Whether findings tell an attacker of a target and are no way in by themselves.
  fileprivate var isRecon: Bool { self != .credential && !accuses }
}

extension Exposure {
  fileprivate var pieces: [(Recon.Piece, PublicText)] {
    var pieces: [(Recon.Piece, PublicText)] = []
    for (key, piece) in Exposure.pieceOfDetail {
      if let text = details[key] { pieces.append((piece, text)) }
    }
    if category == .sshFailure { pieces.append((.door, sshDoor)) }
    if let port = details[.port] {
      let number = [port, details[.protocol]].compactMap(\.?.string).joined(separator: "/")
      let parts = [number, details[.service]?.string, details[.version]?.string]
      pieces.append((.door, PublicText(stored: parts.compactMap(\.self).joined(separator: " "))))
    }
    return pieces
  }

  private static let pieceOfDetail: [(DetailKey, Recon.Piece)] = [
    (.host, .host), (.target, .host), (.address, .host), (.user, .account), (.path, .path),
    (.identifier, .weakness),
  ]
}
