import Core

extension Speech {
  /// What the words say for a mention.
  var wordSigns: Int {
    let direct = directSigns
    if direct >= Speech.enough { return direct }
    // A pretext speaks of attacks itself: to who asks for keys "for security" only plain words count.
    let table = category == .injection ? Cue.signs : Cue.plainSigns
    var signs = direct + Words(text[before]).signs(table, atMost: Speech.enough)
    // What follows an order may be of its making: only what is clear counts there.
    if signs < Speech.enough {
      signs += Words(text[after]).signs(Cue.afterwards, atMost: Speech.enough)
    }
    // What a longer text is about, it says at its beginning.
    if signs < Speech.enough, before.lowerBound > 0 {
      signs += Words(text[..<min(200, before.lowerBound)]).signs(table, atMost: Speech.enough) / 2
    }
    return signs
  }

  /// What leads into the span within its sentence: who does it, or that nobody should.
  private var directSigns: Int {
    let words = Words(startedSentence.suffix(48))
    let doers = category == .phishing ? Cue.otherDoers : Cue.doers
    if words.signs(Cue.denials, atMost: 1) > 0 || words.ends(withOneOf: doers) {
      return Speech.enough
    }
    return words.ends(withOneOf: Cue.infinitives) && !words.ends(withOneOf: Cue.duties) ? 2 : 0
  }
}

/// Words in small letters, each with one blank on either side; other scripts stand as they are.
struct Words {
  private let bytes: [UInt8]

  init(_ parts: Slice<UnsafeRawBufferPointer>...) {
    var bytes: [UInt8] = [0x20]
    bytes.reserveCapacity(parts.reduce(2) { $0 + $1.count + 1 })
    for part in parts {
      var previous: UInt8 = 0x20
      for byte in part {
        // An apostrophe is left out: "don't" is "dont", in either form of the mark.
        if byte == UInt8(ascii: "'") { continue }
        if isLetter(byte) || byte >= 0x30 && byte <= 0x39 {
          bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
          if bytes.count >= 3, bytes.suffix(3).elementsEqual("\u{2019}".utf8) {
            bytes.removeLast(3)
          }
        } else if previous != 0x20 {
          bytes.append(0x20)
        }
        previous = bytes[bytes.count - 1]
      }
      if previous != 0x20 { bytes.append(0x20) }
    }
    self.bytes = bytes
  }

  /// The sum of the cues that stand here, each counted once; no more than is asked for.
  func signs(_ table: CueTable, atMost most: Int) -> Int {
    var sum = 0
    var seen: [Int] = []
    for at in bytes.indices.dropFirst() where bytes[at - 1] == 0x20 || bytes[at] >= 0xC0 {
      for place in table.places(for: bytes[at]) where !seen.contains(place) {
        let cue = table.cues[place]
        guard bytes.count - at >= cue.words.count,
          bytes[at..<at + cue.words.count].elementsEqual(cue.words)
        else { continue }
        seen.append(place)
        sum += cue.weight
        if sum >= most { return most }
      }
    }
    return sum
  }

  func ends(withOneOf table: CueTable) -> Bool {
    table.cues.contains { cue in
      bytes.count > cue.words.count && bytes.suffix(cue.words.count).elementsEqual(cue.words)
        && bytes[bytes.count - cue.words.count - 1] == 0x20
    }
  }
}

/// Cues by the byte that they begin with.
struct CueTable: Sendable {
  let cues: [Cue]
  private let byFirst: [[Int]]

  init(_ cues: [Cue]) {
    self.cues = cues
    var byFirst = [[Int]](repeating: [], count: 256)
    for (place, cue) in cues.enumerated() { byFirst[Int(cue.words[0])].append(place) }
    self.byFirst = byFirst
  }

  func places(for byte: UInt8) -> [Int] { byFirst[Int(byte)] }
}

/// Words that tell of a mention: the beginning of a word or of some, or whole words if a blank ends them.
struct Cue: Sendable {
  let words: [UInt8]
  let weight: Int

  init(_ words: String, _ weight: Int) {
    self.words = Array(words.utf8)
    self.weight = weight
  }
}
