/// Every bound on hostile input, in one value; bytes unless the name says otherwise.
package struct Limits: Sendable {
  package var response = 16 << 20
  package var line = 16 << 20
  package var jsonDepth = 64
  package var text = 4 << 20
  package var findingsPerText = 1_000
  /// How often one rule is tried in one text: honest ones of megabytes hold a trigger some thousand times.
  package var triesPerText = 15_000
  package var readingsPerText = 64
  /// Bytes that all readings of a text may have together, in lengths of the text.
  package var readingsTimesText = 4
  /// Bytes that they may have however short the text is: a few readings of a short one come to many times its length.
  package var readingsLeast = 16 << 10
  package var decodeDepth = 3
  package var redirects = 3
  package var followUpsPerPage = 200
  /// PCRE2's match limit, in internal steps.
  package var matchSteps: UInt32 = 100_000
  package var identifier = 256
  package var excerptCharacters = 160
  package var archivePageRecords = 2_000
  package var archivePage = 4 << 20
  /// Characters of a name, title, URL or channel that the store keeps.
  package var storedCharacters = 2_048
  /// Characters of a label that says why something failed.
  package var labelCharacters = 64
  /// Attempts after which a request is given up.
  package var requestAttempts = 10
  /// Seconds of failing after which an alert is given up.
  package var alertPatience: Double = 3 * 86_400
  /// Similar names that are offered for an unknown one.
  package var suggestions = 5

  package init() {}
}
