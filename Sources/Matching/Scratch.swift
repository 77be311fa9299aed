import CPCRE2

/// One task's match memory: made once, used for every pattern, never shared.
@safe
package struct Scratch: ~Copyable {
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?

  /// What a search gave.
  package enum Outcome: Equatable {
    case none
    /// The match's bytes; groups are asked for by number.
    case match(Range<Int>)
    /// The match limit was reached before the search could end.
    case cut
  }

  /// Makes memory for up to 64 groups, with a bound on the internal steps of one search.
  package init(matchSteps: UInt32) {
    guard let data = unsafe pcre2_match_data_create_8(64, nil),
      let context = unsafe pcre2_match_context_create_8(nil)
    else { preconditionFailure("out of memory") }
    unsafe self.data = unsafe data
    unsafe self.context = unsafe context
    unsafe pcre2_set_match_limit_8(context, matchSteps)
    unsafe pcre2_set_depth_limit_8(context, matchSteps)
    // 32 KiB suffice for nearly every search; what needs more than 512 KiB is retried in the interpreter.
    unsafe stack = pcre2_jit_stack_create_8(32 << 10, 512 << 10, nil)
    unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
  }

  deinit {
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
    if let stack = unsafe stack { unsafe pcre2_jit_stack_free_8(stack) }
  }

  /// The first match that begins at `start` or after it, and not after `last`; an anchored pattern only at `start`.
  package mutating func firstMatch(
    of pattern: Pattern, in text: UnsafeRawBufferPointer, from start: Int, through last: Int
  ) -> Outcome {
    guard let base = text.baseAddress else { return .none }
    let subject = unsafe base.assumingMemoryBound(to: UInt8.self)
    let length = text.count
    // The context outlives the search: an anchored pattern would be refused with the last one's limit in it.
    unsafe pcre2_set_offset_limit_8(context, pattern.anchored ? Int(bitPattern: UInt.max) : last)
    var status = unsafe pcre2_match_8(
      pattern.code, subject, length, start, UInt32(PCRE2_NO_UTF_CHECK), data, context)
    if status == PCRE2_ERROR_JIT_STACKLIMIT {
      let options = UInt32(PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT)
      status = unsafe pcre2_match_8(
        pattern.code, subject, length, start, options, data, context)
    }
    if status == PCRE2_ERROR_NOMATCH { return .none }
    guard status >= 0, let range = range(ofGroup: 0) else { return .cut }
    return .match(range)
  }

  /// The bytes of a group of the last match; nil where the group took no part.
  package func range(ofGroup number: Int) -> Range<Int>? {
    guard number < Int(unsafe pcre2_get_ovector_count_8(data)),
      let vector = unsafe pcre2_get_ovector_pointer_8(data)
    else { return nil }
    let start = unsafe vector[2 * number]
    let end = unsafe vector[2 * number + 1]
    // Unset groups hold the largest value; a look-around can set an end before its start.
    guard start != Int(bitPattern: UInt.max), start <= end else { return nil }
    return start..<end
  }
}
