import Testing

@testable import AssayClouds

@Suite("encodings of sign-in")
struct SignInCodingTests {
    @Test("a form percent-encodes everything but the unreserved characters")
    func encodesForm() {
        #expect(
            FormBody([("a b", "c&d=e+f"), ("ü", "~-._9Zz/%\n")]).text == "a%20b=c%26d%3De%2Bf&%C3%BC=~-._9Zz%2F%25%0A")
        #expect(FormBody([]).text.isEmpty)
    }

    @Test(
        "base64 of RFC 4648 section 10 reads and writes",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func codesBase64(plain: String, coded: String) {
        #expect(Base64Coding.standard(Array(plain.utf8)) == coded)
        #expect(Base64Coding.decoded(coded.utf8) == Array(plain.utf8))
        #expect(Base64Coding.urlSafe(Array(plain.utf8)) == coded.filter { $0 != "=" })
        #expect(Base64Coding.decoded(coded.filter { $0 != "=" }.utf8) == Array(plain.utf8))
    }

    @Test("both alphabets are read, and what is none is refused")
    func readsAlphabets() {
        let bytes: [UInt8] = [0xFB, 0xFF, 0xFE]
        #expect(Base64Coding.standard(bytes) == "+//+" && Base64Coding.urlSafe(bytes) == "-__-")
        #expect(Base64Coding.decoded("+//+".utf8) == bytes && Base64Coding.decoded("-__-".utf8) == bytes)
        for text in ["A", "AAAAA", "A*==", "AA==AA", "ä"] { #expect(Base64Coding.decoded(text.utf8) == nil) }
    }

    @Test("PEM parts are found between other text, and a part without its end is none")
    func findsParts() {
        let text = """
            Bag Attributes: x
            -----BEGIN CERTIFICATE-----\r
            AAEC\r
            Aw==\r
            -----END CERTIFICATE-----\r
            -----BEGIN PRIVATE KEY-----
            AAEC
            """
        let blocks = PEMBlock.blocks(in: Array(text.utf8))
        #expect(blocks.count == 1)
        #expect(blocks.first?.label == "CERTIFICATE" && blocks.first?.content == [0, 1, 2, 3])
    }

    @Test("identifiers of assertions are version 4 UUIDs and differ")
    func makesIdentifiers() {
        let made = (0..<50).map { _ in AssertionIdentifier.random() }
        #expect(Set(made).count == 50)
        for text in made {
            let parts = text.split(separator: "-")
            #expect(
                parts.map(\.count) == [8, 4, 4, 4, 12] && parts[2].first == "4" && "89ab".contains(parts[3].prefix(1)))
        }
    }

    @Test("local times that are none are not read")
    func refusesTimes() {
        for text in ["", "2023-11-15", "2023-13-01 00:00:00.0", "2023-11-15 25:00:00.0", "99999999999-1-1 1:1:1"] {
            #expect(LocalTime.seconds(text) == nil)
        }
    }
}
