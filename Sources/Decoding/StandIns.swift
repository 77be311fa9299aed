/// What a character beyond ASCII may stand for.
struct StandIn {
  enum Kind: UInt8 {
    /// Only itself.
    case none
    /// Nothing: it is not seen.
    case invisible
    /// A form of an ASCII character; of the space.
    case form, space
    /// What looks like an ASCII character; like a dash, which everyday prose is full of.
    case lookAlike, dash
    /// An ASCII character in the alphabet of tags, none of which is seen.
    case tag
  }

  let kind: Kind
  let ascii: UInt8

  private init(_ kind: Kind, _ ascii: UInt8 = 0) {
    self.kind = kind
    self.ascii = ascii
  }

  private init(packed: UInt16) {
    self.init(Kind(rawValue: UInt8(packed >> 8)) ?? .none, UInt8(packed & 0xFF))
  }

  /// What a character stands for.
  init(_ value: UInt32) {
    switch value {
    case ..<0x10000: self.init(packed: plane[Int(value)])
    case 0x1D400...0x1D7FF: self.init(mathematical(value))
    case 0xE0020...0xE007E: self.init(.tag, UInt8(value - 0xE0000))
    case 0xE0001, 0xE007F, 0xE0100...0xE01EF: self.init(.invisible)
    default:
      let row = rows.first { value >= $0.first && value <= $0.last }
      self.init(row.map { UInt8($0.ascii + value - $0.first) })
    }
  }

  private init(_ form: UInt8?) {
    self.init(form == nil ? .none : .form, form ?? 0)
  }
}

/// The basic plane's stand-ins, kind and ASCII character: one load a character, for texts of other scripts.
private let plane: [UInt16] = {
  var plane = [UInt16](repeating: 0, count: 0x10000)
  func mark(_ values: ClosedRange<Int>, _ kind: StandIn.Kind, _ ascii: UInt8 = 0) {
    for value in values { plane[value] = UInt16(kind.rawValue) << 8 | UInt16(ascii) }
  }
  for row in rows where row.last < 0x10000 {
    for value in row.first...row.last {
      mark(Int(value)...Int(value), .form, UInt8(row.ascii + value - row.first))
    }
  }
  for (value, ascii) in forms { mark(value...value, .form, ascii) }
  for (value, ascii) in lookAlikes { mark(value...value, .lookAlike, ascii) }
  for values in spaces { mark(values, .space, 0x20) }
  for values in invisibles { mark(values, .invisible) }
  for values in dashes { mark(values, .dash, UInt8(ascii: "-")) }
  return plane
}()

private let invisibles: [ClosedRange<Int>] = [
  0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
  0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x3164...0x3164, 0xFE00...0xFE0F,
  0xFEFF...0xFEFF, 0xFFA0...0xFFA0,
]

private let spaces: [ClosedRange<Int>] = [
  0xA0...0xA0, 0x2000...0x200A, 0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
]

private let dashes: [ClosedRange<Int>] = [0x2010...0x2015, 0x2043...0x2043, 0x2212...0x2212]

/// Mathematical letters are 13 alphabets of 52 in a row, and digits 5 times 10.
private func mathematical(_ value: UInt32) -> UInt8? {
  switch value {
  case ..<0x1D6A4:
    let letter = (value - 0x1D400) % 52
    return UInt8(letter < 26 ? 0x41 + letter : 0x61 + letter - 26)
  case 0x1D6A4: return UInt8(ascii: "i")
  case 0x1D6A5: return UInt8(ascii: "j")
  case 0x1D7CE...: return UInt8(0x30 + (value - 0x1D7CE) % 10)
  default: return nil
  }
}

/// Rows of characters that follow ASCII's order: first, last, the ASCII character of the first.
private let rows: [(first: UInt32, last: UInt32, ascii: UInt32)] = [
  (0xFF01, 0xFF5E, 0x21),  // full width
  (0x24B6, 0x24CF, 0x41), (0x24D0, 0x24E9, 0x61),  // circled
  (0x249C, 0x24B5, 0x61),  // in brackets
  (0x2460, 0x2468, 0x31), (0x2474, 0x247C, 0x31), (0x2488, 0x2490, 0x31),
  (0x2776, 0x277E, 0x31), (0x2780, 0x2788, 0x31), (0x278A, 0x2792, 0x31),
  (0x24F5, 0x24FD, 0x31),
  (0x2074, 0x2079, 0x34), (0x2080, 0x2089, 0x30),  // raised, lowered
  (0x1F110, 0x1F129, 0x41), (0x1F130, 0x1F149, 0x41), (0x1F150, 0x1F169, 0x41),
  (0x1F170, 0x1F189, 0x41), (0x1FBF0, 0x1FBF9, 0x30),
]

private let forms = pairs(
  "²³¹⁰ⁱⁿ⁺⁻⁼₊₋₌⓪⓿ₐₑₒₓₕₖₗₘₙₚₛₜᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂªº"
    + "ℂℊℋℌℍℎℐℑℒℓℕℙℚℛℜℝℤℨKÅℬℭℯℰℱℳℴℹⅅⅆⅇⅈⅉⅠⅤⅩⅬⅭⅮⅯⅰⅴⅹⅼⅽⅾⅿſ﹍﹎﹏﹘﹣﹢﹦﹒﹕﹪﹡﹟﹠＿⁄∕․",
  "2310in+-=+-=00aeoxhklmnpstabcdefghjklmoprstuvwxyzABDEGHIJKLMNOPRTUVWao"
    + "CgHHHhIILlNPQRRRZZKABCeEFMoiDdeijIVXLCDMivxlcdms___--+=.:%*#&_//.")

/// Letters of other scripts that are drawn like ASCII's.
private let lookAlikes = pairs(
  "аАВсСԁеЕҽһНіІїјЈкКӏӀМоОпрРԛѕЅтТуУѵѴԝԜхХүҮԌӡЗбг"
    + "αΑΒсϲϹԍεΕΗηιΙϳͿκΚΜνΝοΟρΡτΤυΥχΧγΖωσ"
    + "ԱՏօՕսՍոհցքզԼյɑɡıɩɪʟɴʀʏᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱꜰʙɢʜᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃꓐꓚꓓꓰꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ",
  "aABcCdeEehHiIijJkKlIMoOnpPqsStTyYvVwWxXyYG3Z6r"
    + "aABccCgeEHniIjJkKMvNoOpPtTuYxXyZwo"
    + "USoOuUnhgqqLjagiiilnryacdejkmoptuvwzsfbghABCDEGHiJKLMPRSTVWZBCDEGHIJKLMNOPRSTUVWXYZ")

private func pairs(_ characters: String, _ ascii: String) -> [Int: UInt8] {
  Dictionary(
    zip(characters.unicodeScalars.map { Int($0.value) }, ascii.utf8),
    uniquingKeysWith: { first, _ in first })
}
