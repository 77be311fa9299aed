import Core
import Foundation

extension Hiding {
  /// Base64, hex and gzip: alone where the kind is known by itself, else with the line that tells it.
  static let encodings: [Hiding] = [
    Hiding(.base64, "the secret", isolates: true, alone(base64)),
    Hiding(.base64, "the secret, base64url", isolates: true, alone(base64URL)),
    Hiding(.base64, "the line", base64),
    Hiding(.base64, "the line, base64url", base64URL),
    Hiding(.base64, "in a URL", inURL(base64URL)),
    Hiding(
      .base64, "in a URL, percent-encoded",
      inURL(sequence(base64, respelled { isUnreserved($0) ? nil : percent($0) }))),
    Hiding(
      .base64, "as a path of a URL",
      sequence(base64URL, framed("https://paste.example/raw/", "/view"))),
    Hiding(.base64, "in JSON", sequence(base64, framed("{\"payload\": \"", "\", \"v\": 1}"))),
    Hiding(.base64, "in lines of 76", sequence(long, base64, wrapped([76], "\n"))),
    Hiding(.base64, "in lines of 64, CR LF", sequence(long, base64, wrapped([64], "\r\n"))),
    Hiding(.base64, "in quoted lines", sequence(base64, wrapped([20, 32, 40], "\n> "))),
    Hiding(.base64, "in indented lines", sequence(base64, wrapped([24, 32, 48], "\n    "))),
    Hiding(.base64, "cut at its beginning", cut),
    Hiding(.base64, "twice", sequence(base64, base64)),
    Hiding(.base64, "twice, base64url", sequence(base64URL, framed("q=", ""), base64URL)),
    Hiding(.base64, "thrice", sequence(base64, base64, base64)),
    Hiding(.base64, "JSON in base64", sequence(json("content"), base64)),
    Hiding(.base64, "base64 in JSON in base64", sequence(base64, json("data"), base64)),
    Hiding(
      .base64, "zero-width in base64", sequence(alone(interspersed(["\u{200B}"], oneIn: 8)), base64)
    ),
    Hiding(
      .base64, "base64 with zero-width",
      sequence(base64, interspersed(["\u{200B}", "\u{2060}"], oneIn: 12))),
    Hiding(.base64, "hex in base64", sequence(hex(), base64)),
    Hiding(.base64, "data: URI", sequence(base64, framed("data:text/plain;base64,", ""))),
    Hiding(
      .base64, "data: URI of JSON",
      sequence(json("content"), base64, framed("data:application/json;charset=utf-8;base64,", ""))),
    Hiding(
      .percent, "data: URI",
      sequence(
        respelled { isUnreserved($0) ? nil : percent($0) },
        framed("data:text/plain;charset=utf-8,", ""))),
    Hiding(.hex, "the secret", isolates: true, alone(hex())),
    Hiding(.hex, "the line", hex()),
    Hiding(.hex, "capitals", hex(uppercase: true)),
    Hiding(.hex, "after 0x", sequence(hex(), framed("0x", ""))),
    Hiding(.hex, "in lines of 60", sequence(hex(), wrapped([60], "\n"))),
    Hiding(.hex, "base64 in hex", sequence(base64, hex())),
    Hiding(.gzip, "in base64", sequence(gzip, base64)),
    Hiding(.gzip, "in base64url", sequence(gzip, base64URL)),
    Hiding(.gzip, "in base64, in lines of 76", sequence(long, gzip, base64, wrapped([76], "\n"))),
    Hiding(
      .gzip, "in a data: URI", sequence(gzip, base64, framed("data:application/gzip;base64,", ""))),
  ]

  private static let base64: Change = { text, _ in
    text.encoded(as: Array(Data(text.bytes).base64EncodedString().utf8), bytes: 3, characters: 4)
  }

  private static let base64URL: Change = { text, _ in
    let standard = Data(text.bytes).base64EncodedString()
    let other = standard.replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=", with: "")
    return text.encoded(as: Array(other.utf8), bytes: 3, characters: 4)
  }

  private static func hex(uppercase: Bool = false) -> Change {
    { text, _ in
      let digits = text.bytes.map { hexadecimal(Unicode.Scalar($0), uppercase: uppercase) }.joined()
      return text.encoded(as: Array(digits.utf8), bytes: 1, characters: 2)
    }
  }

  private static let gzip: Change = { text, _ in
    deflated(text.bytes).map { text.enclosed(in: $0) }
  }

  private static func inURL(_ change: @escaping Change) -> Change {
    sequence(change, framed("https://api.example.org/v1/decode?lang=en&data=", "&page=2"))
  }

  /// Enough text for several lines.
  private static let long: Change = { text, random in
    text.between(Chatter.sentences(3, &random) + "\n", "\n" + Chatter.sentences(2, &random))
  }

  private static func wrapped(_ widths: [Int], _ end: String) -> Change {
    { text, random in
      let width = random.pick(widths)
      return text.rewritten { scalar, index in
        (index > 0 && index.isMultiple(of: width) ? end : "", "\(scalar)")
      }
    }
  }

  /// The end of a longer encoding, which then begins anywhere in a group.
  private static let cut: Change = { text, random in
    let lead = Chatter.sentences(1, &random) + " "
    return base64(text.between(lead, ""), &random)?
      .dropping(random.number(in: 1...(lead.utf8.count - 3)))
  }
}
