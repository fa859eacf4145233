/// Makes text from the outside harmless to look at.
///
/// Values come from clouds and files that others write. A control character can act on a terminal, and a
/// bidirectional or zero-width one can make text read otherwise than it is; both are shown by their code point.
enum SafeText {
    /// The text with such characters spelled out; line feeds and tabs stay.
    static func visible(_ text: String) -> String {
        guard text.utf8.contains(where: isSuspicious) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                shown += "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// The text on one line: line feeds, tabs and runs of spaces become one space.
    static func line(_ text: String) -> String {
        let shown = visible(text)
        guard shown.utf8.contains(where: { $0 == 0x0A || $0 == 0x09 }) else { return shown }
        return shown.split(whereSeparator: { $0 == "\n" || $0 == "\t" || $0 == " " }).joined(separator: " ")
    }

    /// At most `limit` characters, with a word on how many were left out.
    static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit, text.count > limit else { return text }
        return text.prefix(limit) + "… (\(text.count - limit) more characters)"
    }

    /// First byte of everything that `isHidden` may say yes to.
    private static func isSuspicious(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2
            || byte == 0xEF || byte == 0xF3
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0xAD: true
        case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
        case 0xFEFF, 0xFFF9...0xFFFB, 0xFFFE, 0xFFFF, 0xE0000...0xE007F: true
        default: false
        }
    }
}
