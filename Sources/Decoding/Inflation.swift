import CZlib

/// What gzip bytes inflate to, as far as the budget allows; nil for what is none or holds no text.
func inflate(_ bytes: [UInt8], _ budget: inout Decoder.Budget) -> [UInt8]? {
  guard bytes.count >= 18, bytes[0] == 0x1F, bytes[1] == 0x8B else { return nil }
  // zlib keeps the address of its state, which therefore must not move.
  let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  stream.initialize(to: z_stream())
  defer { stream.deallocate() }
  // 15 is the largest window, 16 more asks for the gzip form.
  let size = Int32(MemoryLayout<z_stream>.size)
  guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else { return nil }
  defer { inflateEnd(stream) }
  // Text deflates to a thirtieth at best: more is asked for only where more is there.
  let room = max(0, budget.bytes)
  var output: [UInt8] = []
  var isCut = false
  var input = bytes
  input.withUnsafeMutableBufferPointer { input in
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = uInt(input.count)
    var code = Z_OK
    while code == Z_OK {
      guard output.count < room else {
        isCut = true
        return
      }
      let step = min(room - output.count, 32 << 10)
      let chunk = [UInt8](unsafeUninitializedCapacity: step) { chunk, count in
        stream.pointee.next_out = chunk.baseAddress
        stream.pointee.avail_out = uInt(step)
        code = CZlib.inflate(stream, Z_NO_FLUSH)
        count = step - Int(stream.pointee.avail_out)
      }
      output += chunk
      if chunk.isEmpty, code != Z_STREAM_END { return }
    }
  }
  if isCut { budget.cuts += 1 }
  let strange = output.count { !isPrintable($0) && $0 < 0x80 }
  return output.isEmpty || strange * 10 > output.count ? nil : output
}
