import Core
import Records

/// A response taken out of its envelope: the API's own, an older one, or that of a crawler that kept it.
struct MoltbookAnswer {
  let root: JSONReader
  let content: JSONReader

  init(_ response: FeedResponse, _ limits: Limits) throws(FeedError) {
    guard (200..<300).contains(response.status) else { throw .status(response.status) }
    do throws(JSONFault) {
      root = JSONReader(try JSONValue(parsing: response.body, depth: limits.jsonDepth))
    } catch { throw error.reason == .tooDeep ? .tooDeep(limits.jsonDepth) : .notJSON }
    var content = root
    for _ in 0..<2 where !MoltbookAnswer.contents.contains(where: { content.value[$0] != nil }) {
      guard content.bool("success") != false else { throw .refused }
      guard let inner = content.object("data") else { break }
      content = inner
    }
    guard content.bool("success") != false else { throw .refused }
    self.content = content
  }

  private static let contents = ["posts", "post", "comments", "items"]

  /// What must be added to a listing's path for the page after this one; nil at the end.
  ///
  /// A walk that began with offsets goes on with them, and one that has a cursor keeps to cursors. An answer that says
  /// that there is more and leads to itself is another page's, which a cache gave: no end, but a fault.
  func place(after path: String, _ items: Int) throws(FeedError) -> String? {
    let levels = [content, root].flatMap { [$0, $0.object("pagination")] }.compactMap(\.self)
    let hasMore = levels.compactMap { $0.bool("has_more", "hasMore") }.first
    let cursor = levels.compactMap { $0.text("next_cursor", "nextCursor") }.first
    var offset = levels.compactMap { $0.int("next_offset", "nextOffset") }.first
    let here = levels.compactMap { $0.int("offset") }.first
    let size = levels.compactMap { $0.int("limit") }.first ?? items
    if offset == nil, hasMore == true, let here, MoltbookAnswer.offsets ~= here {
      offset = here + max(1, min(size, 1_000))
    }
    guard hasMore != false else { return nil }
    let (usedCursor, usedOffset) = (path.query("cursor"), path.query("offset"))
    if usedOffset == nil, let cursor, (1...2_048).contains(cursor.utf8.count) {
      let encoded = cursor.percentEncoded
      if encoded != usedCursor { return "&cursor=" + encoded }
      guard hasMore != true else { throw .missing("next_cursor") }
      return nil
    }
    guard usedCursor == nil, let offset, MoltbookAnswer.offsets ~= offset else { return nil }
    if offset > usedOffset.flatMap({ Int($0) }) ?? 0 { return "&offset=\(offset)" }
    guard hasMore != true else { throw .missing("next_offset") }
    return nil
  }

  private static let offsets = 0...100_000_000
}

extension String {
  /// The value of a query parameter, as it stands.
  fileprivate func query(_ name: String) -> String? {
    guard let mark = firstIndex(of: "?") else { return nil }
    let pair = self[index(after: mark)...].split(separator: "&").first { $0.hasPrefix(name + "=") }
    return pair.map { String($0.dropFirst(name.count + 1)) }
  }

  /// With everything but letters, digits, `-`, `.`, `_` and `~` percent-encoded.
  var percentEncoded: String {
    var out = ""
    for byte in utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        out += hex.count < 2 ? "%0" + hex : "%" + hex
      }
    }
    return out
  }
}
