// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// A fully static binary on Linux: no run-time library is needed on the user's machine, and start-up
// does without the dynamic loader. The three libraries serve FoundationEssentials, which
// swift-argument-parser brings; without naming them the static link does not find them. Flags of this kind keep
// others from depending on a version of a product that has them: the program has, the library has not.
let staticOnLinux: [LinkerSetting] = [
  .unsafeFlags(
    ["-static-executable", "-l_FoundationCShims", "-l_FoundationCollections", "-lswiftSynchronization"],
    .when(platforms: [.linux], configuration: .release))
]

// What only `make bench` builds.
let benchmarks: [Target] =
  Context.environment["VPNLINT_BENCH"] == nil
  ? []
  : [
    .executableTarget(
      name: "EngineBench", dependencies: ["Forwarding", "ClientVPN", "SourceTree", "IPv4Space", "SourceText"],
      path: "Tests/Benchmarks/Engine", swiftSettings: settings, linkerSettings: staticOnLinux)
  ]

// Only for `make fuzz`: libFuzzer has to be linked in, which other builds do without.
let fuzzing: [Target] =
  Context.environment["VPNLINT_FUZZ"] == nil
  ? []
  : [
    .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzzing/CLibFuzzer"),
    .executableTarget(
      name: "Fuzzing",
      dependencies: [
        "CLibFuzzer", "TestSupport", "Importing", "Reports", "Linting", "LintRules", "Forwarding", "ClientVPN",
        "SystemTables", "SourceTree", "IPv4Space", "SourceText",
      ],
      path: "Tests/Fuzzing/Targets", swiftSettings: settings,
      linkerSettings: [.unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux]))]),
  ]

let package = Package(
  name: "vpnlint",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "vpnlint", targets: ["vpnlint"]),
    .library(
      name: "VPNLinting",
      targets: [
        "Linting", "Reports", "Importing", "LintRules", "Forwarding", "ClientVPN", "IPv4Space", "SourceText",
      ]),
  ],
  dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")],
  targets: [
    // In the order in which the data travels; see the table of modules in README.md.
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(name: "CFileAttributes"),
    .target(name: "SourceText", swiftSettings: settings),
    .target(name: "IPv4Space", swiftSettings: settings),
    .target(name: "SourceTree", dependencies: ["CLibYAML", "SourceText"], swiftSettings: settings),
    .target(
      name: "SystemTables", dependencies: ["SourceTree", "SourceText", "IPv4Space"], swiftSettings: settings),
    .target(name: "ClientVPN", dependencies: ["SourceTree", "SourceText", "IPv4Space"], swiftSettings: settings),
    .target(name: "Forwarding", dependencies: ["ClientVPN", "IPv4Space", "SourceText"], swiftSettings: settings),
    .target(
      name: "LintRules", dependencies: ["Forwarding", "ClientVPN", "SourceTree", "IPv4Space", "SourceText"],
      swiftSettings: settings),
    .target(
      name: "Linting",
      dependencies: [
        "LintRules", "Forwarding", "ClientVPN", "SystemTables", "SourceTree", "IPv4Space", "SourceText",
      ],
      swiftSettings: settings),
    .target(
      name: "Reports",
      dependencies: ["Linting", "LintRules", "Forwarding", "ClientVPN", "SystemTables", "IPv4Space", "SourceText"],
      swiftSettings: settings),
    .target(
      name: "Importing", dependencies: ["ClientVPN", "SourceTree", "SourceText", "IPv4Space"], swiftSettings: settings),
    .executableTarget(
      name: "vpnlint",
      dependencies: [
        "Reports", "Linting", "Importing", "LintRules", "Forwarding", "SystemTables", "SourceTree", "IPv4Space",
        "SourceText", "CFileAttributes",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings, linkerSettings: staticOnLinux),
    .target(
      name: "TestSupport", dependencies: ["SourceTree", "SourceText"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .testTarget(name: "SourceTextTests", dependencies: ["TestSupport", "SourceText"], swiftSettings: settings),
    .testTarget(name: "IPv4SpaceTests", dependencies: ["TestSupport", "IPv4Space"], swiftSettings: settings),
    .testTarget(
      name: "SourceTreeTests", dependencies: ["TestSupport", "SourceTree", "SourceText"], swiftSettings: settings),
    .testTarget(
      name: "SystemTablesTests", dependencies: ["TestSupport", "SystemTables", "SourceText", "IPv4Space"],
      exclude: ["Tables"], swiftSettings: settings),
    .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "ClientVPNTests", dependencies: ["TestSupport", "ClientVPN", "SourceTree", "SourceText", "IPv4Space"],
      swiftSettings: settings),
    .testTarget(
      name: "ForwardingTests",
      dependencies: ["TestSupport", "Forwarding", "ClientVPN", "SourceTree", "SourceText", "IPv4Space"],
      swiftSettings: settings),
    .testTarget(
      name: "LintRulesTests",
      dependencies: ["TestSupport", "Importing", "Linting", "LintRules", "SourceTree", "SourceText"],
      swiftSettings: settings),
    .testTarget(
      name: "LintingTests",
      dependencies: [
        "vpnlint", "TestSupport", "Importing", "Reports", "Linting", "LintRules", "IPv4Space", "SourceTree",
        "SourceText", "SystemTables", "CFileAttributes",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "TestSupport", "Importing", "Reports", "Linting", "LintRules", "ClientVPN", "SourceTree", "SourceText",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ImportingTests",
      dependencies: [
        "TestSupport", "Importing", "Linting", "LintRules", "Forwarding", "ClientVPN", "SourceTree", "IPv4Space",
        "SourceText",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "TestSupport", "Linting", "SystemTables", "Forwarding", "ClientVPN", "SourceTree", "SourceText", "IPv4Space",
      ],
      exclude: ["corpus.jsonl", "extra.jsonl"],
      swiftSettings: settings),
  ] + benchmarks + fuzzing,
  swiftLanguageModes: [.v6]
)
