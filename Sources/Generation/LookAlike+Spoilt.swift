import Checks
import Core
import Detection
import Foundation

extension LookAlike {
  /// The examples of the rules with something in their secrets' place that nobody can use, as it is and disguised.
  static func spoilt(_ detector: Detector, _ seed: UInt64) -> [LookAlike] {
    let rules = detector.rules.filter { $0.category == .credential && $0.canonical != .armour }
    return rules.flatMap { rule in
      spoilings.flatMap { spoiling -> [LookAlike] in
        var random = SplitMix64(seed: seed, stream: hash("\(rule.id) \(spoiling.why)"))
        guard let text = spoilt(rule, spoiling, &random) else { return [] }
        let hidden = random.pick(Hiding.all).hide(text, &random)
        return [LookAlike(spoiling.why, text, &random)]
          + (hidden.map { [LookAlike("\(spoiling.why), disguised", $0, &random)] } ?? [])
      }
    }
  }

  private static func spoilt(
    _ rule: Rule, _ spoiling: Spoiling, _ random: inout SplitMix64
  ) -> Marked? {
    let text = filled(rule.examples.first?.text ?? "", random.next())
    guard text.isOneLine, text.secret.count >= 8, !text.secret.contains(0x20) else { return nil }
    // Whatever stands where a password is expected may be one.
    guard rule.canonical != .login || !spoiling.isPassword else { return nil }
    let prefix = Array(rule.publicPrefix.utf8)
    return text.within { secret in
      let isPrefixed = secret.bytes.starts(with: prefix)
      let body = secret.bytes.dropFirst(isPrefixed ? prefix.count : 0)
      return Marked(
        secret: (isPrefixed ? prefix : []) + Array(spoiling.spoil(body, &random).utf8))
    }
  }

  /// A way to take the secret out of a body.
  private struct Spoiling: Sendable {
    let why: String
    /// Whether the result might still be a password.
    var isPassword = false
    let spoil: @Sendable (_ body: ArraySlice<UInt8>, inout SplitMix64) -> String
  }

  private static let spoilings = [
    Spoiling(why: "masked with dots") { body, _ in "..." + text(body.suffix(4)) },
    Spoiling(why: "masked with an ellipsis") { body, _ in "…" + text(body.suffix(4)) },
    Spoiling(why: "masked with stars") { body, _ in text(body.prefix(2)) + repeated("*", body) },
    Spoiling(why: "first and last four") { body, _ in
      text(body.prefix(4)) + "..." + text(body.suffix(4))
    },
    Spoiling(why: "bullets") { body, _ in repeated("•", body) },
    Spoiling(why: "crossed out") { body, random in repeated(random.pick(["x", "X", "#"]), body) },
    Spoiling(why: "one digit") { body, random in repeated("\(random.below(10))", body) },
    Spoiling(why: "counting") { body, _ in repeated("1234567890", body) },
    Spoiling(why: "the alphabet") { body, _ in repeated("abcdefghijklmnopqrstuvwxyz", body) },
    Spoiling(why: "placeholder") { _, random in random.pick(placeholders) },
    Spoiling(why: "reference") { _, random in random.pick(variables) },
    Spoiling(why: "too short", isPassword: true) { body, _ in text(body.prefix(5)) },
    Spoiling(why: "cut off") { body, _ in text(body.prefix(6)) + "…" },
    Spoiling(why: "name of code", isPassword: true) { _, random in
      let name = (0..<4).map { _ in random.pick(words) }
      return random.below(2) == 0
        ? name.joined(separator: "_") : name[0] + name.dropFirst().map(\.capitalized).joined()
    },
  ]

  private static let placeholders = [
    "your-api-key-here", "YOUR_API_KEY", "<your key>", "[REDACTED]", "REPLACE_ME", "changeme",
    "your_secret_here", "xxx", "TODO", "insert-yours",
  ]
  private static let variables = [
    "${API_KEY}", "$API_KEY", "{{ api_key }}", "<API_KEY>", "%API_KEY%", "${{ secrets.API_KEY }}",
  ]
  private static let words = [
    "manager", "factory", "service", "client", "request", "header", "value", "store", "handler",
    "config", "loader", "builder",
  ]

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// As much as there was of the body.
  private static func repeated(_ text: String, _ body: ArraySlice<UInt8>) -> String {
    String(String(repeating: text, count: body.count).prefix(body.count))
  }
}
