import Crypto

/// Public keys in SSH's form, which servers and hosting sites name by their fingerprints.
///
/// The fingerprint says which key leaked without saying anything of its secret: an owner compares it with what
/// `ssh-keygen -l` prints for authorized keys.
enum SSHPublicKey {
  /// `SHA256:…`, as OpenSSH prints it.
  static func fingerprint(_ blob: some Collection<UInt8>) -> String {
    let hash = Base64.encode(Array(SHA256.hash(data: Array(blob))))
    return "SHA256:" + hash.prefix { $0 != UInt8(ascii: "=") }.text
  }

  /// The public part that a private key's DER holds or leads to; nil where it is of another kind.
  static func blob(of parts: [DER.Element], curve: ArraySlice<UInt8>? = nil) -> [UInt8]? {
    switch parts.map(\.tag) {
    case [UInt8](repeating: DER.integer, count: 9):
      // PKCS #1: version, modulus, public exponent, …
      return encode("ssh-rsa", [parts[2].content, parts[1].content])
    case [UInt8](repeating: DER.integer, count: 6):
      // OpenSSL's DSA: version, p, q, g, public value, …
      return encode("ssh-dss", parts[1...4].map(\.content))
    case let tags where tags.starts(with: [DER.integer, DER.octetString]):
      return elliptic(parts, curve)
    case let tags where tags.starts(with: [DER.integer, DER.sequence, DER.octetString]):
      return wrapped(parts[1], parts[2].content)
    default: return nil
    }
  }

  /// PKCS #8: what the octet string holds depends on the algorithm that stands before it.
  private static func wrapped(_ kind: DER.Element, _ key: ArraySlice<UInt8>) -> [UInt8]? {
    guard let names = DER.elements(kind.content), let name = names.first,
      let inner = DER.elements(key)?.first
    else { return nil }
    if name.content.elementsEqual(KeyAlgorithm.ed25519.identifier) {
      guard inner.content.count == 32 else { return nil }
      return encode("ssh-ed25519", [ed25519PublicKey(Array(inner.content))[...]])
    }
    guard inner.tag == DER.sequence, let parts = DER.elements(inner.content) else { return nil }
    return blob(of: parts, curve: names.dropFirst().first?.content)
  }

  /// SEC 1: the point stands under the tag 1, the curve under 0 where PKCS #8 has not named it.
  private static func elliptic(_ parts: [DER.Element], _ named: ArraySlice<UInt8>?) -> [UInt8]? {
    func tagged(_ tag: UInt8) -> ArraySlice<UInt8>? {
      parts.first { $0.tag == tag }.flatMap { DER.elements($0.content)?.first?.content }
    }
    // A bit string begins with the number of its unused bits.
    guard let identifier = tagged(0xA0) ?? named, let point = tagged(0xA1), point.first == 0,
      let curve = curves.first(where: { identifier.elementsEqual($0.identifier) })
    else { return nil }
    let name = Array(curve.name.utf8)
    return encode("ecdsa-sha2-" + curve.name, [name[...], point.dropFirst()])
  }

  private static func encode(_ name: String, _ fields: [ArraySlice<UInt8>]) -> [UInt8] {
    SSHReader.encode(Array(name.utf8)) + fields.flatMap { SSHReader.encode($0) }
  }

  private static let curves: [(name: String, identifier: [UInt8])] = [
    ("nistp256", [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]),
    ("nistp384", [0x2B, 0x81, 0x04, 0x00, 0x22]),
    ("nistp521", [0x2B, 0x81, 0x04, 0x00, 0x23]),
  ]
}
