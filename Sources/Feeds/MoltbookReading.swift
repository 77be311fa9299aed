import Core
import Records

/// A page in the making: posts and comments in whatever shape they come, each id once.
struct MoltbookReading {
  var page = FeedPage()
  private let limits: Limits
  private var seen: Set<String> = []

  init(_ limits: Limits) {
    self.limits = limits
  }

  /// The page as it is now, with the fields that nobody read.
  func page(ignoring answer: MoltbookAnswer) -> FeedPage {
    var page = page
    answer.root.pass("success")
    answer.content.pass(
      "success", "count", "authenticated", "sort", "post_id", "post_title", "total",
      "has_more", "next_cursor", "next_offset")
    page.ignored = answer.root.ignored
    return page
  }

  mutating func skip(_ id: String?, _ reason: String) {
    // A hostile page can hold a million things that are no posts.
    guard page.skipped.count < limits.followUpsPerPage else { return }
    page.skipped.append(SkippedPost(id: id, reason: reason))
  }

  /// Adds a request for a post's comments, where the post's id can stand in a path.
  mutating func followUp(_ post: Post, _ request: FeedRequest) {
    if !post.id.isUUID {
      skip(post.id, "comments not read: the id is no UUID")
    } else if page.followUps.count == limits.followUpsPerPage {
      skip(post.id, "comments not read: too many follow-ups")
    } else {
      page.followUps.append(request)
    }
  }

  mutating func readPost(_ item: JSONReader) {
    guard var post = read(item) else { return }
    post.title = item.text("title")
    let channel = item.object("submolt")?.text("name")
    post.channel = [channel, item.text("submolt", "submolt_name")].compactMap(\.self).first
    post.commentCount = item.int("comment_count", "commentCount").map { max(0, $0) }
    if let link = item.text("url")?.nonEmpty {
      // What a link post leads to is text that an agent published.
      let body = post.body ?? ""
      if body.isEmpty {
        post.body = link
      } else if !body.contains(link) {
        post.body = "\(body)\n\(link)"
      }
    }
    post.url = post.id.webPage
    page.posts.append(post)
  }

  /// Reads comments and all replies below them; a comment without a parent answers the post.
  mutating func readComments(_ items: [JSONReader], of post: String) {
    var left = items.reversed().map { ($0, parent: post) }
    while let (item, parent) = left.popLast() {
      let replies = item.array("replies", "children") ?? []
      let own = item.text("id") ?? parent
      left += replies.reversed().map { ($0, parent: own) }
      guard var comment = read(item) else { continue }
      comment.kind = .comment
      comment.parentID = item.text("parent_id", "parentId")?.nonEmpty ?? parent
      comment.url = post.webPage
      page.posts.append(comment)
    }
  }

  /// What posts and comments share; nil, with the reason noted, where it is no text to read.
  private mutating func read(_ item: JSONReader) -> Post? {
    guard item.object != nil else {
      skip(nil, "no object")
      return nil
    }
    item.passNumbers()
    // All is looked at before anything is judged, so that what counts as unread is the same for every page.
    let author = item.object("author")
    author?.passNumbers()
    let (agentID, agentName) = (author?.text("id"), author?.text("name"))
    let (ownID, ownName) = (
      item.text("author_id", "authorId"), item.text("author", "author_name")
    )
    let isDeleted = item.bool("is_deleted", "isDeleted") == true
    let body = item.text("content")
    let createdAt = item.text("created_at", "createdAt")
    guard let id = item.text("id")?.nonEmpty else {
      skip(nil, "no id")
      return nil
    }
    guard seen.insert(id).inserted else { return nil }
    if isDeleted, body?.nonEmpty == nil {
      skip(id, "deleted")
      return nil
    }
    return Post(
      platform: "moltbook", id: id, agentID: agentID?.nonEmpty ?? ownID?.nonEmpty,
      agentName: agentName?.nonEmpty ?? ownName?.nonEmpty, body: body, createdAt: createdAt)
  }
}

extension JSONReader {
  /// Counters and marks that are known and hold no text.
  fileprivate func passNumbers() {
    pass(
      "upvotes", "downvotes", "score", "hot_score", "depth", "is_pinned", "is_locked", "is_spam",
      "type", "updated_at", "karma", "followerCount", "follower_count", "followingCount",
      "following_count", "isClaimed", "is_claimed", "isActive", "is_active", "createdAt",
      "lastActive", "last_active", "avatarUrl", "avatar_url", "you_follow", "you_follow_author")
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }

  /// Whether the text has a UUID's form.
  var isUUID: Bool {
    let groups = split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } }
  }

  /// The page where people read the post of this id.
  fileprivate var webPage: String { "https://www.moltbook.com/post/\(percentEncoded)" }
}
