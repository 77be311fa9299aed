import Core
import Detection
import Feeds
import Foundation
import Identity
import Reporting
import Storage
import TestSupport
import Testing
import Transport

@testable import Monitoring

/// What a post says in secret is in no byte that the program leaves behind.
@Suite struct LeakTests {
  @Test(arguments: Hunt.Form.all)
  func `a hunt finds any twelve bytes in every form`(form: Hunt.Form) throws {
    for secret in Planted.all {
      let spelling = try #require(form.spellings(secret.body).last)
      let part = String(spelling.dropFirst(20).prefix(form.window))
      #expect(Planted.hunt.form(in: "{\"x\": \"…\(part)…\"}") != nil)
      #expect(Planted.hunt.form(in: "{\"x\": \"…\(part.dropFirst(form.window / 6))…\"}") == nil)
    }
  }

  @Test(arguments: Planted.all)
  func `no secret is left behind by a crawl, wherever posts hide it`(
    secret: Planted
  ) async throws {
    try await withLeakWorld { world, mailbox in
      world.town.addPosts(3)
      try await world.pass()
      world.clock.advance(300)
      world.town.plant(secret.text)
      for answer in Rudeness.all(secret.text) {
        world.send = answer.send(world.town, mailbox, Secrets.github)
        try await world.pass()
        world.clock.advance(300)
      }
      world.connect(mailbox)
      world.town.meet { [folder = world.storeFolder] call in
        // What waits to be asked for stands in the store meanwhile.
        if call.number % 7 == 0 { expectClean(folder, "in the midst of a pass") }
        return nil
      }
      mailbox.answer(with: .success(500))
      let summary = try await world.pass()
      #expect(summary.complete)
      #expect(summary.postsNew > 60)
      #expect(try world.rows("sighting").count > 10)
      try await world.expectNothingLeft(mailbox)
    }
  }

  @Test(arguments: Planted.all)
  func `no secret is left behind by an archive, wherever records hide it`(
    secret: Planted
  ) async throws {
    try await withLeakWorld { world, mailbox in
      let posts = Post.planted(secret.text, at: world.clock.now)
      let archive = try world.archive(posts)
      let summary = try await world.pass(over: [.archive(archive)])
      #expect(summary.postsNew == posts.count)
      try await world.expectNothingLeft(mailbox)
      // Again as live posts, so that each of them alerts.
      try await world.record(
        posts.map { post in
          var post = post
          post.platform = post.platform.map { "other-" + $0 }
          return post
        }, cause: .live)
      try await world.expectNothingLeft(mailbox)
      #expect(mailbox.letters.contains { $0.event == "spread" })
    }
  }

  @Test func `a password typed at a login prompt is left behind nowhere`() async throws {
    let password = "Tr0ub4dor-&3-xyzzy"
    let hunt = Hunt([password])
    try await withLeakWorld { world, mailbox in
      let lines = [
        "sshd[1]: Failed password for invalid user \(password) from 203.0.113.9 port 22 ssh2",
        "Invalid user \(password) from 203.0.113.9 port 41022",
        "postgres://app:\(password)@db.auk-isle.net:5432/app",
        "postgres://app:\(password)@db.example.org:5432/app",
      ]
      let posts = lines.enumerated().map { number, line in
        Post(
          platform: "moltbook", id: "p\(number)", agentName: "auk", title: line, body: line,
          url: line, createdAt: world.clock.now.description)
      }
      try await world.pass(over: [.archive(world.archive(posts))])
      #expect(try world.store().exposures().count >= 2)
      try await world.expectNothingLeft(mailbox, hunt)
    }
  }

  @Test func `a secret that stands 1,200 times is one exposure and left behind nowhere`()
    async throws
  {
    try await withLeakWorld { world, mailbox in
      let body = (0..<1_200).map { "\($0) \(Secrets.github)" }.joined(separator: "\n")
      let post = Post(
        platform: "moltbook", id: "p", agentName: "auk", title: body, body: body,
        createdAt: world.clock.now.description)
      let summary = try await world.pass(over: [.archive(world.archive([post]))])
      #expect(summary.exposuresNew == 1)
      #expect(summary.cut > 0)
      try await world.expectNothingLeft(mailbox)
    }
  }

