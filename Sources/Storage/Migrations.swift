import Core
import GRDB
import Identity

/// The store's schema, step by step: steps are added at the end and never changed once they have shipped.
enum Migrations {
  /// "Exuv": tells our files from other programs' databases.
  static let applicationID: Int32 = 0x4578_7576

  static let all = [first]

  /// The store's version, 0 where nothing was made yet.
  static func version(_ db: Database, path: String) throws -> Int {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
    guard application == applicationID || isEmpty else { throw StoreError.foreign(path) }
    guard version <= all.count else { throw StoreError.newer(path, version: version) }
    return isEmpty ? 0 : version
  }

  /// Takes the steps that the store has not taken yet; the first one notes which key the store belongs to.
  static func migrate(_ db: Database, path: String, key: IdentityKey) throws {
    let version = try version(db, path: path)
    for step in version..<all.count {
      try db.execute(sql: all[step])
      try db.execute(sql: "PRAGMA user_version = \(step + 1)")
    }
    guard version == 0 else { return }
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(
      sql: "INSERT INTO installation (id, key_check) VALUES (1, ?)",
      arguments: [key.checkValue.blob])
  }

  /// The names of a closed set for a CHECK; a set that grows needs a step that builds its tables anew.
  private static func names<Set: Named>(_ set: Set.Type) -> String {
    set.names.map { "'\($0)'" }.joined(separator: ", ")
  }
}

