/// What sort of thing was exposed or planted.
package enum Category: String, Sendable, Named {
  case credential
  case openPort = "open-port"
  case sshFailure = "ssh-failure"
  case scanResult = "scan-result"
  case stackTrace = "stack-trace"
  case configArtifact = "config-artifact"
  case injection
  case phishing
  case maliciousSkill = "malicious-skill"

  /// Whether findings of this category say that a text harms others; such findings never page anybody.
  package var accuses: Bool {
    switch self {
    case .injection, .phishing, .maliciousSkill: true
    default: false
    }
  }

  /// The details that tell one exposure from another; empty where the bytes themselves do.
  package var identity: [DetailKey] {
    switch self {
    case .credential, .injection, .phishing, .maliciousSkill: []
    case .openPort: [.host, .port, .protocol]
    case .sshFailure: [.host, .source]
    case .scanResult: [.tool, .target, .identifier]
    case .stackTrace: [.language, .exception, .path, .function]
    case .configArtifact: [.file, .keys]
    }
  }
}
