import Testing

/// The table of rooms in `docs/architecture.md`: what each may import.
enum Rooms {
    static let everywhere: Set<String> = ["Swift", "Synchronization"]
    /// The C library: only where files, terminals, clocks and locks are touched.
    static let system: Set<String> = ["Glibc"]
    static let table: [String: Set<String>] = [
        "AssayCore": ["Crypto"],
        "AssayFormats": ["AssayCore", "CZlib", "Yams", "Glibc"],
        "AssayExpressions": ["AssayCore", "Glibc", "Musl", "Darwin"],
        "AssayShapes": ["AssayFormats", "AssayCore", "Crypto"],
        "AssayTemplates": ["AssayExpressions", "AssayShapes", "AssayFormats", "AssayCore"],
        "AssayRules": ["AssayExpressions", "AssayShapes", "AssayFormats", "AssayCore"],
        "AssayProgram": ["AssayRules", "AssayFormats", "AssayCore"],
        "AssayStore": ["AssayProgram", "AssayCore", "GRDB"],
        "AssayReports": ["AssayProgram", "AssayRules", "AssayFormats", "AssayCore"],
        "AssayWorkspace": [
            "AssayReports", "AssayStore", "AssayProgram", "AssayTemplates", "AssayRules", "AssayShapes",
            "AssayExpressions", "AssayFormats", "AssayCatalogue", "AssayCore", "Crypto", "Glibc",
        ],
        "assay": ["AssayWorkspace", "ArgumentParser", "Glibc"],
        "pack-catalogue": ["AssayFormats", "AssayCore"],
        "CZlib": [],
    ]
}

@Suite("import rules")
struct ImportRuleTests {
    @Test("every folder of Sources is a room of the table, and none stands empty")
    func coversEveryRoom() throws {
        let folders = Set(SourceFiles.rooms)
        #expect(folders == Set(Rooms.table.keys))
        for room in folders where room != "CZlib" {
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
