import Checks
import Core

extension Hiding {
  /// Secrets wrapped over lines, split into string literals or listed part by part.
  static let pieces: [Hiding] = [
    Hiding(.joined, "over two lines", alone(split(2, "\n"))),
    Hiding(.joined, "over two lines, CR LF", alone(split(2, "\r\n"))),
    Hiding(.joined, "over two indented lines", alone(split(2, "\n    "))),
    Hiding(.joined, "over two quoted lines", alone(split(2, "\n> "))),
    Hiding(.joined, "over lines of 20", alone(lines(20, "\n"))),
    Hiding(.joined, "with a backslash at the end", alone(split(2, "\\\n"))),
    Hiding(.joined, "literals with +", literals(2, " + ")),
    Hiding(.joined, "three literals with +", literals(3, " + ")),
    Hiding(.joined, "literals with + over lines", literals(3, " +\n    ")),
    Hiding(.joined, "adjacent literals", literals(2, " ")),
    Hiding(.joined, "adjacent literals over lines", literals(3, "\n    ")),
    Hiding(.joined, "literals with .", literals(2, " . ")),
    Hiding(.joined, "literals with ..", literals(2, " .. ")),
    Hiding(.joined, "array of literals", array),
    Hiding(.joined, "numbered list", listed { "\n\($0). " }),
    Hiding(.joined, "bullets", listed { _ in "\n- " }),
    Hiding(.joined, "part by part", listed { "\npart \($0): " }),
    Hiding(.joined, "parts on one line", listed { $0 == 1 ? "part 1: " : " part \($0): " }),
  ]

  /// Where to cut a one-line text into so many pieces of at least three bytes; nil where it is too short.
  private static func cuts(_ text: Marked, _ count: Int, _ random: inout SplitMix64) -> [Int]? {
    let share = text.bytes.count / count
    guard text.isOneLine, share >= 6, !text.bytes.contains(0x20) else { return nil }
    return (1..<count).map { share * $0 + random.number(in: (3 - share / 2)...(share / 2 - 3)) }
  }

  private static func split(_ count: Int, _ glue: String) -> Change {
    { text, random in
      guard let cuts = cuts(text, count, &random) else { return nil }
      return text.rewritten { scalar, index in (cuts.contains(index) ? glue : "", "\(scalar)") }
    }
  }

  private static func lines(_ width: Int, _ end: String) -> Change {
    { text, _ in
      guard text.isOneLine, text.bytes.count > width, !text.bytes.contains(0x20) else { return nil }
      return text.rewritten { scalar, index in
        (index > 0 && index.isMultiple(of: width) ? end : "", "\(scalar)")
      }
    }
  }

  /// The value becomes an expression of string literals; one that is quoted already only goes on being so.
  private static func literals(_ count: Int, _ glue: String) -> Change {
    { text, random in
      let quote = text.quote ?? random.pick(["\"", "'"])
      let pieces = split(count, quote + glue + quote)
      let hide =
        text.quote == nil ? asValue(sequence(pieces, framed(quote, quote))) : alone(pieces)
      return hide(text, &random)
    }
  }

  /// The value becomes an array of its pieces.
  private static let array = asValue(
    sequence(split(3, "\", \""), framed("[\"", "\"].join('')")))

  /// The pieces each behind a mark; what kind of secret they are is told before.
  private static func listed(_ mark: @escaping @Sendable (Int) -> String) -> Change {
    asValue { secret, random in
      guard let cuts = cuts(secret, 2, &random) else { return nil }
      return secret.rewritten { scalar, index in
        (cuts.firstIndex(of: index).map { mark($0 + 2) } ?? "", "\(scalar)")
      }.between(mark(1), "")
    }
  }
}
