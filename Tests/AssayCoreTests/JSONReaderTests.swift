import AssayCore
import Testing

@Suite("strict JSON")
struct JSONReaderTests {
    private func read(_ text: String, depth: Int = 512) throws -> Document {
        try JSONReader.read(Array(text.utf8), limits: DocumentLimits(depth: depth))
    }

    @Test("values, escapes and numbers are read as they were written")
    func readsValues() throws {
        let root = try read(#"{"a":[1,-0.50e+2,true,null],"ty\u0070e":"\ud83d\ude00\n/","b":{"c":""}}"#).root
        #expect(root["a"]?[1]?.numberText == "-0.50e+2")
        #expect(root["type"]?.stringValue == "😀\n/")
        #expect(root["a"]?[3]?.isNull == true)
        #expect(root["b"]?["c"]?.stringValue == "")
        #expect(root["a"]?[0]?.int == 1)
        #expect(root["missing"] == nil)
    }

    @Test(
        "what the grammar refuses is refused with its place",
        arguments: [
            ("", "document-empty", 1, 1), ("   \n ", "document-empty", 2, 2), ("{\"a\":1", "document-truncated", 1, 7),
            ("[1,]", "document-syntax", 1, 4), ("{\"a\":1,\n \"a\":2}", "document-duplicate-key", 2, 2),
            ("[01]", "document-syntax", 1, 3), ("[1.]", "document-syntax", 1, 4), ("nul", "document-truncated", 1, 4),
            ("[1] x", "document-syntax", 1, 5), ("\"\u{1}\"", "document-syntax", 1, 2),
            ("\"\\ud800\"", "document-syntax", 1, 8), ("\"\\x\"", "document-syntax", 1, 3),
            ("{'a':1}", "document-syntax", 1, 2), ("\u{FEFF}{}", "document-syntax", 1, 1),
            ("[NaN]", "document-syntax", 1, 2),
            ("[1 2]", "document-syntax", 1, 4), ("{\"a\" 1}", "document-syntax", 1, 6),
            ("-", "document-truncated", 1, 2),
        ])
    func refuses(_ text: String, _ code: String, _ line: Int, _ column: Int) {
        let error = #expect(throws: DocumentError.self) { _ = try read(text) }
        #expect(error?.code.rawValue == code)
        #expect(error?.position == SourcePosition(line: line, column: column))
    }

    @Test("a key written with an escape is the same key")
    func findsEscapedDuplicate() {
        let error = #expect(throws: DocumentError.self) { _ = try read(#"{"a":1,"\u0061":2}"#) }
        #expect(error?.code == .duplicateKey)
    }

    @Test("a duplicate is found among many keys too")
    func findsDuplicateAmongMany() {
        let members = (0..<100).map { "\"k\($0)\":\($0)" } + ["\"k7\":1"]
        let error = #expect(throws: DocumentError.self) { _ = try read("{\(members.joined(separator: ","))}") }
        #expect(error?.code == .duplicateKey)
    }

    @Test("the same key in nested objects is no duplicate")
    func allowsNestedKeys() throws {
        #expect(try read(#"{"a":{"a":{"a":1}},"b":{"a":2}}"#).root["a"]?["a"]?["a"]?.int == 1)
    }

    @Test("ten thousand levels are refused, and the limit itself is allowed")
    func limitsDepth() throws {
        let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
        #expect(throws: DocumentError.self) { _ = try read(deep) }
        _ = try read(String(repeating: "[", count: 512) + String(repeating: "]", count: 512))
    }

    @Test(
        "invalid UTF-8 is refused",
        arguments: [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82]])
    func refusesInvalidUTF8(_ bytes: [UInt8]) {
        let error = #expect(throws: DocumentError.self) { _ = try JSONReader.read([0x22] + bytes + [0x22]) }
        #expect(error?.code == .invalidUTF8)
    }

    @Test("no prefix and no single changed byte of a document makes the reader trap")
    func survivesDamage() {
        let text = Array(#"{"a":[1,{"b":"x\u00e9\n"},-1.5e3,true,false,null],"k":{"é":"日本"}}"#.utf8)
        for end in text.indices { _ = try? JSONReader.read(Array(text[..<end])) }
        for index in text.indices {
            for byte in stride(from: 0, through: 255, by: 5) {
                var damaged = text
                damaged[index] = UInt8(byte)
                _ = try? JSONReader.read(damaged)
            }
        }
    }

    @Test("nodes know their path and place")
    func knowsPaths() throws {
        let root = try read("{\"a\":\n  [{\"b.c\": 1}, {\"d\": [true]}]}").root
        let leaf = try #require(root["a"]?[1]?["d"]?[0])
        #expect(leaf.path == "a[1].d[0]")
        #expect(leaf.position == SourcePosition(line: 2, column: 23))
        #expect(root["a"]?[0]?["b.c"]?.path == #"a[0]["b.c"]"#)
        #expect(root["a"]?.rebased[1]?.path == "[1]")
    }
}
