extension EditList {
  /// `&#95;`, `&#x5F;` and `&lowbar;`, the numbers also without their semicolon; gives where to go on.
  mutating func addEntity(in text: UnsafeRawBufferPointer, at sign: Int) -> Int {
    guard let (scalar, end) = entity(in: text, at: sign) else { return sign + 1 }
    replace(sign..<end, by: scalar, .htmlEntities)
    return end
  }
}

private func entity(
  in text: UnsafeRawBufferPointer, at sign: Int
) -> (scalar: Unicode.Scalar, end: Int)? {
  guard sign + 2 < text.count else { return nil }
  let semicolon = UInt8(ascii: ";")
  var at = sign + 1
  guard text[at] == UInt8(ascii: "#") else {
    let most = min(text.count, at + longestName)
    while at < most, isAlphanumeric(text[at]) { at += 1 }
    guard at < text.count, text[at] == semicolon,
      let scalar = named[String(decoding: text[sign + 1..<at], as: UTF8.self)]
    else { return nil }
    return (scalar, at + 1)
  }
  at += 1
  let isHexadecimal = text[at] | 0x20 == UInt8(ascii: "x")
  if isHexadecimal { at += 1 }
  let start = at
  var value: UInt32 = 0
  let most = min(text.count, start + 10)
  while at < most, let digit = hexValue(text[at]), isHexadecimal || digit < 10, value <= 0x10_FFFF {
    value = value * (isHexadecimal ? 16 : 10) + digit
    at += 1
  }
  guard at > start, value > 0, let scalar = Unicode.Scalar(value) else { return nil }
  return (scalar, at < text.count && text[at] == semicolon ? at + 1 : at)
}

private let longestName = 24

/// The names of ASCII's characters, of dashes and of what is not seen.
private let named: [String: Unicode.Scalar] = [
  "Tab": "\t", "NewLine": "\n", "excl": "!", "quot": "\"", "QUOT": "\"", "num": "#",
  "dollar": "$", "percnt": "%", "amp": "&", "AMP": "&", "apos": "'", "lpar": "(", "rpar": ")",
  "ast": "*", "midast": "*", "plus": "+", "comma": ",", "period": ".", "sol": "/", "colon": ":",
  "semi": ";", "lt": "<", "LT": "<", "equals": "=", "gt": ">", "GT": ">", "quest": "?",
  "commat": "@", "lsqb": "[", "lbrack": "[", "bsol": "\\", "rsqb": "]", "rbrack": "]", "Hat": "^",
  "lowbar": "_", "UnderBar": "_", "grave": "`", "DiacriticalGrave": "`", "lcub": "{",
  "lbrace": "{", "verbar": "|", "vert": "|", "VerticalLine": "|", "rcub": "}", "rbrace": "}",
  "nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ", "hyphen": "-", "dash": "-",
  "ndash": "\u{2013}", "mdash": "\u{2014}", "minus": "\u{2212}", "horbar": "\u{2015}",
  "shy": "\u{AD}", "zwj": "\u{200D}", "zwnj": "\u{200C}", "ZeroWidthSpace": "\u{200B}",
  "NegativeThinSpace": "\u{200B}", "NoBreak": "\u{2060}", "lrm": "\u{200E}", "rlm": "\u{200F}",
  "hellip": "\u{2026}", "fjlig": "f",
]
