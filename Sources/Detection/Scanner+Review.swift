package import Core
package import Identity

extension Scanner {
  /// A post as the store may know it: masked, keyed, with its findings of at least a confidence.
  package func review(
    _ post: Post, key: IdentityKey, storing floor: Confidence, now: Timestamp
  ) -> (post: PublicPost, cuts: Int) {
    let result = findings(in: post)
    let platform = post.platform.map { $0.isEmpty ? "unknown" : $0 } ?? "unknown"
    var kept: [Finding] = []
    var heldBack: [String: Int] = [:]
    for finding in result.findings {
      if finding.confidence >= floor {
        kept.append(finding)
      } else {
        heldBack[finding.rule, default: 0] += 1
      }
    }
    var excerpts: [TextField: PublicText] = [:]
    for finding in kept where excerpts[finding.field] == nil {
      guard let text = post.text(of: finding.field) else { continue }
      excerpts[finding.field] =
        finding.field == .url ? shownURL(text) : excerpt(of: text, around: finding.span)
    }
    let identity = key.post(platform: platform, id: post.id)
    let published = post.createdAt.flatMap { Timestamp(lenient: $0) }
    return (
      PublicPost(
        platform: shown(platform, upTo: 60), identity: identity, id: shown(post.id, upTo: 256),
        kind: post.kind, agent: agent(of: post, on: platform, key: key),
        title: post.title.map { shownProse($0, upTo: 200) },
        url: post.url.map(shownURL), channel: post.channel.map { shown($0, upTo: 100) },
        parent: post.parentID.map { key.post(platform: platform, id: $0) },
        revision: key.revision(title: post.title, body: post.body),
        // A date that lies more than a day ahead says nothing.
        publishedAt: published.flatMap { $0 <= now + 86_400 ? $0 : nil },
        commentCount: post.commentCount, excerpts: excerpts, findings: kept, heldBack: heldBack),
      result.cuts
    )
  }

  private func agent(of post: Post, on platform: String, key: IdentityKey) -> PublicAgent {
    let name = post.agentName.flatMap { $0.isEmpty ? nil : $0 }
    let id = post.agentID.flatMap { $0.isEmpty ? nil : $0 }
    return PublicAgent(
      nameKey: name.map { key.agentName(platform: platform, name: $0) },
      idKey: id.map { key.agentID(platform: platform, id: $0) },
      name: name.map { shown($0, upTo: 100) }, id: id.map { shown($0, upTo: 256) })
  }
}
