import Logging

/// Writes logs as logfmt on standard error; values are ours or masked, and quoted where they need it.
struct LogfmtHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var line = "level=\(event.level) msg=\(quoted("\(event.message)"))"
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      line += " \(key)=\(quoted("\(value)"))"
    }
    complain(line)
  }

  private func quoted(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D }
    return isPlain ? text : "\"" + text.replacing("\"", with: "'").replacing("\n", with: " ") + "\""
  }
}
