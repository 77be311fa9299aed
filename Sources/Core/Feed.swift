/// A request that a source wants made: a value that is stored until it is answered.
package struct FeedRequest: Sendable, Hashable {
  /// The configured name of the source.
  package var source: String
  package var purpose: Purpose
  /// Path and query, relative to the source's base.
  package var path: String
  /// What the request stands for; a source never queues two requests of one key.
  package var key: String
  /// The walk through a listing that this request goes on with; nil for follow-ups.
  package var walk: Walk?
  /// The id of the post that a follow-up is about.
  package var subject: String?
  /// How many records there should be, where that is known.
  package var expected: Int?
  /// How what the answer holds came to be seen; a walk tells that by its floor.
  package var cause: Cause?

  package enum Purpose: String, Sendable, Named {
    case listing, comments, post
  }

  package init(
    source: String, purpose: Purpose, path: String, key: String, walk: Walk? = nil,
    subject: String? = nil, expected: Int? = nil, cause: Cause? = nil
  ) {
    self.source = source
    self.purpose = purpose
    self.path = path
    self.key = key
    self.walk = walk
    self.subject = subject
    self.expected = expected
    self.cause = cause
  }
}

/// One walk through a listing from its newest post downwards, as far as it has come.
package struct Walk: Sendable, Hashable {
  package var listing: String
  /// Pages read so far.
  package var pages: Int
  /// The span of publication read so far.
  package var read: Interval?
  /// The newest moment that was covered before the walk began; the walk ends once it meets it.
  package var floor: Timestamp?

  package init(
    listing: String, pages: Int = 0, read: Interval? = nil, floor: Timestamp? = nil
  ) {
    self.listing = listing
    self.pages = pages
    self.read = read
    self.floor = floor
  }

  /// The walk after one more page.
  package func advanced(over times: Interval?) -> Walk {
    var walk = self
    walk.pages += 1
    if let times { walk.read = read.map { $0.union(times) } ?? times }
    return walk
  }

  /// Whether a walk that has just read a page may stop: the page held nothing new, and it either was the first one
  /// or reaches `overlap` seconds below what was covered, since posts can appear after the time they bear.
  package func isDone(allKnown: Bool, oldest: Timestamp?, overlap: Double) -> Bool {
    guard allKnown else { return false }
    guard pages > 1, let floor, let oldest else { return true }
    return oldest <= floor + -overlap
  }
}

/// A closed span of time.
package struct Interval: Sendable, Hashable {
  package var oldest: Timestamp
  package var newest: Timestamp

  package init(oldest: Timestamp, newest: Timestamp) {
    self.oldest = oldest
    self.newest = newest
  }

  /// The span from the oldest to the newest of the moments; nil where there are none.
  package init?(of times: some Sequence<Timestamp>) {
    var times = times.makeIterator()
    guard let first = times.next() else { return nil }
    self.init(oldest: first, newest: first)
    while let time = times.next() {
      oldest = min(oldest, time)
      newest = max(newest, time)
    }
  }

  package func union(_ other: Interval) -> Interval {
    Interval(oldest: min(oldest, other.oldest), newest: max(newest, other.newest))
  }

  package func touches(_ other: Interval) -> Bool {
    oldest <= other.newest && other.oldest <= newest
  }
}

/// What is known of a source's listings when a pass begins: the covered spans, newest first, by listing.
package struct SourceState: Sendable, Hashable {
  package var covered: [String: [Interval]]

  package init(covered: [String: [Interval]] = [:]) {
    self.covered = covered
  }
}

/// One decoded response.
package struct FeedPage: Sendable {
  package var posts: [Post]
  /// The request for the page after this one; nil at the end.
  package var next: FeedRequest?
  /// Further requests that this page gives cause for.
  package var followUps: [FeedRequest]
  /// Paths of the fields that decoding did not look at.
  package var ignored: [String]
  package var skipped: [SkippedPost]

  package init(
    posts: [Post] = [], next: FeedRequest? = nil, followUps: [FeedRequest] = [],
    ignored: [String] = [], skipped: [SkippedPost] = []
  ) {
    self.posts = posts
    self.next = next
    self.followUps = followUps
    self.ignored = ignored
    self.skipped = skipped
  }
}

