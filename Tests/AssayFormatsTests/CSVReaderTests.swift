import AssayCore
import AssayFormats
import Testing

@Suite("separated values and encodings")
struct CSVReaderTests {
    private func rows(_ text: String, separator: UInt8 = UInt8(ascii: ",")) throws -> [CSVReader.Row] {
        var reader = CSVReader(Array(text.utf8), separator: separator)
        var rows: [CSVReader.Row] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    @Test(
        "cells are what RFC 4180 says",
        arguments: [
            ("a,b\nc,d", [["a", "b"], ["c", "d"]]), ("a,b\r\n\r\n \nc,d\r\n", [["a", "b"], ["c", "d"]]),
            ("a\rb", [["a"], ["b"]]), (",\n", [["", ""]]), ("a,", [["a", ""]]), ("", []),
            ("\"a,b\",\"c\"\"d\",\"e\nf\"", [["a,b", "c\"d", "e\nf"]]), ("5\" pipe,x", [["5\" pipe", "x"]]),
            ("\"\",\"a\"b", [["", "ab"]]), ("ä,\"ß\"", [["ä", "ß"]]),
        ])
    func cells(_ text: String, _ expected: [[String]]) throws {
        #expect(try rows(text).map(\.cells) == expected)
    }

    @Test("a row knows the line that it begins in")
    func lines() throws {
        #expect(try rows("a\r\n\"b\r\nb\",\"c\rc\"\n\nd\n").map(\.line) == [1, 2, 6])
        #expect(try rows("a;b,c", separator: UInt8(ascii: ";")).map(\.cells) == [["a", "b,c"]])
    }

    @Test("a quote that stays open and a row without end are refused")
    func refusals() {
        #expect { try rows("a\n\"b") } throws: { ($0 as? DocumentError)?.code == .truncated }
        #expect { try rows("a\n\"b") } throws: { ($0 as? DocumentError)?.position.line == 2 }
        #expect { try rows(String(repeating: ",", count: 100_000)) } throws: {
            ($0 as? DocumentError)?.code == .tooLarge
        }
    }

    @Test(
        "a byte order mark tells the encoding",
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0x61], "a"), ([0xFF, 0xFE, 0x61, 0x00, 0xE4, 0x00], "aä"),
            ([0xFE, 0xFF, 0x00, 0x61, 0xD8, 0x3D, 0xDE, 0x00], "a😀"), ([0x61], "a"), ([], ""), ([0xFF, 0xFE], ""),
        ] as [([UInt8], String)])
    func encodings(_ bytes: [UInt8], _ expected: String) throws {
        #expect(try UnicodeText.utf8(bytes) == Array(expected.utf8))
    }

    @Test(
        "UTF-16 that breaks off, a lone surrogate and UTF-32 are refused",
        arguments: [
            [0xFF, 0xFE, 0x61], [0xFF, 0xFE, 0x00, 0xD8], [0xFF, 0xFE, 0x00, 0xD8, 0x61, 0x00],
            [0xFF, 0xFE, 0x00, 0xDC], [0xFF, 0xFE, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00],
        ] as [[UInt8]])
    func brokenEncodings(_ bytes: [UInt8]) {
        #expect(throws: DocumentError.self) { try UnicodeText.utf8(bytes) }
    }
}
