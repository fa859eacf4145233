import Testing

@testable import AssayReports

@Suite struct SafeTextTests {
    @Test(
        "characters that act or hide are spelled out and all others stay",
        arguments: [
            ("plain", "plain"), ("é 日 🙂", "é 日 🙂"), ("a\nb\tc", "a\nb\tc"), ("\u{1B}[0m", "⟨U+001B⟩[0m"),
            ("a\u{202E}b", "a⟨U+202E⟩b"), ("a\u{200B}b", "a⟨U+200B⟩b"), ("\u{9B}31m", "⟨U+009B⟩31m"),
            ("\u{FEFF}x", "⟨U+FEFF⟩x"), ("\u{E0041}", "⟨U+E0041⟩"), ("\r", "⟨U+000D⟩"), ("\u{61C}", "⟨U+061C⟩"),
        ])
    func visible(text: String, shown: String) {
        #expect(SafeText.visible(text) == shown)
    }

    @Test("a line holds no line feed")
    func line() {
        #expect(SafeText.line("a\n  b\tc") == "a b c")
    }

    @Test(
        "base64 has the padding of RFC 4648",
        arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func base64(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
    }
}
