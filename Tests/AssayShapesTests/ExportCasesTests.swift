import AssayCore
import AssayFormats
import AssayShapes
import Foundation
import Testing

/// Each folder of `Fixtures/Exports` is one export; `expected.json` beside it says all that comes of it.
///
/// `ASSAY_UPDATE_GOLDENS=1` writes the expectations anew.
@Suite struct ExportCasesTests {
    static let folder = ShapeFixtures.root.appending(path: "Fixtures/Exports")
    static let cases: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
        return (names ?? []).filter { !$0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
    }()

    @Test("an exported folder gives the resources, coverage and diagnostics that are written down", arguments: cases)
    func export(name: String) throws {
        var interpreter = ExportInterpreter(tables: try ShapeFixtures.tables(), redactor: ShapeFixtures.redactor)
        for (path, url) in try ShapeFixtures.files(below: Self.folder.appending(path: name)) {
            let bytes = Array(try Data(contentsOf: url))
            if path.hasSuffix(".json") {
                guard let document = try? JSONReader.read(bytes) else {
                    let isKnown = interpreter.add(text: bytes, file: path)
                    #expect(isKnown, "\(path) is neither JSON nor known text")
                    continue
                }
                interpreter.add(document.root, file: path)
            } else {
                let isKnown = interpreter.add(text: bytes, file: path)
                #expect(isKnown, "\(path) is not known text")
            }
        }
        let actual = Self.describe(interpreter.finish())
        let golden = Self.folder.appending(path: "\(name).expected.json")
        if ProcessInfo.processInfo.environment["ASSAY_UPDATE_GOLDENS"] == "1" {
            try Data(actual).write(to: golden)
        }
        let expected = Array(try Data(contentsOf: golden))
        #expect(String(decoding: actual, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
    }

    @Test("the order in which files arrive makes no difference", arguments: cases)
    func order(name: String) throws {
        func outcome(reversed: Bool) throws -> [UInt8] {
            var interpreter = ExportInterpreter(tables: try ShapeFixtures.tables(), redactor: ShapeFixtures.redactor)
            let files = try ShapeFixtures.files(below: Self.folder.appending(path: name))
            for (path, url) in reversed ? files.reversed() : files {
                let bytes = Array(try Data(contentsOf: url))
                if let document = try? JSONReader.read(bytes) {
                    interpreter.add(document.root, file: path)
                } else {
                    _ = interpreter.add(text: bytes, file: path)
                }
            }
            return Self.describe(interpreter.finish())
        }
        #expect(try outcome(reversed: false) == outcome(reversed: true))
    }

    private static func describe(_ outcome: ShapeOutcome) -> [UInt8] {
        var writer = JSONWriter(indent: 1)
        writer.beginObject()
        writer.key("files")
        writer.beginObject()
        for (file, state) in outcome.files.sorted(by: { $0.key < $1.key }) { writer.member(file, "\(state)") }
        writer.endObject()
        writer.key("diagnostics")
        writer.beginArray()
        for diagnostic in outcome.diagnostics { diagnostic.write(to: &writer) }
        writer.endArray()
        writer.key("coverage")
        writer.beginArray()
        for record in outcome.coverage { record.write(to: &writer) }
        writer.endArray()
        writer.key("resources")
        writer.beginArray()
        for resource in outcome.resources { resource.write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}