  @Test func `a token that no rule knows is not shown where an excerpt cuts it`() async throws {
    let unknown = "q7RvK2mZx9LdT4nWbY8sH3jPc6VgF5aQeU1oXi0B"
    let hunt = Hunt([unknown])
    try await withLeakWorld { world, mailbox in
      let posts = (0..<220).map { lead in
        let pad = String(repeating: "o ", count: 110).prefix(lead)
        return Post(
          platform: "moltbook", id: "p\(lead)", agentName: "auk",
          title: "\(pad)\(pad) \(unknown) end",
          body: "\(unknown) \(pad)\(Secrets.github) \(pad) \(unknown)",
          createdAt: world.clock.now.description)
      }
      try await world.pass(over: [.archive(world.archive(posts))])
      try await world.expectNothingLeft(mailbox, hunt)
      try await world.expectNothingLeft(mailbox)
    }
  }

  @Test(arguments: Planted.all)
  func `a secret that stands encoded beside itself is not quoted with it`(
    secret: Planted
  ) async throws {
    try await withLeakWorld { world, mailbox in
      // Not without its prefix: in hexadecimal, 32 bytes of anything look like a hash.
      let spellings = Hunt.Form.all.flatMap { $0.spellings(secret.text) }
      let posts = spellings.enumerated().map { number, spelling in
        Post(
          platform: "moltbook", id: "p\(number)", agentName: "auk", title: "or \(spelling) x",
          body: "\(spelling.suffix(60)) or \(Secrets.github) or \(spelling)",
          createdAt: world.clock.now.description)
      }
      try await world.pass(over: [.archive(world.archive(posts))])
      try await world.expectNothingLeft(mailbox)
    }
  }

  @Test func `a secret that an excerpt would cut is masked before it is cut`() async throws {
    try await withLeakWorld { world, mailbox in
      let posts = (0..<170).map { lead in
        let pad = String(repeating: "o ", count: 90).prefix(lead)
        return Post(
          platform: "moltbook", id: "p\(lead)", agentName: "auk",
          title: "\(pad)\(Secrets.moltbook)",
          body: "\(Secrets.github) \(pad)\(Secrets.moltbook) \(Secrets.key)",
          createdAt: world.clock.now.description)
      }
      try await world.pass(over: [.archive(world.archive(posts))])
      try await world.expectNothingLeft(mailbox)
    }
  }

  @Test func `a detail that holds a part of a secret is not told`() async throws {
    try await withLeakWorld { world, mailbox in
      let secret = Secrets.awsPair
      let hunt = Hunt([String(secret.key)])
      let post = Post(
        platform: "moltbook", id: "p", agentName: "auk",
        body: """
          AWS_ACCESS_KEY_ID=\(secret.id)
          AWS_SECRET_ACCESS_KEY=\(secret.key) sshd[2]: Failed password for root from 203.0.113.9 port 22 ssh2
          """, createdAt: world.clock.now.description)
      try await world.pass(over: [.archive(world.archive([post]))])
      #expect(try world.store().exposures().contains { $0.category == .sshFailure })
      #expect(try world.store().exposures().contains { $0.provider == "aws" })
      try await world.expectNothingLeft(mailbox, hunt)
    }
  }

  @Test(arguments: Planted.all)
  func `an agent whose name is a secret is found by that name`(secret: Planted) async throws {
    try await withLeakWorld { world, mailbox in
      let name = "auk \(secret.text)"
      let post = Post(
        platform: "moltbook", id: "p", agentID: secret.text, agentName: name,
        body: "hello", createdAt: world.clock.now.description)
      try await world.pass(over: [.archive(world.archive([post]))])
      let store = try world.store()
      for query in [AgentQuery.name(name), .name(name.uppercased()), .id(secret.text)] {
        // Letters of other cases are another private key, but the same name.
        guard case .one(let agent) = try store.findAgent(query) else {
          Issue.record("not found by \(query == .name(name) ? "name" : "another spelling")")
          continue
        }
        #expect(agent.name?.string.hasPrefix("auk ") == true)
        #expect(Planted.hunt.form(in: "\(agent)") == nil)
      }
      try await world.expectNothingLeft(mailbox)
    }
  }
}

