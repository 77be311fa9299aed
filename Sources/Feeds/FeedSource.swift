package import Core

/// A place that agents post to: which requests to make, and how to read what comes; neither network nor clock.
///
/// Responses are hostile: whatever they hold ends in a page or in an error, and ids that lead to further requests are
/// taken only in the form that the platform documents.
package protocol FeedSource: Sendable {
  /// The requests that begin a pass, given what is already covered.
  func start(_ state: SourceState) -> [FeedRequest]

  /// Reads one response, with whatever status it came.
  func decode(_ response: FeedResponse, of request: FeedRequest) throws(FeedError) -> FeedPage
}

/// What a source answered, body inflated; statuses that were not worth a retry come here too.
package struct FeedResponse: Sendable {
  package var status: Int
  package var headers: [(String, String)]
  package var body: [UInt8]

  package init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, whatever its case.
  package func header(_ name: String) -> String? {
    headers.first { $0.0.lowercased() == name.lowercased() }?.1
  }
}

/// Why a response is no page; says nothing that stood in it.
package enum FeedError: Error, Sendable, Hashable {
  case status(Int)
  case notJSON
  /// Arrays and objects nest deeper than so many levels.
  case tooDeep(Int)
  /// The source says that it did not do what was asked.
  case refused
  /// A field without which there is no page, by its documented name.
  case missing(String)
  /// The request is none of this source's.
  case foreignRequest

  /// The case's name, for logs and counters.
  package var label: String {
    switch self {
    case .status: "status"
    case .notJSON: "not-json"
    case .tooDeep: "too-deep"
    case .refused: "refused"
    case .missing: "missing"
    case .foreignRequest: "foreign-request"
    }
  }
}

extension FeedError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .status(401), .status(403):
      "The source wants another token or none; check token_file, then try again."
    case .status(404): "The source has no such page; check its base address."
    case .status(let status):
      "The source answered with status \(status); try again later, and check its base address."
    case .notJSON:
      "The answer is no JSON; check that the base address leads to the API and not to a web page."
    case .tooDeep(let depth):
      "The answer nests deeper than \(depth) levels; it is passed over, nothing needs doing."
    case .refused:
      "The source refused the request; try again later, and check the token if there is one."
    case .missing(let field):
      "The answer has no \(field); if this lasts, the API has changed and Exuvia needs an update."
    case .foreignRequest:
      "The request belongs to another kind of source; give the source a new name in the configuration."
    }
  }
}
