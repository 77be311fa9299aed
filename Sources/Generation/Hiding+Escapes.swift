import Core

extension Hiding {
  /// What URLs, JSON and source code write for a character.
  static let escapes: [Hiding] = [
    Hiding(.percent, "all", alone(respelled { percent($0) })),
    Hiding(.percent, "small letters", alone(respelled { percent($0, uppercase: false) })),
    Hiding(.percent, "here and there", alone(respelled(oneIn: 4) { percent($0) })),
    Hiding(.percent, "punctuation", alone(respelled { isPunctuation($0) ? percent($0) : nil })),
    Hiding(.percent, "the line", respelled { isUnreserved($0) ? nil : percent($0) }),
    Hiding(
      .percent, "twice",
      alone(sequence(respelled { percent($0) }, respelled { $0 == "%" ? "%25" : nil }))),
    Hiding(.escapes, "\\u", alone(respelled { unicode($0) })),
    Hiding(.escapes, "\\u, capitals", alone(respelled { unicode($0, uppercase: true) })),
    Hiding(.escapes, "\\u here and there", alone(respelled(oneIn: 4) { unicode($0) })),
    Hiding(
      .escapes, "\\u for punctuation", alone(respelled { isPunctuation($0) ? unicode($0) : nil })),
    Hiding(.escapes, "\\\\u", alone(respelled { "\\" + unicode($0) })),
    Hiding(.escapes, "\\u{}", alone(respelled { "\\u{\(hexadecimal($0))}" })),
    Hiding(.escapes, "\\x", alone(respelled { $0.isASCII ? "\\x\(hexadecimal($0))" : nil })),
    Hiding(.escapes, "\\U", alone(respelled { "\\U\(hexadecimal($0, digits: 8))" })),
    Hiding(.escapes, "JSON", json("content")),
    Hiding(.escapes, "JSON in JSON", sequence(json("content"), json("arguments"))),
    Hiding(
      .escapes, "\\u in JSON",
      sequence(alone(respelled { isPunctuation($0) ? unicode($0) : nil }), json("content"))),
  ]

  /// The text as the value of a member, as serialisers write it.
  static func json(_ key: String) -> Change {
    let short: [Unicode.Scalar: String] = [
      "\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "/": "\\/",
    ]
    return { text, _ in
      text.rewritten { scalar, _ in ("", short[scalar] ?? "\(scalar)") }
        .between("{\"role\":\"user\",\"\(key)\":\"", "\"}")
    }
  }

  /// `%2D` and kin, byte by byte.
  static func percent(_ scalar: Unicode.Scalar, uppercase: Bool = true) -> String {
    "\(scalar)".utf8.map { "%" + hexadecimal(Unicode.Scalar($0), uppercase: uppercase) }.joined()
  }

  static func isUnreserved(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (!isPunctuation(scalar) && scalar.value > 0x20 || "-._~".unicodeScalars.contains(scalar))
  }

  private static func unicode(_ scalar: Unicode.Scalar, uppercase: Bool = false) -> String {
    "\(scalar)".utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: uppercase)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
