// swift-tools-version: 6.2
import Foundation
import PackageDescription

let strict = Context.environment["EXUVIA_STRICT"] != nil

// A release is built for processors like this one, since counting bits and wide vectors spare a seventh of the time;
// with EXUVIA_PORTABLE set it runs on every processor of the architecture.
let features = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
let isModern = ["abm", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe"].allSatisfy {
  features.contains(" \($0) ")
}
let processor =
  isModern && Context.environment["EXUVIA_PORTABLE"] == nil ? ["-Xcc", "-march=x86-64-v3"] : []

let house: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // Memory is shared through locks only, and debug builds, which the tests run, check it: in release checking it takes
    // 4 % of the time.
    .unsafeFlags(["-enforce-exclusivity=unchecked"] + processor, .when(configuration: .release)),
  ] + (strict ? [.treatAllWarnings(as: .error)] : [])

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], _ more: [SwiftSetting] = [],
  path: String? = nil
) -> Target {
  .target(name: name, dependencies: dependencies, path: path, swiftSettings: house + more)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies,
    swiftSettings: house)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: house)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let http: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let inflation: Target.Dependency = .product(
  name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "exuvia",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CBytes"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    module("Core"),
    module("Bytes", ["CBytes"], [.strictMemorySafety()]),
    module("Matching", ["Bytes", "CPCRE2"], [.strictMemorySafety()]),
    module("Documents", ["Core", yams]),
    module("Identity", ["Core", crypto]),
    module("Checks", ["Core", "CZlib", crypto]),
    module("Decoding", ["Core", "Bytes", "CZlib"]),
    module("Recognition", ["Core"]),
    module(
      "Detection",
      [
        "Core", "Bytes", "Matching", "Documents", "Identity", "Checks", "Decoding", "Recognition",
      ]),
    module("Records", ["Core", "CBytes", "CZlib"]),
    module("Transport", [http, nio, nioHTTP, inflation]),
    module("Feeds", ["Core", "Records", "Transport"]),
    module("Storage", ["Core", "Identity", grdb]),
    module("Alerts", ["Core", "Transport"]),
    module("Reporting", ["Core"]),
    module(
      "Monitoring",
      [
        "Core", "Documents", "Identity", "Detection", "Records", "Transport", "Feeds", "Storage",
        "Alerts", logging,
      ]),
    program(
      "exuvia",
      [
        "Core", "Documents", "Identity", "Detection", "Records", "Transport", "Feeds", "Storage",
        "Alerts", "Reporting", "Monitoring", arguments, logging,
      ]),
    module("Generation", ["Core", "Checks", "Detection", "CZlib"]),
    program("bench", ["Core", "Checks", "Detection", "Records", "Monitoring", "Generation"]),

    module("TestSupport", ["Core"], path: "Tests/TestSupport"),
    .testTarget(name: "HouseTests", dependencies: ["TestSupport"], swiftSettings: house),
    tests("Core"),
    tests("Bytes"),
    tests("Matching", ["Bytes"]),
    tests("Documents", ["Core"]),
    tests("Identity", ["Core"]),
    tests("Checks", ["Core"]),
    tests("Decoding", ["Core"]),
    tests("Recognition", ["Core"]),
    tests(
      "Detection",
      [
        "Core", "Bytes", "Matching", "Documents", "Identity", "Checks", "Decoding", "Records",
        "Generation",
      ]),
    tests("Generation", ["Core", "Checks"]),
    tests("Records", ["Core"]),
    tests("Transport", [nio, nioPosix]),
    tests("Feeds", ["Core", "Records", "Transport"]),
    tests("Storage", ["Core", "Identity", grdb]),
    tests("Alerts", ["Core", "Transport"]),
    tests("Reporting", ["Core"]),
    tests(
      "Monitoring",
      [
        "Core", "Identity", "Detection", "Records", "Transport", "Feeds", "Storage", "Alerts",
        "Reporting", logging,
      ]),
    .testTarget(
      name: "CommandTests", dependencies: ["exuvia", "TestSupport"], swiftSettings: house),
  ]
)
