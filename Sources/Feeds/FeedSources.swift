package import Core

/// The kinds of sources there are; a new one is one more line.
package enum FeedSources {
  package static let all: [SourceKind] = [
    SourceKind(
      name: "moltbook", base: "https://www.moltbook.com/api/v1",
      rates: [Rate(requests: 60, seconds: 60)], pages: 20,
      make: { MoltbookSource(name: $0, limits: $1) })
  ]

  /// The kind of that name; nil for names that are none.
  package static func kind(_ name: String) -> SourceKind? {
    all.first { $0.name == name }
  }

  /// The source as it is set; nil where its kind is unknown.
  package static func make(
    _ settings: SourceSettings, limits: Limits = Limits()
  ) -> (any FeedSource)? {
    kind(settings.kind)?.make(settings.name, limits)
  }
}

/// A platform that can be read, with what holds unless the operator says otherwise.
package struct SourceKind: Sendable {
  package var name: String
  package var base: String
  package var rates: [Rate]
  package var pages: Int
  /// Takes the configured name and the bounds on what is read.
  package var make: @Sendable (String, Limits) -> any FeedSource

  /// The settings of a source of this kind that nobody configured further.
  package func settings(named name: String) -> SourceSettings {
    SourceSettings(name: name, kind: self.name, base: base, rates: rates, pages: pages)
  }
}