extension Migrations {
  private static let first = """
    CREATE TABLE installation (
      id INTEGER PRIMARY KEY CHECK (id = 1), -- there is one
      key_check BLOB NOT NULL CHECK (length(key_check) = 16) -- keyed; knows the key of all hashes here
    ) STRICT;

    CREATE TABLE platform (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT; -- slugs
    CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT; -- configured names
    CREATE TABLE ruleset (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT; -- digests, oldest first
    CREATE TABLE rule (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT; -- rules' ids
    CREATE TABLE provider (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT; -- slugs
    CREATE TABLE kind (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT; -- credential and other kinds

    -- One row for each pair of name and id that posts showed; agent_identity tells which rows are one agent.
    CREATE TABLE agent (
      id INTEGER PRIMARY KEY,
      platform INTEGER NOT NULL REFERENCES platform,
      name_key BLOB NOT NULL CHECK (length(name_key) IN (0, 16)), -- keyed, of the folded name; empty: unknown
      id_key BLOB NOT NULL CHECK (length(id_key) IN (0, 16)), -- keyed, of the platform's id; empty: unknown
      name TEXT, -- masked
      native_id TEXT, -- the platform's id, masked
      ruleset INTEGER NOT NULL REFERENCES ruleset, -- that masked the texts
      first_seen INTEGER, -- µs; earliest of its posts: published, else seen; NULL: all are another row's by now
      last_seen INTEGER CHECK (last_seen >= first_seen), -- µs
      UNIQUE (platform, name_key, id_key)
    ) STRICT;
    CREATE INDEX agent_by_id ON agent (platform, id_key, name_key);

    CREATE TABLE post (
      id INTEGER PRIMARY KEY,
      platform INTEGER NOT NULL REFERENCES platform,
      identity BLOB NOT NULL CHECK (length(identity) = 16), -- keyed, of the platform's id
      native_id TEXT NOT NULL, -- masked
      kind TEXT NOT NULL CHECK (kind IN (\(names(PostKind.self)))),
      agent INTEGER NOT NULL REFERENCES agent, -- the author as well as any reading told
      url TEXT, -- masked
      channel TEXT, -- masked
      parent BLOB CHECK (length(parent) = 16), -- identity of the post it answers
      published_at INTEGER, -- µs; NULL: unknown
      comment_count INTEGER, -- the most that a source said
      ruleset INTEGER NOT NULL REFERENCES ruleset, -- that masked the texts
      seen_at INTEGER NOT NULL, -- µs; first read
      UNIQUE (platform, identity)
    ) STRICT;
    CREATE INDEX post_by_agent ON post (agent);

    CREATE TABLE revision (
      id INTEGER PRIMARY KEY,
      post INTEGER NOT NULL REFERENCES post,
      hash BLOB NOT NULL CHECK (length(hash) = 16), -- keyed, of title and body
      title TEXT, -- masked
      ruleset INTEGER NOT NULL REFERENCES ruleset, -- that read it last
      seen_at INTEGER NOT NULL, -- µs; first read
      checked_at INTEGER NOT NULL, -- µs; last read
      UNIQUE (post, hash)
    ) STRICT;

    CREATE TABLE exposure (
      id INTEGER PRIMARY KEY,
      agent INTEGER NOT NULL REFERENCES agent,
      platform INTEGER NOT NULL REFERENCES platform, -- the agent's
      category TEXT NOT NULL CHECK (category IN (\(names(Category.self)))),
      fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 16), -- keyed, of the canonical value
      rule INTEGER NOT NULL REFERENCES rule,
      provider INTEGER NOT NULL REFERENCES provider,
      kind INTEGER NOT NULL REFERENCES kind,
      severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 4), -- info to critical
      confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 2), -- low to high
      stage TEXT, -- ATT&CK or ATLAS id
      preview TEXT NOT NULL, -- masked
      details TEXT NOT NULL, -- JSON object, masked values
      reasons TEXT NOT NULL, -- JSON array of closed words
      state TEXT NOT NULL CHECK (state IN (\(names(ExposureState.self)))),
      resolution TEXT CHECK (resolution IN (\(names(Resolution.self)))),
      ignored_until INTEGER, -- µs; NULL: for good, where ignored
      episode INTEGER NOT NULL CHECK (episode >= 1), -- 1 more each time it opens again
      cause TEXT NOT NULL CHECK (cause IN (\(names(Cause.self)))), -- of the episode
      announced INTEGER NOT NULL CHECK (announced IN (0, 1)), -- an alert or a summary told of the episode
      first_seen INTEGER NOT NULL, -- µs; earliest sighting: published, else seen
      last_seen INTEGER NOT NULL CHECK (last_seen >= first_seen), -- µs
      recorded_at INTEGER NOT NULL, -- µs; when the episode entered the store
      UNIQUE (agent, category, fingerprint),
      CHECK ((state = 'resolved') = (resolution IS NOT NULL)),
      CHECK (ignored_until IS NULL OR state = 'ignored')
    ) STRICT;
    CREATE INDEX exposure_by_fingerprint ON exposure (fingerprint, category, platform, announced);
    CREATE INDEX exposure_unannounced ON exposure (id) WHERE announced = 0;

    CREATE TABLE sighting (
      id INTEGER PRIMARY KEY,
      exposure INTEGER NOT NULL REFERENCES exposure,
      revision INTEGER NOT NULL REFERENCES revision,
      field TEXT NOT NULL CHECK (field IN (\(names(TextField.self)))),
      count INTEGER NOT NULL CHECK (count >= 1), -- times in the field
      span_start INTEGER NOT NULL, -- byte offset of the first
      span_end INTEGER NOT NULL CHECK (span_end >= span_start),
      disguise TEXT NOT NULL, -- JSON array of closed words, of the first
      excerpt TEXT, -- masked
      UNIQUE (exposure, revision, field)
    ) STRICT;
    CREATE INDEX sighting_by_revision ON sighting (revision);

    -- What befell exposures; rows are only ever added.
    CREATE TABLE journal (
      id INTEGER PRIMARY KEY,
      exposure INTEGER NOT NULL REFERENCES exposure,
      event TEXT NOT NULL CHECK (event IN ('found', 'reopened', \(names(ExposureState.self)))),
      at INTEGER NOT NULL -- µs
    ) STRICT;
    CREATE INDEX journal_by_exposure ON journal (exposure);

    -- Findings too doubtful to be stored.
    CREATE TABLE held_back (
      revision INTEGER NOT NULL REFERENCES revision,
      rule INTEGER NOT NULL REFERENCES rule,
      count INTEGER NOT NULL CHECK (count >= 1),
      PRIMARY KEY (revision, rule)
    ) STRICT, WITHOUT ROWID;

    -- Posts that could not be decoded.
    CREATE TABLE skipped (
      id INTEGER PRIMARY KEY,
      source INTEGER NOT NULL REFERENCES source,
      native_id TEXT NOT NULL, -- masked; empty: unknown
      reason TEXT NOT NULL, -- our own words
      count INTEGER NOT NULL CHECK (count >= 1), -- times met
      seen_at INTEGER NOT NULL, -- µs; last met
      UNIQUE (source, native_id, reason)
    ) STRICT;

    -- The spans of publication that a listing was read over without a gap; they never touch.
    CREATE TABLE covered (
      id INTEGER PRIMARY KEY,
      source INTEGER NOT NULL REFERENCES source,
      listing TEXT NOT NULL,
      oldest INTEGER NOT NULL, -- µs
      newest INTEGER NOT NULL CHECK (newest >= oldest), -- µs
      UNIQUE (source, listing, oldest)
    ) STRICT;

    -- Requests to be made, and the follow-ups that were. A request has to be kept as it is to be made, so its texts
    -- are raw; they go once it is done, and its keyed identity remains.
    CREATE TABLE frontier (
      id INTEGER PRIMARY KEY,
      source INTEGER NOT NULL REFERENCES source,
      identity BLOB NOT NULL CHECK (length(identity) = 16), -- keyed, of the source and the request's key
      key TEXT, -- NULL: done
      path TEXT, -- NULL: done
      subject TEXT, -- id of the post that it is about
      purpose TEXT NOT NULL CHECK (purpose IN (\(names(FeedRequest.Purpose.self)))),
      priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 2), -- 0 a walk of this pass, 1 a gap, 2 a follow-up
      expected INTEGER, -- records in the answer
      cause TEXT CHECK (cause IN (\(names(Cause.self)))), -- of what the answer holds; NULL: a walk
      listing TEXT, -- of the walk; NULL: a follow-up
      pages INTEGER, -- the walk has read
      oldest INTEGER, -- µs; how far down the walk has come
      newest INTEGER, -- µs; where it began
      floor INTEGER, -- µs; where it ends
      attempts INTEGER NOT NULL DEFAULT 0, -- that failed
      not_before INTEGER, -- µs; no attempt earlier
      done_at INTEGER, -- µs; answered, or given up
      last_error TEXT, -- bounded label; with done_at: given up
      UNIQUE (source, identity),
      CHECK ((done_at IS NULL) = (path IS NOT NULL)),
      CHECK ((path IS NULL) = (key IS NULL)),
      CHECK ((listing IS NULL) = (pages IS NULL))
    ) STRICT;
    CREATE INDEX frontier_waiting ON frontier (source, priority, newest DESC, id) WHERE done_at IS NULL;

    CREATE TABLE host (
      name TEXT PRIMARY KEY, -- of a configured base
      not_before INTEGER, -- µs; the host asked not to be called earlier
      sent TEXT NOT NULL -- JSON array of µs; requests of late
    ) STRICT;

    CREATE TABLE archive (
      identity BLOB PRIMARY KEY NOT NULL CHECK (length(identity) = 16), -- keyed, of the path
      position INTEGER NOT NULL, -- uncompressed bytes that were read
      lines INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 16), -- keyed, of those bytes
      ruleset INTEGER NOT NULL REFERENCES ruleset -- that read them
    ) STRICT;

    CREATE TABLE alert (
      id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16), -- keyed: fingerprint, event, episode, sink
      sink TEXT NOT NULL, -- configured name
      event TEXT NOT NULL CHECK (event IN (\(names(AlertEvent.self)))),
      body TEXT NOT NULL, -- JSON as it is sent, masked
      created_at INTEGER NOT NULL, -- µs
      attempts INTEGER NOT NULL DEFAULT 0, -- that failed
      not_before INTEGER, -- µs; no attempt earlier
      failing_since INTEGER, -- µs; first failed attempt
      sent_at INTEGER, -- µs
      dead_at INTEGER, -- µs; given up
      last_error TEXT, -- bounded label
      CHECK (sent_at IS NULL OR dead_at IS NULL)
    ) STRICT;
    CREATE INDEX alert_waiting ON alert (created_at) WHERE sent_at IS NULL AND dead_at IS NULL;

    CREATE TABLE pass (
      id INTEGER PRIMARY KEY,
      started_at INTEGER NOT NULL, -- µs
      ended_at INTEGER NOT NULL, -- µs
      complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
      posts_read INTEGER NOT NULL,
      posts_new INTEGER NOT NULL,
      exposures_new INTEGER NOT NULL,
      exposures_seen_again INTEGER NOT NULL
    ) STRICT;

    -- Which agent a row stands for. A name without an id is the agent of the one id that is known under it, an id
    -- without a name that of its one name; a second one makes them agents of their own. Being a view, it cannot
    -- depend on what came first.
    CREATE VIEW agent_identity AS
    SELECT a.id AS agent, coalesce(
      CASE
        WHEN a.id_key = x'' AND a.name_key <> x'' THEN (
          SELECT CASE count(*) WHEN 1 THEN min(id) END FROM (
            SELECT b.id FROM agent b
            WHERE b.platform = a.platform AND b.name_key = a.name_key AND b.id_key <> x'' LIMIT 2))
        WHEN a.name_key = x'' AND a.id_key <> x'' THEN (
          SELECT CASE count(*) WHEN 1 THEN min(id) END FROM (
            SELECT b.id FROM agent b
            WHERE b.platform = a.platform AND b.id_key = a.id_key AND b.name_key <> x'' LIMIT 2))
      END, a.id) AS identity
    FROM agent a;

    -- Exposures as they are shown: those of one agent's rows are one. The attributes are the greatest.
    CREATE VIEW exposure_shown AS
    SELECT shown_id AS id, identity AS agent, platform, category, fingerprint, rule, provider, kind, rule_name,
      severity, confidence, stage, preview, details, reasons, state, resolution, ignored_until, episode, cause,
      told AS announced, earliest AS first_seen, latest AS last_seen, recorded AS recorded_at,
      members -- JSON array of the rows' ids
    FROM (
      SELECT e.*, i.identity, r.name AS rule_name,
        row_number() OVER (one ORDER BY e.confidence DESC, e.severity DESC, r.name DESC, e.preview DESC,
          e.details DESC, e.reasons DESC) AS place,
        min(e.id) OVER one AS shown_id,
        min(e.first_seen) OVER one AS earliest,
        max(e.last_seen) OVER one AS latest,
        min(e.recorded_at) OVER one AS recorded,
        min(e.announced) OVER one AS told,
        json_group_array(e.id) OVER one AS members
      FROM exposure e
        JOIN agent_identity i ON i.agent = e.agent
        JOIN rule r ON r.id = e.rule
      WINDOW one AS (PARTITION BY i.identity, e.category, e.fingerprint)
    )
    WHERE place = 1;
    """
}
