import Core
import TestSupport
import Testing

@Suite struct ReconTests {
  private func exposure(
    _ category: Category, _ details: [DetailKey: String], severity: Severity = .low,
    state: ExposureState = .open
  ) -> Exposure {
    .sample(
      category: category, severity: severity, state: state,
      details: details.mapValues(PublicText.init(stored:)))
  }

  @Test func `pieces of one target are worth more than each`() throws {
    let recon = try #require(
      Recon(of: [
        exposure(.openPort, [.host: "203.0.113.20", .port: "22", .protocol: "tcp"]),
        exposure(.stackTrace, [.path: "/home/kim/app.py", .user: "kim"], severity: .info),
        exposure(.configArtifact, [.user: "deploy"]),
      ]))
    #expect(recon.severity == .high)
    #expect(recon.exposures == 2)
    #expect(recon.known[.door]?.map(\.string) == ["22/tcp"])
    #expect(recon.known[.account]?.map(\.string) == ["deploy"])
    #expect(recon.known[.path] == nil)
  }

  @Test(
    arguments: [
      [.openPort: [.port: "22"]], [.stackTrace: [.user: "kim", .path: "/srv/app"]],
      [.credential: [.host: "db", .user: "kim"]],
    ] as [[Category: [DetailKey: String]]])
  func `one piece, or none that leads in, is no target`(
    details: [Category: [DetailKey: String]]
  ) {
    #expect(Recon(of: details.map { exposure($0.key, $0.value) }) == nil)
  }

  @Test func `refused sign-ins are a door unless that is better known`() throws {
    let refused = exposure(.sshFailure, [.user: "root"])
    #expect(Recon(of: [refused])?.known[.door]?.map(\.string) == ["22/tcp ssh"])
    let port = exposure(.openPort, [.port: "22", .protocol: "tcp", .version: "OpenSSH 9.6"])
    let both = try #require(Recon(of: [refused, port]))
    #expect(both.known[.door]?.map(\.string) == ["22/tcp OpenSSH 9.6"])
  }

  @Test func `what is settled tells nothing any more`() {
    let details: [DetailKey: String] = [.host: "web-1", .user: "root"]
    #expect(Recon(of: [exposure(.sshFailure, details)]) != nil)
    #expect(Recon(of: [exposure(.sshFailure, details, state: .resolved)]) == nil)
  }
}
