import Testing
import Transport

@Suite struct WebAddressTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var url: String
    var fault: TransportError.URLFault
    var testDescription: String { url }
  }

  @Test(arguments: [
    "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://127.1/",
    "http://127.0.1/", "http://0177.0.0.1/", "http://0x7f.0.0.1/", "http://127.0.0.0x1/",
    "http://127.0.0.1./", "http://127.0.0.01/", "http://127.0.0.256/", "http://1.2.3.4.5/",
    "http://0/", "http://00000000/", "http://0x0/", "http://example.1/", "http://[127.0.0.1]/",
    "http://[fe80::1%25lo]/", "http://[v1.fe80]/", "http://[]/", "http://[::1/",
    "http://[:::1]/", "http://4294967297/", "http://127..1/",
  ])
  func `odd spellings of addresses are refused before any look-up`(url: String) {
    #expect { try WebAddress(url) } throws: { error in
      let error = error as? TransportError
      return error == .badURL(.oddAddress) || error == .badURL(.host)
        || error == .badURL(.characters)
    }
  }

  @Test(arguments: [
    Row(url: "ftp://example.org/", fault: .scheme),
    Row(url: "http:/example.org", fault: .scheme),
    Row(url: "//example.org/", fault: .scheme),
    Row(url: "unix:///run/x.sock", fault: .scheme),
    Row(url: "http+unix://%2Frun%2Fx/", fault: .scheme),
    Row(url: "https://user:word@example.org/", fault: .credentials),
    Row(url: "https://example.org@evil.test/", fault: .credentials),
    Row(url: "https://example.org\\@evil.test/", fault: .characters),
    Row(url: "https://exämple.org/", fault: .characters),
    Row(url: "https://１２７.0.0.1/", fault: .characters),
    Row(url: "https://example.org/a b", fault: .characters),
    Row(url: "https://example.org/a\r\nb", fault: .characters),
    Row(url: "https://example.org/[x]", fault: .characters),
    Row(url: "https://%65xample.org/", fault: .host),
    Row(url: "https:///path", fault: .host),
    Row(url: "https://./", fault: .host),
    Row(url: "https://example.org./", fault: .host),
    Row(url: "https://.example.org/", fault: .host),
    Row(url: "https://a..b/", fault: .host),
    Row(url: "https://\(String(repeating: "a", count: 64)).org/", fault: .host),
    Row(url: "https://example.org:/", fault: .port),
    Row(url: "https://example.org:0/", fault: .port),
    Row(url: "https://example.org:65536/", fault: .port),
    Row(url: "https://example.org:80:80/", fault: .port),
    Row(url: "https://[::2]x/", fault: .port),
    Row(url: "https://example.org/" + String(repeating: "a", count: 8_192), fault: .length),
  ])
  func `an unclear URL is refused with its fault`(row: Row) {
    #expect(throws: TransportError.badURL(row.fault)) { try WebAddress(row.url) }
  }

  struct Plain: CustomTestStringConvertible, Sendable {
    var url: String
    var same: String
    var host: String
    var port: Int
    var testDescription: String { url }
  }

  @Test(arguments: [
    Plain(url: "HTTPS://Example.ORG", same: "https://example.org/", host: "example.org", port: 443),
    Plain(
      url: "http://example.org:8080/a/b?c=d%20e&f=#frag",
      same: "http://example.org:8080/a/b?c=d%20e&f=", host: "example.org", port: 8080),
    Plain(
      url: "https://example.org:443?q=1", same: "https://example.org/?q=1", host: "example.org",
      port: 443),
    Plain(
      url: "http://[2001:DB8:0:0::1]:81/", same: "http://[2001:db8::1]:81/", host: "2001:db8::1",
      port: 81),
    Plain(url: "http://192.0.2.1/x", same: "http://192.0.2.1/x", host: "192.0.2.1", port: 80),
    Plain(
      url: "http://my_host-1:9/x", same: "http://my_host-1:9/x", host: "my_host-1", port: 9),
  ])
  func `a plain URL keeps its meaning`(row: Plain) throws {
    let address = try WebAddress(row.url)
    #expect((address.url, address.host, address.port) == (row.same, row.host, row.port))
  }
}
