import CPCRE2

/// A compiled PCRE2 expression: immutable, shared by all tasks; match memory is `Scratch`'s.
@safe
package final class Pattern: @unchecked Sendable {
  // Unchecked: compiled code is read-only after `init`, and PCRE2 documents it as safe to share.
  let code: OpaquePointer
  /// Named groups with their numbers, in the order of their numbers.
  package let groups: [(name: String, number: Int)]
  /// Whether matches must begin exactly where the search does.
  package let anchored: Bool

  /// Compiles for bytes, or for UTF-8 characters where `unicode` is set; an anchored pattern is tried at one place only.
  ///
  /// Without `fast` it is not translated to machine code and knows its `firstBytes`: for a pattern that is only looked at.
  package init(
    _ source: String, anchored: Bool, unicode: Bool = false, fast: Bool = true
  ) throws(PatternError) {
    var options = anchored ? PCRE2_ANCHORED : PCRE2_USE_OFFSET_LIMIT
    if unicode { options |= PCRE2_UTF | PCRE2_UCP | UInt32(PCRE2_NO_UTF_CHECK) }
    options |= PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C
    // Else each attempt looks for a byte that the pattern needs up to 5,000 bytes ahead; attempts are short.
    if fast { options |= PCRE2_NO_START_OPTIMIZE }
    var error: Int32 = 0
    var offset = 0
    let bytes = Array(source.utf8)
    let compiled = unsafe pcre2_compile_8(bytes, bytes.count, options, &error, &offset, nil)
    guard let compiled = unsafe compiled else {
      throw .malformed(reason: message(of: error), offset: offset)
    }
    // Without JIT the interpreter runs the pattern: slower, the same matches.
    if fast { _ = unsafe pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE) }
    unsafe code = compiled
    groups = unsafe names(in: compiled)
    self.anchored = anchored
  }

  deinit {
    unsafe pcre2_code_free_8(code)
  }

  /// How many bytes behind a match's start the pattern may look.
  package var lookBehind: Int {
    var count: UInt32 = 0
    _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_MAXLOOKBEHIND), &count)
    return Int(count)
  }
}

/// Why an expression cannot be used.
package enum PatternError: Error, CustomStringConvertible {
  case malformed(reason: String, offset: Int)

  package var description: String {
    switch self {
    case .malformed(let reason, let offset): "the pattern is malformed at byte \(offset): \(reason)"
    }
  }
}

private func message(of error: Int32) -> String {
  var buffer = [UInt8](repeating: 0, count: 256)
  let length = unsafe pcre2_get_error_message_8(error, &buffer, buffer.count)
  return String(decoding: buffer.prefix(Int(max(0, length))), as: UTF8.self)
}

// A table entry is the group's number in two bytes, then its name with a closing zero.
private func names(in code: OpaquePointer) -> [(name: String, number: Int)] {
  var count: UInt32 = 0
  var size: UInt32 = 0
  var table: UnsafePointer<UInt8>?
  _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
  _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
  _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
  guard let table = unsafe table else { return [] }
  var groups: [(name: String, number: Int)] = []
  for index in 0..<Int(count) {
    let entry = unsafe table + index * Int(size)
    let number = unsafe Int(entry[0]) << 8 | Int(entry[1])
    groups.append((unsafe String(cString: entry + 2), number))
  }
  return groups.sorted { $0.number < $1.number }
}
