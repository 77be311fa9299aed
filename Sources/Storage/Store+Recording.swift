package import Core
import GRDB

extension Store {
  /// Records one page, the progress it stands for and the alerts it causes in one transaction.
  ///
  /// `overlap` is in seconds: so far a walk goes on below what was covered. Live exposures alert singly for `maxAge`
  /// seconds after publication: `alerts` makes one a sink that wants it; if it throws, nothing is recorded.
  package func record(
    _ page: RecordedPage, overlap: Double, maxAge: Double = 7 * 86_400,
    alerts: @escaping (ExposureChange) throws -> [Alert]
  ) throws -> PageOutcome {
    try write { db in
      var recorder = try PageRecorder(
        db: db, page: page,
        terms: RecordingTerms(overlap: overlap, maxAge: maxAge, limits: limits), key: key,
        alerts: alerts)
      return try recorder.record()
    }
  }
}
