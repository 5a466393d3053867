// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "feedgen",
  products: [.executable(name: "feedgen", targets: ["feedgen"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
    .package(url: "https://github.com/apple/swift-http-types", .upToNextMinor(from: "1.8.0")),
    .package(url: "https://github.com/apple/swift-log", .upToNextMinor(from: "1.16.2")),
    .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
    .package(url: "https://github.com/apple/swift-nio-extras", .upToNextMinor(from: "1.35.2")),
    .package(url: "https://github.com/groue/GRDB.swift", .upToNextMinor(from: "7.10.0")),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird",
      .upToNextMinor(from: "2.28.1"),
      traits: []
    ),
    .package(
      url: "https://github.com/hummingbird-project/swift-mustache",
      .upToNextMinor(from: "2.1.1")
    ),
    .package(url: "https://github.com/jpsim/Yams", .upToNextMinor(from: "6.2.2")),
  ],
  targets: [
    // The C libraries.
    .systemLibrary(
      name: "CLibXML2",
      pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"])]
    ),
    .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
    .systemLibrary(
      name: "CCMark",
      pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]
    ),
    .systemLibrary(
      name: "CCurl",
      pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"])]
    ),
    .systemLibrary(name: "CIDN2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),

    // What every stage stands on.
    .target(name: "Model"),
    .target(name: "Cryptography", dependencies: ["CCrypto", "CXXHash"]),
    .target(name: "Compression", dependencies: ["CZlib"]),
    .target(name: "Markup", dependencies: ["CCMark", "CGumbo", "CLibXML2", "Model"]),
    .target(name: "Transfer", dependencies: ["CCurl", "CIDN2", "Model"]),
    .target(name: "Store", dependencies: ["Model"]),

    // The stages. None imports another.
    .target(
      name: "Importing",
      dependencies: ["Cryptography", "Markup", "Model", "Transfer", "Yams"]
    ),
    .target(name: "Selecting", dependencies: ["Model"]),
    .target(
      name: "Rendering",
      dependencies: [
        "Cryptography", "Markup", "Model", "Yams",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      exclude: ["templates/README.md"],
      resources: [.embedInCode("templates")]
    ),
    .target(
      name: "Publishing",
      dependencies: ["CLinux", "Compression", "Cryptography", "Model", "Transfer"]
    ),
    .target(name: "Delivering", dependencies: ["Cryptography", "Model", "Store", "Transfer"]),

    // What reads the stages' work back.
    .target(
      name: "Checking",
      dependencies: ["Markup", "Model"],
      resources: [.embedInCode("grammars")]
    ),

    // What joins the stages, and what they are stored in.
    .target(
      name: "Pipeline",
      dependencies: [
        "Delivering", "Importing", "Model", "Publishing", "Rendering", "Selecting", "Store",
      ]
    ),
    .target(
      name: "SQLiteStore",
      dependencies: [
        "Model", "Store", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]
    ),

    // The doors.
    .target(
      name: "Server",
      dependencies: [
        "Cryptography", "Model", "Publishing", "Rendering", "Store",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      ]
    ),
    .executableTarget(
      name: "feedgen",
      dependencies: [
        "Checking", "Cryptography", "Delivering", "Importing", "Model", "Pipeline", "Publishing",
        "Rendering", "SQLiteStore", "Server", "Store", "Transfer", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]
    ),

    // The tests: one target a target, what they share, and the program as a whole.
    .target(name: "TestSupport", dependencies: ["Model"], path: "Tests/TestSupport"),
    .testTarget(name: "CheckingTests", dependencies: ["Checking", "Model"]),
    .testTarget(name: "CompressionTests", dependencies: ["Compression", "TestSupport"]),
    .testTarget(name: "CryptographyTests", dependencies: ["Cryptography", "TestSupport"]),
    .testTarget(
      name: "DeliveringTests",
      dependencies: ["Cryptography", "Delivering", "Model", "Store", "TestSupport", "Transfer"]
    ),
    .testTarget(
      name: "FeedgenTests",
      dependencies: [
        "Cryptography", "Markup", "Model", "Pipeline", "Publishing", "Store", "TestSupport",
        "feedgen",
      ],
      exclude: ["Exports", "Feeds"]
    ),
    .testTarget(
      name: "ImportingTests",
      dependencies: ["Importing", "Markup", "Model", "TestSupport"]
    ),
    .testTarget(name: "MarkupTests", dependencies: ["Markup", "Model", "TestSupport"]),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "Cryptography", "Delivering", "Model", "Pipeline", "Rendering", "SQLiteStore", "Selecting",
        "Store", "TestSupport",
      ]
    ),
    .testTarget(name: "PublishingTests", dependencies: ["Publishing", "TestSupport"]),
    .testTarget(name: "SelectingTests", dependencies: ["Model", "Selecting", "TestSupport"]),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Cryptography", "Model", "Rendering", "SQLiteStore", "Server", "Store", "TestSupport",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ]
    ),
    .testTarget(
      name: "StoreTests",
      dependencies: ["Model", "SQLiteStore", "Store", "TestSupport"]
    ),
    .testTarget(name: "ModelTests", dependencies: ["Model", "TestSupport"]),
    .testTarget(
      name: "RenderingTests",
      dependencies: ["Cryptography", "Markup", "Model", "Rendering", "TestSupport"]
    ),
    .testTarget(name: "TransferTests", dependencies: ["Model", "TestSupport", "Transfer"]),
  ]
)

