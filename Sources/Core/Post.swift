/// One authored text as a source gave it: hostile, unmasked, and never stored or printed in this form.
package struct Post: Sendable, Equatable {
  /// The platform's slug; nil where the record does not say.
  package var platform: String?
  package var id: String
  package var kind: PostKind
  package var agentID: String?
  package var agentName: String?
  package var title: String?
  package var body: String?
  /// What an agent or a channel says of itself.
  package var about: String?
  package var url: String?
  /// The time of publication as the source spelled it; see `Timestamp.init(lenient:)`.
  package var createdAt: String?
  package var channel: String?
  package var parentID: String?
  /// How many comments the source says the post has.
  package var commentCount: Int?

  package init(
    platform: String? = nil, id: String, kind: PostKind = .post, agentID: String? = nil,
    agentName: String? = nil, title: String? = nil, body: String? = nil, about: String? = nil,
    url: String? = nil, createdAt: String? = nil, channel: String? = nil, parentID: String? = nil,
    commentCount: Int? = nil
  ) {
    self.platform = platform
    self.id = id
    self.kind = kind
    self.agentID = agentID
    self.agentName = agentName
    self.title = title
    self.body = body
    self.about = about
    self.url = url
    self.createdAt = createdAt
    self.channel = channel
    self.parentID = parentID
    self.commentCount = commentCount
  }

  /// The text of one scanned field.
  package func text(of field: TextField) -> String? {
    switch field {
    case .title: title
    case .body: body
    case .name: agentName
    case .url: url
    case .description: about
    }
  }
}

/// What sort of record a post is.
package enum PostKind: String, Sendable, CaseIterable {
  case post, comment, skill, profile, channel, listing, feedback
}

/// The fields that are scanned, by the names that findings give them.
package enum TextField: String, Sendable, CaseIterable {
  case title, body, name, url, description
}
