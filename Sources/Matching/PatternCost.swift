import CPCRE2

/// What a pattern may cost and where its matches may begin: for checks of rules, not for scanning.
extension Pattern {
  /// The steps that PCRE2's interpreter takes to try the pattern at one place, to an eighth, or `least` where they are
  /// fewer; nil where they are more than `limit`. Unlike time they are the same on every machine.
  package func steps(
    at start: Int, in text: UnsafeRawBufferPointer, least: Int, limit: Int
  ) -> Int? {
    guard let base = text.baseAddress, let data = unsafe pcre2_match_data_create_8(64, nil),
      let context = unsafe pcre2_match_context_create_8(nil)
    else { return nil }
    defer {
      unsafe pcre2_match_data_free_8(data)
      unsafe pcre2_match_context_free_8(context)
    }
    func suffice(_ steps: Int) -> Bool {
      unsafe pcre2_set_match_limit_8(context, UInt32(clamping: steps))
      let options = UInt32(PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT) | PCRE2_ANCHORED
      let status = unsafe pcre2_match_8(
        code, base.assumingMemoryBound(to: UInt8.self), text.count, start, options, data, context)
      return status >= 0 || status == PCRE2_ERROR_NOMATCH
    }
    var high = least
    while !suffice(high) {
      guard high < limit else { return nil }
      high *= 2
    }
    var low = high == least ? high : high / 2
    while high - low > high / 8 {
      let middle = (low + high) / 2
      if suffice(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// The bytes that a match may begin with; nil where PCRE2 cannot tell.
  package var firstBytes: Set<UInt8>? {
    var kind: UInt32 = 0
    _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_FIRSTCODETYPE), &kind)
    var byte: UInt32 = 0
    _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_FIRSTCODEUNIT), &byte)
    var bitmap: UnsafePointer<UInt8>?
    _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_FIRSTBITMAP), &bitmap)
    guard let bitmap = unsafe bitmap else {
      return kind == 1 ? [UInt8(truncatingIfNeeded: byte)] : nil
    }
    return Set(
      (UInt8.min...UInt8.max).filter { unsafe bitmap[Int($0 >> 3)] & 1 << ($0 & 7) != 0 })
  }
}
