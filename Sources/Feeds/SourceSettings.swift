package import Core

/// One configured source.
package struct SourceSettings: Sendable, Equatable {
  /// The operator's name for it.
  package var name: String
  package var kind: String
  /// Where the API begins, without a slash at its end.
  package var base: String
  package var token: AccessToken?
  package var rates: [Rate]
  /// The most pages one pass reads of one listing.
  package var pages: Int
  package var isEnabled: Bool
  /// Whether its failure makes a pass incomplete.
  package var isRequired: Bool

  package init(
    name: String, kind: String, base: String, token: AccessToken? = nil, rates: [Rate], pages: Int,
    isEnabled: Bool = true, isRequired: Bool = true
  ) {
    self.name = name
    self.kind = kind
    self.base = base
    self.token = token
    self.rates = rates
    self.pages = pages
    self.isEnabled = isEnabled
    self.isRequired = isRequired
  }
}

/// A source's bearer token; printing it gives a mask.
package struct AccessToken: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
  /// For the Authorization header alone.
  package let secret: String

  package init(_ secret: String) {
    self.secret = secret
  }

  package var description: String { "‹token›" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
