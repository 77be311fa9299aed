/// A post as the store may know it: masked texts, keyed identities, and what was found in it.
package struct PublicPost: Sendable {
  package var platform: PublicText
  /// Keyed hash of the raw canonical id.
  package var identity: KeyedHash
  package var id: PublicText
  package var kind: PostKind
  package var agent: PublicAgent
  package var title: PublicText?
  package var url: PublicText?
  package var channel: PublicText?
  package var parent: KeyedHash?
  /// Keyed hash of title and body: what tells one revision from the next.
  package var revision: KeyedHash
  package var publishedAt: Timestamp?
  package var commentCount: Int?
  /// What a reader is shown of each field that holds a finding.
  package var excerpts: [TextField: PublicText]
  package var findings: [Finding]
  /// Findings under the confidence that is stored, by rule.
  package var heldBack: [String: Int]

  package init(
    platform: PublicText, identity: KeyedHash, id: PublicText, kind: PostKind, agent: PublicAgent,
    title: PublicText?, url: PublicText?, channel: PublicText?, parent: KeyedHash?,
    revision: KeyedHash, publishedAt: Timestamp?, commentCount: Int?,
    excerpts: [TextField: PublicText], findings: [Finding], heldBack: [String: Int]
  ) {
    self.platform = platform
    self.identity = identity
    self.id = id
    self.kind = kind
    self.agent = agent
    self.title = title
    self.url = url
    self.channel = channel
    self.parent = parent
    self.revision = revision
    self.publishedAt = publishedAt
    self.commentCount = commentCount
    self.excerpts = excerpts
    self.findings = findings
    self.heldBack = heldBack
  }
}

/// An agent as the store may know it: name and id masked, identities keyed.
package struct PublicAgent: Sendable, Hashable {
  /// Keyed hash of platform and folded name; nil where the post names no author.
  package var nameKey: KeyedHash?
  /// Keyed hash of the platform's own id; nil where unknown.
  package var idKey: KeyedHash?
  package var name: PublicText?
  package var id: PublicText?

  package init(nameKey: KeyedHash?, idKey: KeyedHash?, name: PublicText?, id: PublicText?) {
    self.nameKey = nameKey
    self.idKey = idKey
    self.name = name
    self.id = id
  }
}