// Benchmarks are built on request only: `make bench`.
if Context.environment["FEEDGEN_BENCHMARKS"] != nil {
  package.targets += [
    .executableTarget(
      name: "publish-benchmark",
      dependencies: ["Model", "SQLiteStore", "Store"],
      path: "Benchmarks/PublishBenchmark"
    ),
    .executableTarget(
      name: "message-benchmark",
      dependencies: [
        "CCrypto", "Cryptography", "Delivering", "Model", "Pipeline", "Rendering", "SQLiteStore",
        "SpliceFloor", "Store",
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      path: "Benchmarks/MessageBenchmark"
    ),
    .target(name: "SpliceFloor", path: "Benchmarks/SpliceFloor"),
    .executableTarget(
      name: "delivery-benchmark",
      dependencies: ["Delivering", "Model", "Store", "Transfer"],
      path: "Benchmarks/DeliveryBenchmark",
      exclude: ["senders.py"]
    ),
    .executableTarget(name: "delivery-floor", path: "Benchmarks/DeliveryFloor"),
    .executableTarget(name: "mail-sink", path: "Tests/Servers", sources: ["mail_sink.c"]),
    .executableTarget(
      name: "import-floor",
      dependencies: ["CCMark", "CLibXML2"],
      path: "Benchmarks/ImportFloor",
      exclude: ["markdown.py", "prose.py", "wxr.py"],
      linkerSettings: [.linkedLibrary("cmark-gfm-extensions"), .linkedLibrary("sqlite3")]
    ),
    .executableTarget(
      name: "atom-floor",
      path: "Benchmarks/AtomFloor",
      linkerSettings: [.linkedLibrary("sqlite3")]
    ),
  ]
}

// So are the fuzz targets: `make fuzz`. Each reads one kind of a stranger's input.
if Context.environment["FEEDGEN_FUZZING"] != nil {
  let readers: [(input: String, dependencies: [Target.Dependency])] = [
    ("Addresses", ["Importing", "Markup", "Model", "Transfer"]),
    ("Articles", ["Importing", "Model"]),
    ("Bounces", ["Delivering", "Model"]),
    ("Charsets", ["Markup"]),
    ("Exports", ["Importing", "Model"]),
    ("Feeds", ["Importing", "Model"]),
    ("Pages", ["Markup"]),
    ("Replies", ["Delivering", "Model"]),
    ("Texts", ["Importing", "Markup", "Model"]),
    ("XML", ["Markup", "Model"]),
  ]
  package.targets += readers.map { input, dependencies in
    .executableTarget(
      name: "fuzz-\(input.lowercased())",
      dependencies: ["FuzzChecks"] + dependencies,
      path: "Fuzzing/\(input)"
    )
  }
  package.targets.append(
    .target(
      name: "FuzzChecks",
      dependencies: ["Importing", "Markup", "Model"],
      path: "Fuzzing/Checks"
    )
  )
}

// Swift 6 mode already has the other upcoming features.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),  // SE-0335
  .enableUpcomingFeature("ImmutableWeakCaptures"),  // SE-0481
  .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
  .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
  .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
  .strictMemorySafety(),  // SE-0458
]

// A warning of a later compiler must not break an operator's build, so only Makefile and CI ask.
let strict: [SwiftSetting] =
  Context.environment["FEEDGEN_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

for target in package.targets where target.type != .system {
  let folder = target.path?.split(separator: "/").first
  if folder == "Benchmarks" || folder == "Fuzzing" { continue }
  target.swiftSettings = settings + strict
}
