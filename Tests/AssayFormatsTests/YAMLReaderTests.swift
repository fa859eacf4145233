import AssayCore
import AssayFormats
import Testing

@Suite("YAML")
struct YAMLReaderTests {
    private func json(_ text: String) throws -> String {
        Document(try YAMLReader.read(Array(text.utf8))).root.description
    }

    @Test(
        "plain scalars follow the core schema, not YAML 1.1",
        arguments: [
            ("NO", #""NO""#), ("yes", #""yes""#), ("true", "true"), ("~", "null"), ("012", #""012""#), ("12", "12"),
            ("1.50", "1.50"),
            (".5", "0.5"), ("+3", "3"), ("0x1F", "31"), ("1e3", "1e3"), ("1:30", #""1:30""#),
            ("2026-01-02", #""2026-01-02""#),
            ("\"12\"", #""12""#), ("1.2.3.4", #""1.2.3.4""#), (".inf", #"".inf""#), ("-", "[null]"),
            ("1_000", #""1_000""#),
            ("000111122223333", #""000111122223333""#),
        ])
    func resolvesScalars(_ text: String, _ expected: String) throws {
        #expect(try json(text) == expected)
    }

    @Test(
        "duplicate keys, damage and several documents are refused",
        arguments: ["a: 1\na: 2", "a: [1", "a: 1\n---\nb: 2", "? [a]\n: 1", "*x", ""])
    func refuses(_ text: String) {
        #expect(throws: DocumentError.self) { _ = try json(text) }
    }

    @Test("nesting without end is refused before the parser sees it")
    func limitsNesting() {
        for opener in ["[", "{a: ", "- "] {
            let error = #expect(throws: DocumentError.self) {
                _ = try json(String(repeating: opener, count: 10_000))
            }
            #expect(error?.code == .tooDeep)
        }
    }

    @Test("an alias bomb runs into the value limit")
    func limitsExpansion() {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        for level in 1...9 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [\(repeatElement(alias, count: 10).joined(separator: ","))]\n"
        }
        let error = #expect(throws: DocumentError.self) { _ = try json(text) }
        #expect(error?.code == .tooLarge)
    }

    @Test("local tags are handed over with their value")
    func handsOverTags() throws {
        let tree = try YAMLReader.read(Array("a: !Ref b\nc: !Sub\n  - x\n".utf8)) { tag, value in
            .object([(tag, value)])
        }
        #expect(Document(tree).root.description == #"{"a":{"!Ref":"b"},"c":{"!Sub":["x"]}}"#)
    }

    @Test("a block value points at the line of its key")
    func keepsPositions() throws {
        let tree = try YAMLReader.read(Array("a:\n  b:\n    - c: 1\n".utf8))
        #expect(tree["a"]?["b"]?.position == SourcePosition(line: 2, column: 3))
        #expect(tree["a"]?["b"]?.elements?[0]["c"]?.position?.line == 3)
    }
}
