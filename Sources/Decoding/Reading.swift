package import Core

/// What a text says once a disguise is undone: stretches around the places where one was, with the way back.
package struct Reading: Sendable {
  package let bytes: [UInt8]
  /// From this reading to the text it was read from, then from that one outwards.
  private var maps: [OffsetMap]

  init(bytes: [UInt8], map: OffsetMap, of parent: Reading?) {
    self.bytes = bytes
    maps = [map] + (parent?.maps ?? [])
  }

  /// How many disguises lie over one another.
  package var depth: Int { maps.count }

  /// Whether parts were joined to make it of the text it was read from.
  var isJoined: Bool { maps[0].pieces.contains { $0.disguises.contains(.joined) } }

  /// Where this reading differs from the text it was read from, ascending; empty where bytes were only taken out.
  package var edits: [Range<Int>] { maps[0].edits }

  /// Whether an edit of this reading made a stretch of it, or stands at its edge.
  package func isEdited(_ range: Range<Int>) -> Bool { !maps[0].disguises(of: range).isEmpty }

  /// Whether a stretch is broken off in its midst, where the reading leaves out what it did not change.
  package func isBroken(_ range: Range<Int>) -> Bool {
    var range = range
    for map in maps {
      if map.isBroken(range) { return true }
      range = map.origin(of: range)
    }
    return false
  }

  /// How a range of the text that this was read from is written.
  package enum Form {
    case plain
    /// Some characters otherwise than they stand.
    case escaped
    /// As these bytes, encoded.
    case encoded(ArraySlice<UInt8>)
  }

  package func form(of range: Range<Int>) -> Form {
    let (stretch, disguises) = maps[0].stretch(of: range)
    if !disguises.isDisjoint(with: .encodings) { return .encoded(bytes[stretch]) }
    return disguises.isDisjoint(with: .escaping) ? .plain : .escaped
  }

  /// The tightest stretch of the original text that holds every byte that contributed.
  package func origin(of range: Range<Int>) -> Range<Int> {
    maps.reduce(range) { $1.origin(of: $0) }
  }

  /// What hid a stretch, outermost first.
  package func disguises(of range: Range<Int>) -> [Disguise] {
    var range = range
    var list: [Disguise] = []
    for map in maps {
      list = map.disguises(of: range).list + list
      range = map.origin(of: range)
    }
    return list
  }
}
