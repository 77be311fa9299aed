/// A line that was passed over, or an end that came too early; the rest of the input was read.
package struct RecordFault: Sendable, Hashable, CustomStringConvertible {
  /// Counted from 1.
  package var line: Int
  package var reason: Reason

  package init(line: Int, reason: Reason) {
    self.line = line
    self.reason = reason
  }

  /// The closed set of reasons; none holds text of the input.
  package enum Reason: Sendable, Hashable, CustomStringConvertible {
    case notJSON(JSONFault.Reason)
    case noObject
    case noID
    /// The field's value is neither text nor a number.
    case badType(RecordField)
    case tooLong
    case tooDeep
    case truncatedGzip
    case corruptGzip
    /// Something that is not gzip follows a whole gzip stream.
    case bytesAfterGzip

    /// Whether the input could not be read to its end, so that records may be missing beyond the line.
    package var endsInput: Bool {
      switch self {
      case .truncatedGzip, .corruptGzip, .bytesAfterGzip: true
      case .notJSON, .noObject, .noID, .badType, .tooLong, .tooDeep: false
      }
    }

    package var description: String {
      switch self {
      case .notJSON(let reason): "not JSON: \(reason.rawValue)"
      case .noObject: "a JSON value that is no object"
      case .noID: "no `id`, which every record needs"
      case .badType(let field): "`\(field.name)` is neither text nor a number"
      case .tooLong: "longer than a line may be"
      case .tooDeep: "arrays and objects nest deeper than allowed"
      case .truncatedGzip: "the gzip data ends early; get the whole file and read it again"
      case .corruptGzip: "the gzip data is damaged from here on; get the file again"
      case .bytesAfterGzip: "bytes that are not gzip follow the gzip data and were left out"
      }
    }
  }

  package var description: String { "line \(line): \(reason)" }
}
