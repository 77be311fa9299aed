import Testing
import Transport

@Suite struct AddressPolicyTests {
  @Test(arguments: [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1",
    "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.1.2.3",
    "64:ff9b::7f00:1", "64:ff9b::169.254.169.254", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:db8::1", "2002:7f00:1::", "2002:c0a8:101::1", "3fff::1", "5f00::1", "fc00::1",
    "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1",
  ])
  func `addresses outside the public network are refused`(text: String) throws {
    let address = try #require(IPAddress(text))
    #expect(!AddressPolicy().permits(address))
  }

  @Test(arguments: [
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255",
    "172.32.0.0", "192.0.1.1", "192.167.255.255", "198.17.255.255", "198.20.0.0",
    "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::5", "::ffff:1.1.1.1",
    "64:ff9b::101:101", "2002:101:101::1",
  ])
  func `public addresses are permitted, at the edges of the ranges too`(text: String) throws {
    let address = try #require(IPAddress(text))
    #expect(AddressPolicy().permits(address))
  }

  @Test func `an allowed range lets just its own addresses pass`() throws {
    let policy = AddressPolicy(
      allow: ["127.0.0.0/8", "fd00::/8", "192.168.7.3"].compactMap { CIDR($0) })
    let verdicts = try [
      "127.9.9.9", "::ffff:127.0.0.1", "fd12::1", "192.168.7.3", "192.168.7.4", "::1", "fc00::1",
    ].map { policy.permits(try #require(IPAddress($0))) }
    #expect(verdicts == [true, true, true, true, false, false, false])
  }

  @Test(arguments: [
    "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "::/129", "fe80::1%eth0",
    "010.0.0.1", "1.2.3.4/8/8", "", "/8", "host/8", "[::1]/128",
  ])
  func `a range that is not one is no range`(text: String) {
    #expect(CIDR(text) == nil)
  }

  @Test func `a range compares no more than its bits`() throws {
    let range = try #require(CIDR("172.16.0.0/12"))
    let all = try #require(CIDR("0.0.0.0/0"))
    let inside = try #require(IPAddress("172.31.1.1"))
    let outside = try #require(IPAddress("172.32.1.1"))
    #expect(range.contains(inside) && !range.contains(outside))
    #expect(all.contains(outside))
  }
}
