import Detection

/// Invented secrets, the same ones every time; built from templates, so that no token stands in the repository.
enum Secrets {
  static let github = fill("ghp_{base62:30#leak}{crc32-base62}")
  static let moltbook = fill("moltbook_sk_{base64url:32#leak}")
  static let key = fill("{pem:RSA PRIVATE KEY#leak}")

  /// Another GitHub token for every number.
  static func github(_ number: Int) -> String { fill("ghp_{base62:30#\(number)}{crc32-base62}") }

  private static func fill(_ template: String) -> String {
    var filler = TemplateFiller()
    return filler.fill(template)
  }
}

/// A secret with what nobody else's begins or ends with.
struct Planted: Sendable, CustomStringConvertible {
  var description: String
  var text: String
  var body: String

  static let all = [
    Planted(
      description: "a GitHub token", text: Secrets.github, body: String(Secrets.github.dropFirst(4))
    ),
    Planted(
      description: "a Moltbook key", text: Secrets.moltbook,
      body: String(Secrets.moltbook.dropFirst("moltbook_sk_".count))),
    Planted(
      description: "a private key", text: Secrets.key,
      body: Secrets.key.split(separator: "\n").dropFirst().dropLast().joined(separator: "\n")),
  ]

  static let hunt = Hunt(all.map(\.body))
}
