import CZlib

/// The bytes as one gzip member, deflated; nil where zlib has no memory.
package func deflated(_ bytes: [UInt8]) -> [UInt8]? {
  var stream = z_stream()
  // 15 is the largest window, 16 more asks for the gzip form; 8 is zlib's own memory level.
  guard
    deflateInit2_(
      &stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)) == Z_OK
  else { return nil }
  defer { deflateEnd(&stream) }
  var input = bytes
  let room = Int(deflateBound(&stream, UInt(bytes.count)))
  let output = [UInt8](unsafeUninitializedCapacity: room) { output, count in
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = uInt(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = uInt(room)
      _ = deflate(&stream, Z_FINISH)
    }
    count = room - Int(stream.avail_out)
  }
  return output
}
