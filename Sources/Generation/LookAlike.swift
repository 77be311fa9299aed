import Checks
import Core
package import Detection

/// An invented post that holds no secret and looks as if it did.
package struct LookAlike: Sendable, CustomStringConvertible {
  /// What it is in truth.
  package let why: String
  package let text: String
  /// Where it stands.
  package let place: Range<Int>

  package var description: String { "\(why): \(text)" }

  /// So many of every sort, and one of every sort for each kind of credential.
  package static func all(_ detector: Detector, each count: Int, seed: UInt64 = 1) -> [LookAlike] {
    let plain = templates.flatMap { why, templates in
      (0..<count).map { round in
        var random = SplitMix64(seed: seed, stream: hash("\(why) \(round)"))
        return LookAlike(why, filled(templates[round % templates.count], &random), &random)
      }
    }
    return plain + hidden(each: count, seed) + spoilt(detector, seed)
  }

  init(_ why: String, _ text: Marked, _ random: inout SplitMix64) {
    let post = Chatter.around(text, &random)
    self.why = why
    self.text = String(decoding: post.bytes, as: UTF8.self)
    place = post.spans[0]
  }

  /// What was innocent before it was disguised: sentences, some of which speak of keys, hashes and other ids, and what
  /// documents show in place of a key.
  private static func hidden(each count: Int, _ seed: UInt64) -> [LookAlike] {
    (0..<count).flatMap { round in
      Hiding.all.compactMap { hiding in
        var random = SplitMix64(seed: seed, stream: hash("hidden \(round) \(hiding)"))
        let (why, choices) = random.pick([
          ("prose", talk + Chatter.prose), ("ids", hashes + commits + uuids + transactions),
          ("examples", documentation + references),
        ])
        let text = filled(random.pick(choices) + " " + random.pick(choices), &random)
        return hiding.hide(text, &random).map {
          LookAlike("\(why) as \(hiding.family?.rawValue ?? "they are")", $0, &random)
        }
      }
    }
  }

  private static func filled(_ template: String, _ random: inout SplitMix64) -> Marked {
    var filler = Template(seed: random.next())
    return Marked(secret: Array(filler.fill(template).text.utf8))
  }
}