/// A post that could not be decoded.
package struct SkippedPost: Sendable, Hashable {
  package var id: String?
  /// In our own words, without text of the post.
  package var reason: String

  package init(id: String?, reason: String) {
    self.id = id
    self.reason = reason
  }
}

/// One page as the store takes it, in one transaction.
package struct RecordedPage: Sendable {
  package var source: String
  package var posts: [PublicPost]
  package var cause: Cause
  package var seenAt: Timestamp
  /// Digest of the rules that read the posts.
  package var rules: String
  package var skipped: [PublicSkip]
  package var progress: Progress

  /// How far the source has come with this page.
  package enum Progress: Sendable {
    /// A request was answered; `next` goes on with its walk unless the walk is done.
    case answered(FeedRequest, next: FeedRequest?, followUps: [FeedRequest], budgetSpent: Bool)
    /// An archive was read up to here; nil where the input has no position (standard input).
    case archive(ArchivePosition?)
  }

  package init(
    source: String, posts: [PublicPost], cause: Cause, seenAt: Timestamp, rules: String,
    skipped: [PublicSkip], progress: Progress
  ) {
    self.source = source
    self.posts = posts
    self.cause = cause
    self.seenAt = seenAt
    self.rules = rules
    self.skipped = skipped
    self.progress = progress
  }
}

/// A post that could not be decoded, as the store may know it.
package struct PublicSkip: Sendable, Hashable {
  package var id: PublicText?
  package var reason: String

  package init(id: PublicText?, reason: String) {
    self.id = id
    self.reason = reason
  }
}

/// How far an archive was read.
package struct ArchivePosition: Sendable, Hashable {
  /// Keyed hash of the archive's path.
  package var archive: KeyedHash
  /// Uncompressed bytes.
  package var offset: Int
  /// Lines before the offset.
  package var lines: Int
  /// Keyed digest of everything before the offset.
  package var digest: KeyedHash
  /// Digest of the rules that read it.
  package var rules: String

  package init(archive: KeyedHash, offset: Int, lines: Int, digest: KeyedHash, rules: String) {
    self.archive = archive
    self.offset = offset
    self.lines = lines
    self.digest = digest
    self.rules = rules
  }
}

/// What recording a page changed.
package struct PageOutcome: Sendable, Equatable {
  /// Posts and revisions that were not in the store.
  package var postsNew = 0
  /// Exposures that were not in the store with the confidence that counts, by id.
  package var news: [NewExposure] = []
  package var exposuresSeenAgain = 0
  package var alertsQueued = 0
  /// Publication to record, in seconds, of each new live post.
  package var lags: [Double] = []
  /// Whether the walk goes on with the next page.
  package var walkGoesOn = false

  package init() {}

  package var exposuresNew: Int { news.count }
}

/// What a host's pace remembers across runs.
package struct HostState: Sendable, Hashable {
  package var notBefore: Timestamp?
  /// When requests were last sent, oldest first, as far back as the longest rate looks.
  package var sent: [Timestamp]

  package init(notBefore: Timestamp? = nil, sent: [Timestamp] = []) {
    self.notBefore = notBefore
    self.sent = sent
  }
}

/// So many requests in so many seconds.
package struct Rate: Sendable, Hashable, CustomStringConvertible {
  package var requests: Int
  package var seconds: Double

  package init(requests: Int, seconds: Double) {
    self.requests = requests
    self.seconds = seconds
  }

  /// Reads `60/min`, `100/day`, `5/s`, `1000/h`.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.first != UInt8(ascii: "+"),
      let requests = Int(parts[0]), requests > 0, let seconds = Rate.units[String(parts[1])]
    else { return nil }
    self.init(requests: requests, seconds: seconds)
  }

  package var description: String {
    let unit = Rate.units.filter { $0.value == seconds }.map(\.key).max { $0.count < $1.count }
    return "\(requests)/\(unit ?? "\(seconds)s")"
  }

  private static let units: [String: Double] = [
    "s": 1, "sec": 1, "second": 1, "min": 60, "minute": 60, "h": 3600, "hour": 3600, "d": 86_400,
    "day": 86_400,
  ]
}
