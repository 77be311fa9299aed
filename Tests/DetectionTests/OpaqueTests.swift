import Core
import Testing

@testable import Detection

@Suite struct OpaqueTests {
  @Test(arguments: [
    "q7RvK2mZx9LdT4nWbY8s", "f3a91c07be5d4482a6b1", "v7RvK2mZ-x9LdT4nW_bY8s==",
    "tp_q7RvK2mZx9LdT4nWbY8s",
    "3f2a9c1e-5b7d-4e8f-9a1b-7c03d9e58a62", "vT9/kQ2+Lm8Rz4Xw", "q7RvK2mZ.x9LdT4nW.bY8sK3pV",
    "KpWzRvTmXqLsYhBnJcFd",
  ])
  func `a value that tells nothing may be a key`(value: String) {
    #expect(SecretShape(value.utf8).shows(.opaque))
  }

  @Test(arguments: [
    // Addresses, paths and digests.
    "0xA0b86991c6218b36c1d19D4a2e9Eb0cE", "https://acme.dev/p/2f9c8d7b", "./build/site-2f9c8d7b.js",
    "../q7RvK2mZx9LdT4nW", "/usr/lib/q7RvK2mZx9", "~/keys/q7RvK2mZx9LdT4nW",
    "sha256:9f86d081884c7d659a2feaa0c55ad015", "sha512-9zKuko04nR4iwMG8",
    "md5:9f86d081884c7d659a2feaa0",
    "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPBdG",
    // Names, dates and versions.
    "claude-opus-4-5-20251101", "BTC-USDT-SWAP-2026Q1", "agent_memory_v2_compressed",
    "conv_2026_02_14_thread0017", "2026-02-14T10:00:00Z-q7RvK2mZ", "1.22.0-q7RvK2mZx9LdT4nW",
    "settings.api_key_2_q7RvK2mZ", "appConfig.tokenQ7rvK2", "anthropic/claude-sonnet-4",
    "AAAA-BBBB-CCCC-DDDD-1234", "existingSubscription", "12345678901234567890",
    // What was cut, and what was typed.
    "9f86d081884c7d659a2feaa0c55ad01", "key_9f86d081884c7d659a2fe", "3f2a9c1e-5b7d-4e8f-9a1b",
    "aB1cD2eF3gH4iJ5kL6mN", "q7RvK2a1b2c3x9LdT4nW", "abcdefq7RvK2mZx9",
    // What other rules tell.
    "sk-q7RvK2mZx9LdT4nWbY8s", "123456789:AAq7RvK2mZx9LdT4nWbY8s",
  ])
  func `a value that tells what it is is no key`(value: String) {
    #expect(!SecretShape(value.utf8).shows(.opaque))
  }

  @Test(arguments: [
    "IhqSb1Gg", "dkajco1", "super$ecret", "q7RvK2mZx9", "m{{h}o)p${e]nob(ody[finds>-_$#this",
    "Xk!vTqRz",
    "SqLpa5sW0rD", "8f3kd92jx",
  ])
  func `a password in use`(value: String) {
    #expect(SecretShape(value.utf8).shows(.password))
  }

  @Test(arguments: [
    "Pass123!", "secret123", "p@ssw0rd99", "P@SSW0RD1", "changeme1", "hunter2", "5tr0ngK2mZ",
    "admin2024",
    "short", "lobster", "12345678", "${DB_PASS_1}", "$DB_PASS_1", "$2b$12$q7RvK2mZ", "<password2>",
    "%PASSWORD_1%",
    "z.string().min(8)", "get_password(1)", "config.pass_2", "internationalization2024",
    "Required!", "key=value",
    "SHA-256", "https://acme.dev/2",
  ])
  func `what manuals, code and messages have in its place`(value: String) {
    #expect(!SecretShape(value.utf8).shows(.password))
  }

  @Test func `the rows of zeros in base64 are no masks`() {
    let token =
      String(repeating: "A", count: 21) + "q7RvK2mZx9LdT4nWbY8sH5jD3fGp6QcVzX0kMwB1tNyUrEaSiO4hL"
    #expect(SecretShape(token.utf8).objections.isEmpty)
    #expect(
      SecretShape((String(repeating: "A", count: 21) + "q7RvK2mZ").utf8).objections.contains(
        .repeated))
  }

  @Test func `a short row in a long body is chance`() {
    #expect(SecretShape("q7RvKabcdefgT4nWbY8sH5jD3fGp6QcVzX0kMwB1".utf8).objections.isEmpty)
    #expect(
      SecretShape("12345678-1234-1234-1234-123456789012".utf8).objections.contains(.sequential))
  }

  @Test(arguments: [
    ("a${e]nobody", false), ("${TOKEN_2}", true), ("x{{h}o", false), ("{{ vault.token }}", true),
    ("{{token", true),
  ])
  func `braces are a reference around a name only`(body: String, isReference: Bool) {
    #expect(SecretShape(body.utf8).objections.contains(.reference) == isReference)
  }
}
