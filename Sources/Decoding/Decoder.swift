package import Bytes
package import Core

/// Undoes disguises: a text in, its other readings out, each with the way back to the text's offsets.
///
/// A disguise is looked for only where the text gives cause, and a reading holds only what stands around the places
/// where one was; a text without cause costs one look at its bytes. What a reading says may be disguised once more:
/// the caller, who also searches the readings, asks again for each, as long as the budget lasts.
package struct Decoder: Sendable {
  private let depth: Int

  package init(limits: Limits) {
    depth = limits.decodeDepth
  }

  /// What a text's readings may still use.
  package struct Budget: Sendable {
    package internal(set) var readings: Int
    package internal(set) var bytes: Int
    /// Readings that a limit cut off or kept from being made.
    package internal(set) var cuts = 0

    package init(_ limits: Limits, textOf count: Int) {
      readings = limits.readingsPerText
      bytes = max(count * limits.readingsTimesText, limits.readingsLeast)
    }
  }

  /// A text to be read, and what a search of it has found out on its way.
  package struct Source {
    package var text: UnsafeRawBufferPointer
    /// The classes of its bytes.
    package var masks: ByteMasks
    /// The unbroken runs of 16 or more token bytes, ascending.
    package var runs: [Range<Int>]
    /// Where something stands that a secret of some kind begins with, ascending.
    package var starts: [Int]
    /// The reading that the text is of; nil for an original text.
    package var reading: Reading?

    package init(
      _ text: UnsafeRawBufferPointer, masks: ByteMasks? = nil, runs: [Range<Int>], starts: [Int],
      reading: Reading? = nil
    ) {
      self.text = text
      self.masks = masks ?? ByteMasks(text)
      self.runs = runs
      self.starts = starts
      self.reading = reading
    }
  }

  /// The readings that a text gives cause for.
  package func readings(of source: Source, _ budget: inout Budget) -> [Reading] {
    var readings: [Reading] = []
    for var list in lists(of: source, &budget) { add(&list, of: source, to: &readings, &budget) }
    return readings
  }

  /// The edits of each kind of disguise.
  private func lists(of source: Source, _ budget: inout Budget) -> [EditList] {
    let (text, masks, runs) = (source.text, source.masks, source.runs)
    var characters = EditList()
    characters.addEscapes(in: text, masks)
    StretchFinder.find(in: text, masks, &characters)
    MarkFinder.find(in: text, runs.filter { masks.holds(in: $0, { $0.digit }) }, &characters)
    var stretches = EditList()
    Base64Finder.find(in: text, masks, runs, &stretches, &budget)
    HexFinder.find(in: text, masks, runs, &stretches, &budget)
    var (joins, emphases) = (EditList(), EditList())
    // What was joined is whole: no reading of a reading joins more.
    if source.reading?.isJoined != true {
      JoinFinder.find(in: source, OddBytes(masks), &joins, &emphases)
    }
    return [characters, stretches, joins, emphases]
  }

  private func add(
    _ list: inout EditList, of source: Source, to readings: inout [Reading],
    _ budget: inout Budget
  ) {
    if let reading = source.reading { list.keep(touching: reading.edits) }
    guard !list.isEmpty else { return }
    guard source.reading?.depth ?? 0 < depth else {
      budget.cuts += 1
      return
    }
    let (layers, left) = list.layers(atMost: 4)
    budget.cuts += left
    for layer in layers {
      guard budget.readings > 0, budget.bytes > 0 else {
        budget.cuts += 1
        return
      }
      let reading = ReadingBuilder.reading(
        of: source.text, layer, pool: list.pool, parent: source.reading)
      budget.readings -= 1
      budget.bytes -= reading.bytes.count
      readings.append(reading)
    }
  }
}
