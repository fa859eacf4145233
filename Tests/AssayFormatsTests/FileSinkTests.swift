import AssayFormats
import Foundation
import Testing

@Suite("positioned reads and written files")
struct FileSinkTests {
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-files-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test("what is written reads back at any position")
    func readsBack() throws {
        try inFolder { folder in
            let content = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 17 >> 3) }
            var sink = try FileSink(folder + "/f")
            for start in stride(from: 0, to: content.count, by: 9_999) {
                try sink.write(Array(content[start..<min(content.count, start + 9_999)]))
            }
            #expect(sink.count == content.count)
            try sink.finish()
            let slice = try FileSlice(folder + "/f")
            #expect(slice.size == content.count)
            for (position, count) in [(0, 1), (262_143, 3), (699_999, 1), (700_000, 0), (5, 0), (0, 700_000)] {
                #expect(try slice.bytes(at: position, count: count) == Array(content[position..<(position + count)]))
            }
            for (position, count) in [(699_999, 2), (700_001, 0), (-1, 1), (0, -1), (Int.max, 1), (1, Int.max)] {
                #expect(throws: FileError.self) { _ = try slice.bytes(at: position, count: count) }
            }
        }
    }

    @Test("the file takes its name only when it is finished, and an abandoned one leaves the old file alone")
    func isWholeOrOld() throws {
        try inFolder { folder in
            try FileText.write([1], to: folder + "/f")
            func abandon() throws {
                var sink = try FileSink(folder + "/f")
                try sink.write([UInt8](repeating: 2, count: 1 << 20))
                #expect(try FileText.read(folder + "/f") == [1])
            }
            try abandon()
            #expect(try FileText.read(folder + "/f") == [1])
            #expect(try FileText.names(in: folder) == ["f"])
        }
    }

    @Test("a folder and a missing file are refused by name")
    func refusesOthers() throws {
        try inFolder { folder in
            #expect(throws: FileError.self) { _ = try FileSlice(folder) }
            let error = #expect(throws: FileError.self) { _ = try FileSlice(folder + "/none") }
            #expect(error?.isMissing == true)
        }
    }
}
