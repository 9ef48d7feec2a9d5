// swift-tools-version: 6.2
import PackageDescription

// The example of the README, section "As a library", as somebody else's package.
let package = Package(
  name: "LibraryConsumer",
  platforms: [.macOS(.v15)],
  // The name makes it independent of the folder that the clone is in.
  dependencies: [.package(name: "vpnlint", path: "../..")],
  targets: [
    .executableTarget(name: "LibraryConsumer", dependencies: [.product(name: "VPNLinting", package: "vpnlint")]),
    // The code of the documentation, which is only compiled.
    .target(name: "Articles", dependencies: [.product(name: "VPNLinting", package: "vpnlint")]),
  ]
)
