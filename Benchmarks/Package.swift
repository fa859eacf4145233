// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// The yardstick is linked where it is installed; elsewhere the benchmark says that it falls back to SHA-256.
let hasSimdjson = FileManager.default.fileExists(atPath: "/usr/include/simdjson.h")

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "assay-benchmarks",
    dependencies: [.package(name: "assay", path: "..")],
    targets: [
        .target(
            name: "CYardstick",
            cxxSettings: [.unsafeFlags(["-O3", "-DNDEBUG"])],
            linkerSettings: hasSimdjson ? [.linkedLibrary("simdjson")] : []),
        .target(
            name: "BenchEngine", dependencies: [.product(name: "AssayEngine", package: "assay")],
            swiftSettings: settings),
        .executableTarget(
            name: "assay-bench",
            dependencies: ["BenchEngine", "CYardstick", .product(name: "AssayKit", package: "assay")],
            swiftSettings: settings),
        // What instruction counts are taken of: the engine alone, without store and network.
        .executableTarget(name: "assay-bench-count", dependencies: ["BenchEngine"], swiftSettings: settings),
    ],
    cxxLanguageStandard: .cxx17
)
