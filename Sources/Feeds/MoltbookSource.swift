import Core
import Records

/// Moltbook: the posts of all communities from the newest down, and each post's comments.
///
/// The API has spelled the same things in several ways over time, so that every known way is read. Where a post's
/// comments cannot be had by themselves, they are taken from the post's own page.
struct MoltbookSource: FeedSource {
  let name: String
  let limits: Limits

  func start(_ state: SourceState) -> [FeedRequest] {
    let listing = MoltbookSource.listing
    let walk = Walk(listing: listing, floor: state.covered[listing]?.first?.newest)
    return [listingRequest(MoltbookSource.posts, walk)]
  }

  func decode(_ response: FeedResponse, of request: FeedRequest) throws(FeedError) -> FeedPage {
    switch (request.purpose, request.subject) {
    case (.listing, _): return try listing(MoltbookAnswer(response, limits), of: request)
    case (.comments, let post?):
      if MoltbookSource.commentFaults.contains(response.status) || response.status >= 500 {
        return FeedPage(followUps: [postRequest(post, after: request)])
      }
      return try comments(MoltbookAnswer(response, limits), of: post, request)
    case (.post, let post?):
      if [404, 410].contains(response.status) {
        return FeedPage(skipped: [SkippedPost(id: post, reason: "deleted")])
      }
      return try detail(MoltbookAnswer(response, limits), of: post, request)
    case (.comments, nil), (.post, nil): throw .foreignRequest
    }
  }

  private static let listing = "posts"
  private static let posts = "/posts?sort=new&limit=50"
  // The comments endpoint has failed in these ways while the post's own page had them.
  private static let commentFaults: Set = [400, 401, 404, 405, 410]
  private static let commentPages = 100
}

extension MoltbookSource {
  private func listing(
    _ answer: MoltbookAnswer, of request: FeedRequest
  ) throws(FeedError) -> FeedPage {
    guard let items = answer.content.array("posts", "items", "data") else {
      throw .missing("posts")
    }
    // Where posts were read before, there must be some still.
    guard !items.isEmpty || request.walk?.floor == nil else { throw .missing("posts") }
    var reading = MoltbookReading(limits)
    for item in items { reading.readPost(item) }
    for post in reading.page.posts where (post.commentCount ?? 0) > 0 {
      reading.followUp(post, commentsRequest(post.id, post.commentCount ?? 0))
    }
    if let place = try answer.place(after: request.path, items.count) {
      let walk = request.walk ?? Walk(listing: MoltbookSource.listing)
      let times = reading.page.posts.compactMap { $0.createdAt.flatMap { Timestamp(lenient: $0) } }
      reading.page.next = listingRequest(
        MoltbookSource.posts + place, walk.advanced(over: Interval(of: times)))
    }
    return reading.page(ignoring: answer)
  }

  private func comments(
    _ answer: MoltbookAnswer, of post: String, _ request: FeedRequest
  ) throws(FeedError) -> FeedPage {
    let items = answer.content.array("comments", "items", "data")
    var reading = MoltbookReading(limits)
    reading.readComments(items ?? [], of: post)
    if items?.isEmpty ?? true, (request.expected ?? 0) > 0 {
      reading.page.followUps = [postRequest(post, after: request)]
    } else if let items {
      if let place = try answer.place(after: request.path, items.count) {
        reading.page.next = nextComments(post, place, after: request)
        if reading.page.next == nil { reading.skip(post, "too many pages of comments") }
      }
    } else {
      throw .missing("comments")
    }
    return reading.page(ignoring: answer)
  }

  private func detail(
    _ answer: MoltbookAnswer, of id: String, _ request: FeedRequest
  ) throws(FeedError) -> FeedPage {
    let content = answer.content
    guard let post = content.object("post") ?? (content.text("id") == nil ? nil : content) else {
      throw .missing("post")
    }
    var reading = MoltbookReading(limits)
    reading.readPost(post)
    let comments = content.array("comments") ?? post.array("comments") ?? []
    reading.readComments(comments, of: id)
    if comments.isEmpty, (request.expected ?? 0) > 0 { reading.skip(id, "comments not given") }
    return reading.page(ignoring: answer)
  }

  private func listingRequest(_ path: String, _ walk: Walk) -> FeedRequest {
    FeedRequest(
      source: name, purpose: .listing, path: path, key: MoltbookSource.listing, walk: walk)
  }

  private func commentsRequest(_ post: String, _ count: Int) -> FeedRequest {
    FeedRequest(
      source: name, purpose: .comments, path: "/posts/\(post)/comments?sort=new&limit=35",
      key: "comments:\(post):\(count)", subject: post, expected: count)
  }

  /// The page after the request's; its number stands in the key, so that cursors that lead in circles end.
  private func nextComments(
    _ post: String, _ place: String, after request: FeedRequest
  ) -> FeedRequest? {
    let (count, page) = progress(of: request)
    guard page < MoltbookSource.commentPages else { return nil }
    var next = commentsRequest(post, count)
    next.path += place
    next.key += ":\(page + 1)"
    return next
  }

  /// Asks for the post's own page, which holds its comments too.
  private func postRequest(_ post: String, after request: FeedRequest) -> FeedRequest {
    let count = progress(of: request).count
    return FeedRequest(
      source: name, purpose: .post, path: "/posts/\(post)", key: "post:\(post):\(count)",
      subject: post, expected: count)
  }

  /// What a comments request's key says: how many there were when it was made, and which page it is.
  private func progress(of request: FeedRequest) -> (count: Int, page: Int) {
    let numbers = request.key.split(separator: ":").dropFirst(2).map { Int($0) ?? 1 }
    return (numbers.first ?? 0, numbers.dropFirst().first ?? 1)
  }
}
