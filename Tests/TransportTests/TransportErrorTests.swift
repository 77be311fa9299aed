import Testing
import Transport

@Suite struct TransportErrorTests {
  private static let all: [TransportError] =
    TransportError.URLFault.allCases.map { .badURL($0) } + [
      .badHeader, .dns, .refusedAddress("::1"), .connect, .tls, .timeout, .closed, .encoding,
      .tooLarge(1), .redirectElsewhere("a.test"), .tooManyRedirects(3), .cancelled, .shutDown,
    ]

  @Test(arguments: all)
  func `an error is one sentence with a short label`(error: TransportError) {
    #expect(error.description.hasSuffix("."))
    #expect(!error.description.contains("\n"))
    #expect(error.label.allSatisfy { $0.isLowercase || $0 == "-" })
  }
}
