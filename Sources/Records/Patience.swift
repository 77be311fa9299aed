/// How long a batch may still wait for bytes.
struct Patience {
  let idle: Duration?
  private var deadline: ContinuousClock.Instant?

  init(idle: Duration?) { self.idle = idle }

  /// The time left to a batch; nil for ever. A record that is there must not wait for the next ones to trickle in, so
  /// that its time runs on over whatever arrives.
  mutating func left(_ batch: RecordBatch) -> Duration? {
    guard let idle, !batch.isEmpty else { return idle }
    let now = ContinuousClock.now
    let deadline = deadline ?? now + idle
    self.deadline = deadline
    return max(.zero, deadline - now)
  }
}
