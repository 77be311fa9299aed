import Testing

@testable import Detection

@Suite struct MaskingTests {
  @Test(arguments: [
    ("https://example.com/post/1", "https://example.com/post/1"),
    ("https://user:pw@example.com/x", "https://‹user›@example.com/x"),
    ("https://example.com/x?token=abc&page=2#key=z", "https://example.com/x?token=…&page=…#key=…"),
    ("not a url", "not a url"),
    ("https://a@b@example.com?x=1", "https://‹user›@example.com?x=…"),
    ("//user:pw@example.com/x?y=1", "//‹user›@example.com/x?y=…"),
    ("example.com/x?go=https://a.example/?b=1", "example.com/x?go=…?b=…"),
  ])
  func `a URL loses its user part and query values and still leads to the post`(
    url: String, expected: String
  ) {
    #expect(maskingURLParts(url) == expected)
  }

  @Test(arguments: [
    (
      "see 3f2504e0-4f89-41d3-9a0c-0305e82c3301 now", "see 3f2504e0-4f89-41d3-9a0c-0305e82c3301 now"
    ),
    (
      "tx 0x" + String(repeating: "ab12", count: 16), "tx 0x" + String(repeating: "ab12", count: 16)
    ),
    ("q7RvK2mZx9LdT4nWbY8s!", "‹20 characters›!"),
    ("internationalization", "internationalization"),
    ("short1", "short1"),
    ("in /usr/local/share/applications/", "in /usr/local/share/applications/"),
    (
      "at /post/3f2504e0-4f89-41d3-9a0c-0305e82c3301/comments",
      "at /post/3f2504e0-4f89-41d3-9a0c-0305e82c3301/comments"
    ),
    ("so q7RvKzmZxa/LdTXnWbYzsq/QkzxWvuXjVb go", "so ‹34 characters› go"),
    (#"%71%37%52%76%4B%32%6D%5A"#, "‹24 characters›"),
    (#"\u0071\u0037\u0052\u0076"#, "‹24 characters›"),
    ("------------------------", "------------------------"),
  ])
  func `unknown tokens in an excerpt are blotted out`(text: String, expected: String) {
    Array(text.utf8).withUnsafeBytes { bytes in
      #expect(Masked(bytes, [MaskedSpan]().addingTokens(in: bytes)).text == expected)
    }
  }

  @Test func `spans are replaced and a window finds its way`() {
    let text = "before SECRETSECRET after é SECRET end"
    let bytes = Array(text.utf8)
    bytes.withUnsafeBytes { bytes in
      let masked = Masked(
        bytes,
        [MaskedSpan(range: 7..<19, label: "‹1›"), MaskedSpan(range: 29..<35, label: "‹2›")])
      #expect(masked.text == "before ‹1› after é ‹2› end")
      #expect(masked.window(around: 29..<35, characters: 12).contains("‹2›"))
      #expect(masked.window(around: 0..<1, characters: 100) == masked.text)
    }
  }

  @Test(arguments: [
    ("a://u:pass@h b", ["pass"]), ("a://u@h", []), ("a://h/x:y@z", []), ("a://:p@h", ["p"]),
    ("a://u:p w@h", []), ("a://u:p:q@h and b://v:r@i", ["p:q", "r"]), ("a://u:@h", []), ("://", []),
  ])
  func `a password in an address is found whatever the scheme`(text: String, expected: [String]) {
    let bytes = Array(text.utf8)
    let found = bytes.withUnsafeBytes { passwordsInAddresses(of: $0) }.map { span in
      String(decoding: bytes[span.range], as: UTF8.self)
    }
    #expect(found == expected)
  }

  @Test func `percent signs that encode nothing stay`() {
    #expect("a%2Fb%zz%4".removingPercentEncodingLeniently == "a/b%zz%4")
  }
}
