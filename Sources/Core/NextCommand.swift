/// The commands that outputs name as the next step, safe to paste into a shell whatever an agent is called.
package enum NextCommand {
  /// Shows one exposure.
  package static func exposure(_ id: Int64) -> String { "exuvia exposures show \(id)" }

  /// Says what to do about one exposure.
  package static func plan(_ id: Int64) -> String { "exuvia plan \(id)" }

  /// Shows an agent's history; nil where its name cannot be pasted.
  package static func agent(_ platform: PublicText, _ name: PublicText?) -> String? {
    argument(platform, name).map { "exuvia agent " + $0 }
  }

  /// Says what to do about all that an agent exposed; nil where its name cannot be pasted.
  package static func plan(_ platform: PublicText, _ name: PublicText?) -> String? {
    argument(platform, name).map { "exuvia plan " + $0 }
  }

  // Names come from strangers: one that a shell could read as more than a word is not offered at all.
  private static func argument(_ platform: PublicText, _ name: PublicText?) -> String? {
    guard let name, isPlain(platform), isPlain(name), platform.string.first?.isASCII == true,
      platform.string.first?.isLetter == true, name.string.last != " "
    else { return nil }
    let argument = "\(platform)/\(name)"
    let isBare = argument.allSatisfy { $0.isASCII && $0 != " " }
    return isBare ? argument : "'\(argument)'"
  }

  private static func isPlain(_ text: PublicText) -> Bool {
    let scalars = text.string.unicodeScalars
    return !scalars.isEmpty && scalars.count <= 100
      && scalars.allSatisfy { scalar in
        scalar.isASCII
          ? scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || " ._-@+".unicodeScalars.contains(scalar)
          : scalar.properties.isAlphabetic
      }
  }
}
