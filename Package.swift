// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let network: [Target.Dependency] = [
    .product(name: "AsyncHTTPClient", package: "async-http-client"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

/// A room of the design: a library target whose dependencies are the only rooms it may import.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// Fixtures are found through `#filePath`, so that a test reads them where a person edits them.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
    name: "assay",
    products: [
        .executable(name: "assay", targets: ["assay"]),
        .library(
            name: "AssayEngine",
            targets: [
                "AssayRules", "AssayHashing", "AssayExpressions", "AssayFormats", "AssayCatalogue", "AssayCore",
            ]),
        .library(
            name: "AssayKit",
            targets: [
                "AssayWorkspace", "AssayReports", "AssayStore", "AssayProgram", "AssayTemplates", "AssayRules",
                "AssayShapes", "AssayHashing", "AssayExpressions", "AssayFormats", "AssayCatalogue", "AssayCore",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CXXHash", path: "Sources/CXXHash", providers: [.apt(["libxxhash-dev"])]),
        .target(name: "CAssayMasks"),
        .executableTarget(
            name: "assay",
            dependencies: [
                "AssayWorkspace", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        room(
            "AssayWorkspace",
            [
                "AssayReports", "AssayStore", "AssayProgram", "AssayClouds", "AssayTemplates", "AssayRules",
                "AssayShapes", "AssayHashing", "AssayExpressions", "AssayFormats", "AssayCatalogue", "AssayCore",
                crypto,
            ]),
        room("AssayReports", ["AssayProgram", "AssayRules", "AssayHashing", "AssayCore"]),
        room(
            "AssayStore",
            [
                "AssayProgram", "AssayCore", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        room("AssayProgram", ["AssayRules", "AssayHashing", "AssayFormats", "AssayCore"]),
        room(
            "AssayClouds",
            [
                "AssayShapes", "AssayHashing", "AssayFormats", "AssayCore", crypto,
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ] + network),
        room("AssayTemplates", ["AssayCore"]),
        room("AssayRules", ["AssayHashing", "AssayExpressions", "AssayCore", "CAssayMasks"]),
        room("AssayShapes", ["AssayFormats", "AssayCore", crypto]),
        room("AssayExpressions", ["AssayCore"]),
        .target(
            name: "AssayFormats",
            dependencies: ["AssayCore", "CXXHash", "CZlib", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings, linkerSettings: [.linkedLibrary("z")]),
        room("AssayHashing", ["AssayFormats", "AssayCore", crypto]),
        room("AssayCore"),
        .target(
            name: "AssayCatalogue", path: "Catalogue",
            exclude: ["rules", "frameworks", "shapes", "controls", "collectors"],
            sources: ["Catalogue.swift"],
            swiftSettings: settings, plugins: ["PackCatalogue"]),
        .executableTarget(
            name: "pack-catalogue", dependencies: ["AssayFormats", "AssayCore"], swiftSettings: settings),
        .plugin(name: "PackCatalogue", capability: .buildTool(), dependencies: ["pack-catalogue"]),
        tests("ArchitectureTests", ["AssayFormats"]),
        tests(
            "AssayCloudsTests",
            [
                "AssayClouds", "AssayWorkspace", "AssayShapes", "AssayRules", "AssayProgram", "AssayHashing",
                "AssayFormats", "AssayCore", crypto, .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ] + network, exclude: ["Fixtures"]),
        tests("AssayCoreTests", ["AssayCore"]),
        tests("AssayExpressionsTests", ["AssayExpressions", "AssayCore"], exclude: ["cel-left-out.tsv"]),
        tests("AssayFormatsTests", ["AssayHashing", "AssayFormats", "AssayCore"]),
        tests("AssayProgramTests", ["AssayProgram", "AssayRules", "AssayHashing", "AssayFormats", "AssayCore"]),
        tests("AssayReportsTests", ["AssayReports", "AssayProgram", "AssayRules", "AssayHashing", "AssayCore"]),
        tests("AssayRulesTests", ["AssayRules", "AssayExpressions", "AssayFormats", "AssayCore"]),
        tests("AssayShapesTests", ["AssayShapes", "AssayFormats", "AssayCore"], exclude: ["Fixtures"]),
        tests(
            "AssayStoreTests",
            ["AssayStore", "AssayProgram", "AssayCore", .product(name: "GRDB", package: "GRDB.swift")]),
        tests("AssayTemplatesTests", ["AssayTemplates", "AssayFormats", "AssayCore"], exclude: ["Fixtures"]),
        tests(
            "AssayWorkspaceTests", ["AssayWorkspace", "AssayProgram", "AssayHashing", "AssayFormats", "AssayCore"]),
    ]
)
