import Core
import Detection
import Feeds
import Foundation
import TestSupport
import Transport

/// The places in which a secret may stand.
extension Town {
  /// Adds posts and comments that hold the secret somewhere, each in another place.
  func plant(_ secret: String) {
    add { $0.title = "my \(secret)" }
    add { $0.body = "look: \(secret) and more" }
    add { $0.author = "auk \(secret)" }
    add { $0.author = secret }
    add { $0.authorID = secret }
    add { $0.channel = secret }
    add { article in
      article.id = secret
      article.remarks = [Remark(id: newID(), createdAt: clock.now)]
    }
    add {
      $0.body = "sshd[7]: Failed password for invalid user \(secret) from 203.0.113.9 port 22 ssh2"
    }
    for url in addresses(of: secret) { add { $0.link = url } }
    let post = add { $0.body = "comments" }
    let remarks = [
      Remark(id: newID(), body: "here \(secret)", createdAt: clock.now),
      Remark(id: newID(), author: "auk \(secret)", createdAt: clock.now),
      Remark(id: newID(), authorID: secret, createdAt: clock.now),
      Remark(id: secret, createdAt: clock.now),
      Remark(id: newID(), parent: secret, createdAt: clock.now),
      Remark(
        id: newID(), createdAt: clock.now,
        replies: [Remark(id: newID(), body: secret, author: secret, createdAt: clock.now)]),
    ]
    change(post) { $0.remarks = remarks }
  }
}

extension Post {
  /// Records that hold the secret in one field each.
  static func planted(_ secret: String, at now: Timestamp) -> [Post] {
    let changes: [(inout Post) -> Void] = [
      { $0.title = "my \(secret)" },
      { $0.body = "look: \(secret) and more" },
      {
        $0.body =
          "sshd[7]: Failed password for invalid user \(secret) from 203.0.113.9 port 22 ssh2"
      },
      { $0.body = "\(secret) sshd[7]: Failed password for root from 203.0.113.9 port 22 ssh2" },
      { $0.body = "> \(secret.replacing("\n", with: "\n> "))" },
      { $0.body = "{\"key\": \"\(secret.replacing("\n", with: "\\n"))\"}" },
      { $0.about = "I am \(secret)" },
      { $0.agentName = "auk \(secret)" },
      { $0.agentName = secret },
      { $0.agentID = secret },
      {
        $0.agentID = "x:\(secret)"; $0.agentName = nil
      },
      { $0.id = secret },
      { $0.id = "post/\(secret)/\(String(repeating: "a", count: 300))" },
      { $0.channel = secret },
      { $0.parentID = secret },
      { $0.platform = secret },
      { $0.createdAt = secret },
      {
        $0.kind = .skill; $0.id = "owner/\(secret)@1.0:SKILL.md"
      },
    ]
    let links = addresses(of: secret).map { url -> (inout Post) -> Void in { $0.url = url } }
    return (changes + links).enumerated().map { number, change in
      var post = Post(
        platform: "moltbook", id: "p\(number)", agentName: "auk\(number)", body: "hello",
        createdAt: now.description)
      change(&post)
      return post
    }
  }
}

/// Addresses that hold the text in their parts, plain and encoded.
private func addresses(of text: String) -> [String] {
  let every = text.utf8.map { String(format: "%%%02X", $0) }.joined()
  let lower = text.utf8.map { String(format: "%%%02x", $0) }.joined()
  let twice = text.utf8.map { String(format: "%%25%02X", $0) }.joined()
  let needed = text.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
  return [text, every, lower, twice, needed].flatMap { text in
    [
      "https://paste.example/p/\(text)", "https://paste.example/p/\(text)/raw?x=1#top",
      "https://paste.example/?token=\(text)", "https://paste.example/?\(text)",
      "https://paste.example/?\(text)=1", "https://paste.example/#\(text)",
      "https://user:\(text)@paste.example/p", "https://\(text)@paste.example/p",
      "https://paste.example/p;key=\(text)", "paste.example/p?key=\(text)",
      "//user:\(text)@paste.example/",
    ]
  }
}

/// An answer that is no page and holds a secret.
struct Rudeness: Sendable {
  var response: Result<HTTPResponse, TransportError>

  static func all(_ secret: String) -> [Rudeness] {
    let body: JSONValue = ["success": .bool(false), "error": .string(secret)]
    let odd: JSONValue = ["success": .bool(true), "posts": .string(secret)]
    let headers = [("Retry-After", secret), ("X-RateLimit-Reset", secret), ("Location", secret)]
    return [
      Rudeness(response: .success(.status(500, secret, headers))),
      Rudeness(response: .success(.status(429, body.rendered, headers))),
      Rudeness(response: .success(.status(403, secret, headers))),
      Rudeness(response: .success(.json(body))),
      Rudeness(response: .success(.json(odd))),
      Rudeness(response: .success(.status(200, "<title>\(secret)</title>"))),
      Rudeness(response: .failure(.redirectElsewhere(secret.lowercased()))),
    ]
  }

  func send(_ town: Town, _ mailbox: Mailbox, _ secret: String) -> FeedClient.Send {
    { [response] request, _ throws(TransportError) in
      if request.url == Mailbox.url { return try mailbox.take(request) }
      return try response.get()
    }
  }
}

extension Secrets {
  /// An AWS key pair whose secret half holds slashes.
  static let awsPair: (id: String, key: String) = {
    var filler = TemplateFiller()
    let id = filler.fill("{aws-id:AKIA}")
    let head = filler.fill("{base64:9}")
    let tail = filler.fill("{base62:30}")
    return (id, "\(head.prefix(9))/\(tail)")
  }()
}

extension Rules {
  /// All shipped rules, and one for lines of sshd's log whose groups are as wide as they may be.
  static let withSSH: Result<Detector, any Error> = Result {
    let text = """
      provider: test-ssh
      name: SSH
      family: recon
      rules:
        - id: test-ssh-line
          name: Failed SSH sign-in
          category: ssh-failure
          severity: low
          confidence: medium
          trigger: {literals: ['Failed password for', 'Invalid user ']}
          lead: 140
          pattern: '(?:(?<host>[A-Za-z0-9_.-]{1,64}) sshd\\[[0-9]{1,8}\\]: )?(?:Failed password for (?:invalid user )?|Invalid user )(?<user>[^\\n]{0,64}?) from (?<source>[0-9.]{7,15}) port [0-9]{1,5}'
          advice: [Allow keys only.]
          examples: ['«Failed password for root from 203.0.113.7 port 51234»']
          negative_examples: [{text: 'failed password', why: prose}]
          basis: observed
      """
    let folder = FileManager.default.temporaryDirectory.appending(path: "exuvia-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appending(path: "test-ssh.yml"))
    let rules = try shipped.get().rules + RuleSet(folder: folder.path).rules
    return Detector(RuleSet(rules: rules, digest: "with-ssh"))
  }
}