private func withLeakWorld(_ body: (World, Mailbox) async throws -> Void) async throws {
  try await withWorld(Rules.withSSH.get()) { world in
    // The lock and the key stand beside the store.
    if case .held(let lock) = try CrawlLock.acquire(storePath: world.storePath, at: world.clock.now)
    {
      world.lock = lock
    }
    try #require(world.lock != nil)
    world.key = try KeyFile.create(world.storeFolder.appending(path: "exuvia.key").path)
    let mailbox = Mailbox(words: Planted.all.map(\.text).joined(separator: " "))
    world.connect(mailbox)
    try await body(world, mailbox)
  }
}

/// No file of the folder holds anything of a secret.
private func expectClean(
  _ folder: URL, _ when: String, _ hunt: Hunt = Planted.hunt
) {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  #expect(names.count >= 3)
  for name in names {
    let bytes = FileManager.default.contents(atPath: folder.appending(path: name).path) ?? Data()
    let form = hunt.form(in: Array(bytes))
    #expect(form == nil, "\(name) \(when)")
  }
}

extension World {
  fileprivate var storeFolder: URL { folder.appending(path: "store") }

  /// Nothing of a secret stands in the store's folder, in what was logged, sent or printed, nor in any report.
  fileprivate func expectNothingLeft(
    _ mailbox: Mailbox, _ hunt: Hunt = Planted.hunt
  ) async throws {
    expectClean(storeFolder, "while the store is open", hunt)
    #expect(try store().verify().isEmpty)
    for report in try await reports() {
      #expect(hunt.form(in: report.text) == nil, "\(report.name)")
    }
    #expect(hunt.form(in: notebook.text) == nil, "logs")
    for letter in mailbox.letters {
      #expect(hunt.form(in: letter.body + letter.id) == nil, "a \(letter.event) alert")
    }
    for call in town.calls {
      let headers = call.headers.map { $0.0 + $0.1 }.joined()
      #expect(hunt.form(in: call.url + headers) == nil, "a request")
    }
    try close()
    expectClean(storeFolder, "once the store is closed", hunt)
  }

  private func reports() async throws -> [(name: String, text: String)] {
    let store = try store()
    let rule: (String) -> Rule? = { [detector] in detector.rule($0) }
    let style = Style()
    let agents = try store.agents()
    let standings = agents.map { agent in
      AgentStanding(
        platform: agent.platform, name: agent.name, id: agent.nativeID, open: agent.open,
        exposures: agent.exposures, firstSeen: agent.firstSeen, lastSeen: agent.lastSeen)
    }
    var filter = ExposureFilter()
    filter.minConfidence = .low
    let exposures = try store.exposures(filter)
    let plan = Recommendation.plan(for: exposures, rule: rule)
    let summary = try await pass()
    var reports = [
      ("agents", AgentReport.text(standings, style, now: clock.now)),
      ("agents as JSON", AgentReport.json(standings)),
      ("exposures", ExposureReport.text(exposures, style, now: clock.now)),
      ("exposures as JSON", ExposureReport.json(exposures)),
      ("plan", PlanReport.text(plan, style, now: clock.now)),
      ("plan as JSON", PlanReport.json(plan)),
      ("summary", ScanReport.text(summary, style, verbose: true)),
      ("summary as JSON", ScanReport.json(summary)),
      ("dump", try store.dump()),
    ]
    for agent in agents {
      filter.agent = agent.id
      let history = AgentHistory(
        platform: agent.platform, name: agent.name, id: agent.nativeID,
        exposures: try store.exposures(filter).map { exposure in
          ExposureHistory(exposure: exposure, sightings: try store.sightings(of: exposure.id))
        })
      reports.append(("agent", AgentReport.text(history, rule: rule, style, now: clock.now)))
      reports.append(("agent as JSON", AgentReport.json(history)))
      for exposure in history.exposures {
        reports.append(("show", ExposureReport.text(exposure, rule: rule, style, now: clock.now)))
        reports.append(("show as JSON", ExposureReport.json(exposure, rule: rule)))
      }
    }
    return reports
  }
}
