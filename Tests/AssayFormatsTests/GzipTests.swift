import AssayCore
import AssayFormats
import Testing

@Suite("gzip")
struct GzipTests {
    // `printf 'hello\n' | gzip -n`
    private static let hello: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0xE7, 0x02, 0x00,
        0x20,
        0x30, 0x3A, 0x36, 0x06, 0x00, 0x00, 0x00,
    ]

    @Test("one member and joined members inflate")
    func inflates() throws {
        #expect(try Gzip.inflate(Self.hello) == Array("hello\n".utf8))
        #expect(try Gzip.inflate(Self.hello + Self.hello) == Array("hello\nhello\n".utf8))
    }

    @Test("every truncation is an error, none is a short text")
    func refusesTruncation() {
        for end in 1..<Self.hello.count {
            #expect(throws: DocumentError.self) { _ = try Gzip.inflate(Array(Self.hello[..<end])) }
        }
    }

    @Test("damaged bytes and trailing junk are errors")
    func refusesDamage() {
        var damaged = Self.hello
        damaged[19] ^= 0xFF
        #expect(throws: DocumentError.self) { _ = try Gzip.inflate(damaged) }
        #expect(throws: DocumentError.self) { _ = try Gzip.inflate(Self.hello + [1, 2, 3]) }
    }

    @Test("a result over the limit is refused")
    func limitsSize() {
        let error = #expect(throws: DocumentError.self) { _ = try Gzip.inflate(Self.hello, limit: 3) }
        #expect(error?.code == .tooLarge)
    }
}
