import Testing

/// The table of rooms in `docs/architecture.md`: what each may import.
enum Rooms {
    static let everywhere: Set<String> = ["Swift", "Synchronization"]
    /// The C library: only where files, terminals, clocks and locks are touched.
    static let system: Set<String> = ["Glibc"]
    static let table: [String: Set<String>] = [
        "AssayCore": [],
        "AssayFormats": ["AssayCore", "CXXHash", "CZlib", "Yams", "Glibc"],
        "AssayHashing": ["AssayFormats", "AssayCore", "Crypto", "Glibc"],
        "AssayExpressions": ["AssayCore", "Glibc", "Musl", "Darwin"],
        "AssayShapes": ["AssayFormats", "AssayCore", "Crypto"],
        "AssayClouds": [
            "AssayShapes", "AssayHashing", "AssayFormats", "AssayCore", "AsyncHTTPClient", "NIOCore", "NIOHTTP1",
            "NIOHTTPCompression", "NIOSSL", "Crypto", "CryptoExtras", "Subprocess", "SystemPackage", "Glibc",
        ],
        "AssayTemplates": ["AssayExpressions", "AssayShapes", "AssayFormats", "AssayCore"],
        "AssayRules": [
            "AssayHashing", "AssayExpressions", "AssayShapes", "AssayFormats", "AssayCore", "CAssayMasks",
        ],
        "AssayProgram": ["AssayRules", "AssayHashing", "AssayFormats", "AssayCore"],
        "AssayStore": ["AssayProgram", "AssayCore", "GRDB", "GRDBSQLite"],
        "AssayReports": ["AssayProgram", "AssayRules", "AssayHashing", "AssayFormats", "AssayCore"],
        "AssayWorkspace": [
            "AssayReports", "AssayStore", "AssayProgram", "AssayClouds", "AssayTemplates", "AssayRules", "AssayShapes",
            "AssayHashing", "AssayExpressions", "AssayFormats", "AssayCatalogue", "AssayCore", "Crypto", "Glibc",
        ],
        "assay": ["AssayWorkspace", "ArgumentParser", "Glibc"],
        "pack-catalogue": ["AssayFormats", "AssayCore"],
        "CAssayMasks": [],
        "CXXHash": [],
        "CZlib": [],
    ]
    /// Rooms of C, which have no Swift source.
    static let foreign: Set<String> = ["CAssayMasks", "CXXHash", "CZlib"]
}

@Suite("import rules")
struct ImportRuleTests {
    @Test("every folder of Sources is a room of the table, and none stands empty")
    func coversEveryRoom() throws {
        let folders = Set(SourceFiles.rooms)
        #expect(folders == Set(Rooms.table.keys))
        for room in folders where !Rooms.foreign.contains(room) {
            #expect(!SourceFiles.files(of: room).isEmpty, "\(room) has no source file")
        }
    }

    @Test("a room imports only what the table names", arguments: Rooms.table.keys.sorted())
    func holds(_ room: String) throws {
        let allowed = (Rooms.table[room] ?? []).union(Rooms.everywhere)
        for file in SourceFiles.files(of: room) {
            for module in ImportScanner.modules(in: try SourceFiles.text(file)) {
                #expect(allowed.contains(module), "\(file) imports \(module)")
            }
        }
    }

    @Test(
        "the scanner sees every way of importing",
        arguments: [
            ("import GRDB", ["GRDB"]), ("public import Foundation", ["Foundation"]), ("@testable import X", ["X"]),
            ("@_spi(Y) internal import Z", ["Z"]), ("import struct Foundation.Data", ["Foundation"]),
            ("@unsafe @preconcurrency import NIO", ["NIO"]), ("  #if os(Linux)\n  import Glibc\n#endif", ["Glibc"]),
            ("// import Hidden", []), ("let text = \"\"\"\nimport Hidden\n\"\"\"", []), ("important()", []),
        ])
    func scans(_ text: String, _ expected: [String]) {
        #expect(ImportScanner.modules(in: text) == expected)
    }

    @Test("product code does not use what the architecture rules out")
    func avoidsForbidden() throws {
        let forbidden = [
            "NSRegularExpression", "String(format:", "try!", "as!", "fatalError(", "FoundationNetworking", "Codable",
        ]
        for room in SourceFiles.rooms {
            for file in SourceFiles.files(of: room) {
                let text = try SourceFiles.text(file)
                for word in forbidden { #expect(!text.contains(word), "\(file) uses \(word)") }
            }
        }
    }
}
