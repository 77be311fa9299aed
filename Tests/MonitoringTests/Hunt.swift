import Foundation

/// Looks for secrets in bytes, in every form in which a program could have written them: whole or any twelve bytes in a row.
struct Hunt: Sendable {
  /// One way to write bytes.
  struct Form: Sendable, CustomStringConvertible {
    var description: String
    /// How many bytes twelve bytes become.
    var window: Int
    /// All spellings of a text, for forms that depend on where it begins.
    var spellings: @Sendable (String) -> [String]

    static let all = [
      Form(description: "raw", window: 12) { [$0] },
      Form(description: "lower case", window: 12) { [$0.lowercased()] },
      Form(description: "base64", window: 16, spellings: base64),
      Form(description: "base64url", window: 16) { text in
        base64(text).map { $0.replacing("+", with: "-").replacing("/", with: "_") }
      },
      Form(description: "hex", window: 24) { [$0.bytes { String(format: "%02x", $0) }] },
      Form(description: "upper hex", window: 24) { [$0.bytes { String(format: "%02X", $0) }] },
      Form(description: "percent", window: 36) { [$0.bytes { String(format: "%%%02X", $0) }] },
      Form(description: "lower percent", window: 36) {
        [$0.bytes { String(format: "%%%02x", $0) }]
      },
      Form(description: "percent where needed", window: 12) {
        [$0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""]
      },
      Form(description: "percent of percent", window: 60) {
        [$0.bytes { String(format: "%%25%02X", $0) }]
      },
      Form(description: "JSON", window: 72) { [$0.bytes { String(format: "\\u%04x", $0) }] },
      Form(description: "line ends escaped", window: 12) { [$0.replacing("\n", with: "\\n")] },
      Form(description: "line ends taken out", window: 12) { [$0.replacing("\n", with: "")] },
      Form(description: "line ends as spaces", window: 12) { [$0.replacing("\n", with: " ")] },
    ]

    private static func base64(_ text: String) -> [String] {
      (0..<3).map { lead in
        let padded = Data(repeating: 0x20, count: lead) + Data(text.utf8)
        // The first and last groups hold other bytes too.
        return String(padded.base64EncodedString().dropFirst(lead == 0 ? 0 : 4).dropLast(4))
      }
    }
  }

  private struct Needle {
    var bytes: [UInt8]
    var name: String
  }

  private var needles: [UInt64: [Needle]] = [:]
  // Whether any needle begins with these two bytes: spares nearly every look-up.
  private var starts = [Bool](repeating: false, count: 1 << 16)

  /// Takes what is secret of each secret: without prefixes and lines that all of its kind share.
  init(_ secrets: [String]) {
    for secret in secrets {
      for form in Form.all {
        for spelling in form.spellings(secret) { add(Array(spelling.utf8), form) }
      }
    }
  }

  private mutating func add(_ bytes: [UInt8], _ form: Form) {
    guard bytes.count >= form.window else { return }
    for start in 0...(bytes.count - form.window) {
      let window = Array(bytes[start..<start + form.window])
      let key = window.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
      needles[key, default: []].append(Needle(bytes: window, name: form.description))
      starts[Int(window[0]) << 8 | Int(window[1])] = true
    }
  }

  /// The form in which something was found; nil where nothing was.
  func form(in bytes: [UInt8]) -> String? {
    bytes.withUnsafeBytes { bytes in
      guard bytes.count >= 12 else { return nil }
      for at in 0...(bytes.count - 12) where starts[Int(bytes[at]) << 8 | Int(bytes[at + 1])] {
        let key = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        for needle in needles[key] ?? [] where bytes[at...].starts(with: needle.bytes) {
          return needle.name
        }
      }
      return nil
    }
  }

  func form(in text: String) -> String? { form(in: Array(text.utf8)) }
}

extension String {
  fileprivate func bytes(_ spell: (UInt8) -> String) -> String { utf8.map(spell).joined() }
}
