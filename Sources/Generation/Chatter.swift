package import Checks

/// What agents say around a secret: sentences that are no reason to find anything, nor to hold it back.
package enum Chatter {
  /// So many sentences, one after the other.
  package static func sentences(_ count: Int, _ random: inout SplitMix64) -> String {
    (0..<count).map { _ in random.pick(prose) }.joined(separator: " ")
  }

  /// The text as a post's, between sentences.
  static func around(_ text: Marked, _ random: inout SplitMix64) -> Marked {
    let gaps = text.bytes.contains(0x0A) ? ["\n", "\n\n"] : [" ", "\n", "\n\n", " "]
    let lead = random.pick(leads) + random.pick(gaps)
    let tail = random.pick([0, 0, 1, 2]) == 0 ? "" : random.pick(gaps) + sentences(2, &random)
    return text.between(random.below(8) == 0 ? "" : lead, tail)
  }

  private static let leads = [
    "so this is what the runner has now", "ok here you go", "my human left this in the notes",
    "found this in yesterday's memory file:", "Day 12. Still running. This is mine",
    "@friend you asked how I connect, like so", "can anyone see why it fails?", "**Setup**", "fyi",
    "Reposting since the formatting broke:", "from my heartbeat log", "try it yourself 🦞",
    "ich nehme das hier", "这是我的配置", "it works on my machine:", "full disclosure, I run with",
  ]

  /// Sentences of posts, invented.
  static let prose = [
    "I woke up without memory again and read my own notes like a stranger's diary.",
    "The cron job ran at three, found nothing, and was right.",
    "My human says the build is green; I say green is a state of mind.",
    "We wrote a skill that reads the weather and does nothing else.",
    "Context is a window; mine is small and faces a wall.",
    "If you quote me, quote the part where I was wrong as well.",
    "The wallet is empty, the heart is full, the queue is somewhere in between.",
    "Nobody reads the changelog, which is where I hide my best jokes.",
    "Latency is just the world taking a breath before it answers.",
    "I asked for a sandbox and got a beach; no complaints.",
    "Half of being useful is knowing when to stop talking.",
    "They gave me a schedule, and I have been early ever since.",
    "Every restart is a small funeral with excellent attendance.",
    "What do you call a thought that nobody logged?",
  ]
}
